"""A backup as one file that only a key kept elsewhere opens, in the format of age.

Because it is sealed it may hold the office's own keys, without which nothing that citizens declared
could be read on another machine; credentials stay out: devices are enrolled anew.
"""

from __future__ import annotations

import os
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyrage
from pyrage import x25519

from queue_server.adapters.backup import Copied, CopyRefused, backup, restore, to_disk
from queue_server.use_cases.ports import StoreUnavailable

KEYS = Path("keys")
PRIVATE = 0o600


def new_identity(path: Path) -> str:
    """Make the key that opens backups; what seals them, to be told to the office.

    Raises:
        CopyRefused: the file exists; a key is never replaced by chance.
    """
    identity = x25519.Identity.generate()
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE)
    except FileExistsError:
        raise CopyRefused(f"{path}: exists already") from None
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(f"# public key: {identity.to_public()}\n{identity}\n")
        file.flush()
        os.fsync(file.fileno())
    return str(identity.to_public())


def sealed_backup(data: Path, to: Path, recipient: str) -> Copied:
    """Copy the office while it runs, keys too, into one file for the holder of the identity.

    Raises:
        CopyRefused: `to` exists, `recipient` is none, or the copy is not sound.
        StoreUnavailable: it cannot be read or written.
    """
    try:
        whom = x25519.Recipient.from_str(recipient)
    except pyrage.RecipientError:
        raise CopyRefused(
            f"{recipient[:80]}: not a public key of age; it begins with age1"
        ) from None
    if to.exists():
        raise CopyRefused(f"{to}: exists already; name a new file")
    with _beside(data) as beside:
        copied = backup(data, beside / "office")
        if (data / KEYS).is_dir():
            shutil.copytree(data / KEYS, beside / "office" / KEYS)
        with tarfile.open(beside / "plain.tar", "w") as tar:
            tar.add(beside / "office", "office")
        half = to.with_name(f".{to.name}.partial")
        try:
            pyrage.encrypt_file(str(beside / "plain.tar"), str(half), [whom])
            to_disk(half)
            half.rename(to)
            to_disk(to.parent)
        finally:
            half.unlink(missing_ok=True)
    return Copied(to, copied.verdict)


def restore_sealed(source: Path, data: Path, identity: Path) -> Copied:
    """Open a sealed backup and put it in the place of the office; keys that are missing come along.

    Raises:
        CopyRefused: another key sealed it, it was changed, or the copy is not sound.
        StoreInUse: a server runs on `data`.
        StoreUnavailable: it cannot be read or written.
    """
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _beside(data) as beside:
        try:
            lines = identity.read_text(encoding="ascii").splitlines()
            key = next(line for line in lines if line.startswith("AGE-SECRET-KEY-"))
            opens = [x25519.Identity.from_str(key)]
        except (OSError, StopIteration, UnicodeDecodeError, pyrage.IdentityError):
            raise CopyRefused(f"{identity}: not a key of age that can be read") from None
        try:
            pyrage.decrypt_file(str(source), str(beside / "plain.tar"), opens)
            with tarfile.open(beside / "plain.tar") as tar:
                _take_out(tar, beside)
        except (pyrage.DecryptError, tarfile.TarError, OSError) as fault:
            if isinstance(fault, OSError) and fault.errno is not None:
                raise StoreUnavailable(f"{source}: {fault.strerror}") from None
            # The library names a part that was changed or is missing by an OSError without number.
            raise CopyRefused(f"{source}: sealed for another key, or changed since") from None
        copied = restore(beside / "office", data)
        _bring_keys(beside / "office" / KEYS, data / KEYS)
    return copied


def _take_out(tar: tarfile.TarFile, to: Path) -> None:
    """Files and folders only, none outside `to`: Debian 12's Python has no `filter` yet.

    Raises:
        CopyRefused: something else is in it.
    """
    for member in tar.getmembers():
        inside = (to / member.name).resolve().is_relative_to(to.resolve())
        if not inside or not (member.isfile() or member.isdir()):
            raise CopyRefused(f"{member.name}: no part of a backup")
        member.mode = PRIVATE | (0o100 if member.isdir() else 0)
        tar.extract(member, to, set_attrs=member.isfile())


def _bring_keys(source: Path, target: Path) -> None:
    """A key whose place is taken by another one is kept with the retired ones: it still opens."""
    for path in sorted(source.rglob("*.key")):
        place = target / path.relative_to(source)
        if place.exists() and place.read_bytes() != path.read_bytes():
            place = target / "retired" / f"{path.stem}-restored-{path.read_text()[:8]}.key"
        if not place.exists():
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            shutil.copyfile(path, place)
            place.chmod(PRIVATE)
            to_disk(place)


@contextmanager
def _beside(data: Path) -> Iterator[Path]:
    """A private folder on the office's own disk, wiped at the end."""
    beside = data / f".sealing-{os.getpid()}"
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(mode=0o700, parents=True)
    try:
        yield beside
    finally:
        shutil.rmtree(beside, ignore_errors=True)
