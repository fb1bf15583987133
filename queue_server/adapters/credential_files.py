"""Credentials as files, one for each device: `credentials/<id>.json`, mode 0600."""

from __future__ import annotations

import errno
import json
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

SECRET_BYTES = 32
PRIVATE = 0o600


class CredentialError(Exception):
    """A credential file that cannot be used; the message names the file and the cure."""


@dataclass(frozen=True, slots=True)
class Credential:
    """Who signs in, as what, with which secret."""

    id: str
    role: str
    secret: str

    def __repr__(self) -> str:
        return f"Credential(id={self.id!r}, role={self.role!r})"


def new_credential(device: str, role: str) -> Credential:
    """A credential with a fresh random secret of 256 bits."""
    return Credential(device, role, secrets.token_urlsafe(SECRET_BYTES))


def write_credential(folder: Path, credential: Credential) -> Path:
    """Write the file, readable by its owner only from the first moment; all of it or none.

    Raises:
        FileExistsError: the device has one.
        OSError: it was not written; nothing is left of it.
    """
    path = folder / f"{credential.id}.json"
    if path.exists():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    return put_credential(folder, credential)


def put_credential(folder: Path, credential: Credential) -> Path:
    """The same, in the place of one that was there."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{credential.id}.json"
    beside = folder / f".{credential.id}.json.new"
    body = {"id": credential.id, "role": credential.role, "secret": credential.secret}
    try:
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(body, file)
            file.write("\n")
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError:
        with suppress(OSError):
            beside.unlink()
        raise
    return path


def replace_credential(folder: Path, credential: Credential) -> None:
    """Write the file in the place of an older one, wholly or not at all.

    Raises:
        OSError: it cannot be written.
    """
    beside = folder / ".new"
    beside.mkdir(mode=0o700, exist_ok=True)
    path = beside / f"{credential.id}.json"
    path.unlink(missing_ok=True)
    write_credential(beside, credential).replace(folder / path.name)


def read_credential(path: Path) -> Credential:
    """Read one file.

    Raises:
        CredentialError: it is missing, unreadable by us, readable by others, or not a credential.
    """
    try:
        if path.stat().st_mode & 0o077:
            raise CredentialError(f"{path}: others can read this secret; run: chmod 600 {path}")
        body = json.loads(path.read_text(encoding="utf-8"))
        return Credential(str(body["id"]), str(body["role"]), str(body["secret"]))
    except OSError as error:
        raise CredentialError(f"{path}: cannot be read: {error.strerror}") from None
    except (ValueError, KeyError, TypeError):
        raise CredentialError(
            f'{path}: not a credential; it needs {{"id", "role", "secret"}}'
        ) from None


def read_credentials(folder: Path) -> list[Credential]:
    """All credentials of a folder, by id."""
    return [read_credential(path) for path in sorted(folder.glob("*.json"))]
