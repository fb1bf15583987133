"""A release as one file: wheels, their pins and bills of material, listed with size and digest.

The archive is a plain tar (wheels are packed already) that begins with `release.json`; beside it
lies its signature. What is not listed, is no plain file, or has another digest refuses the whole.
"""

from __future__ import annotations

import hashlib
import io
import re
import shutil
import tarfile
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

LIST = "release.json"
MOST_LIST_BYTES = 1 << 20
MOST_BYTES = 2 << 30
AT_ONCE = 1 << 20
PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+!-]*(/[A-Za-z0-9][A-Za-z0-9._+!-]*)?")


class ReleaseRefused(Exception):  # noqa: N818 - a refusal
    """Nothing was installed; the message says why."""


class Listed(BaseModel):
    """One file of a release."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    path: Annotated[str, Field(pattern=f"^{PLAIN.pattern}$", max_length=200)]
    size: Annotated[int, Field(ge=0, le=MOST_BYTES)]
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class Release(BaseModel):
    """What a release is, and all that is in it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: Annotated[str, Field(pattern=r"^[0-9][0-9A-Za-z.+-]{0,40}$")]
    python: Annotated[str, Field(pattern=r"^3\.[0-9]{1,2}$")]
    machine: Annotated[str, Field(max_length=40)]
    files: tuple[Listed, ...]


def pack(files: Mapping[str, Path], to: Path, version: str, python: str, machine: str) -> Release:
    """Write the archive, the same bytes for the same files."""
    listed = [
        Listed(path=name, size=path.stat().st_size, sha256=_sha256(path))
        for name, path in sorted(files.items())
    ]
    release = Release(version=version, python=python, machine=machine, files=tuple(listed))
    head = release.model_dump_json(indent=1).encode()
    with tarfile.open(to, "w", format=tarfile.PAX_FORMAT) as tar:
        tar.addfile(_member(LIST, len(head)), io.BytesIO(head))
        for one in listed:
            with files[one.path].open("rb") as file:
                tar.addfile(_member(one.path, one.size), file)
    return release


def unpack(archive: Path, to: Path) -> Release:
    """Take out what the list names and nothing else, each file checked against it.

    Raises:
        ReleaseRefused: it is no release, or not whole.
        OSError: it cannot be read, or there is no room.
    """
    try:
        with tarfile.open(archive, "r:") as tar:
            release = _list_of(tar)
            wanted = {one.path: one for one in release.files}
            for member in tar:
                if member.name == LIST:
                    continue
                one = wanted.pop(member.name, None)
                if one is None or not member.isreg() or member.size != one.size:
                    raise ReleaseRefused(f"{archive.name}: {member.name!r:.80} is not as listed")
                _take(tar.extractfile(member), one, to / one.path)
    except (tarfile.TarError, ValidationError, EOFError):
        raise ReleaseRefused(f"{archive.name}: not a release, or not whole") from None
    if wanted:
        raise ReleaseRefused(f"{archive.name}: {min(wanted)} is missing")
    return release


def _list_of(tar: tarfile.TarFile) -> Release:
    first = tar.next()
    if first is None or first.name != LIST or not first.isreg() or first.size > MOST_LIST_BYTES:
        raise ReleaseRefused("not a release: its list is missing")
    file = tar.extractfile(first)
    return Release.model_validate_json(file.read() if file is not None else b"")


def _take(source: IO[bytes] | None, one: Listed, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with to.open("xb") as file:
        while source is not None and (part := source.read(AT_ONCE)):
            digest.update(part)
            file.write(part)
    if digest.hexdigest() != one.sha256:
        raise ReleaseRefused(f"{one.path}: its content is not what the list says")


def _member(name: str, size: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o644
    return member


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def copy_in(source: Path, folder: Path) -> Path:
    """Our own copy of a file from a stick: what is checked is what is used."""
    folder.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copyfile(source, folder / source.name))
