"""The kiosk's journal: a checksum and a JSON object a line, on the disk before anybody is told.

A kill or a power cut at any byte leaves at most one line unfinished at the end; nobody was told of
it, so it is cut off. A line that is damaged in the middle is another matter: it could have been
the number of a citizen, so all blocks are given up then and new ones are leased.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import logging
import os
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Self

from pydantic import TypeAdapter, ValidationError

from kiosk.domain.own_numbers import Entry, Given, HandedIn, Leased, Reached, Refused
from kiosk.use_cases.ports import JournalError

log = logging.getLogger(__name__)

READERS: dict[str, TypeAdapter[Any]] = {
    kind.__name__: TypeAdapter(kind) for kind in (Leased, Given, Reached, HandedIn, Refused)
}


class JournalFile:
    """One open journal; a second process is refused it."""

    def __init__(self, path: Path) -> None:
        """Open or make the file, and cut off what a kill left unfinished.

        Raises:
            JournalError: the folder cannot be written, or another process has the journal.
        """
        self._path = path
        self._handle = -1
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._lock = os.open(path.with_suffix(".lock"), os.O_CREAT | os.O_RDWR, 0o600)
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._open()
        except OSError as error:
            raise _said(error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def read(self) -> list[Entry]:
        """Every entry that can be relied on, in order."""
        return list(self._entries)

    def append(self, *entries: Entry) -> None:
        """Add entries; they are on the disk when this returns, and not in the file if it raises.

        Raises:
            JournalError: the disk does not take them, for example because it is full.
        """
        data = b"".join(map(_line, entries))
        try:
            _write(self._handle, data)
            os.fdatasync(self._handle)
        except OSError as error:
            # Half a line before a whole one would spoil both.
            with contextlib.suppress(OSError):
                os.ftruncate(self._handle, self._length)
            raise _said(error) from error
        self._length += len(data)

    def rewrite(self, entries: Iterable[Entry]) -> None:
        """Put these entries in the place of all; a kill leaves the old file or the new one.

        Raises:
            JournalError: the old file stays.
        """
        new = self._path.with_suffix(".new")
        try:
            handle = os.open(new, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
            try:
                _write(handle, b"".join(map(_line, entries)))
                os.fsync(handle)
            finally:
                os.close(handle)
            new.rename(self._path)
            os.close(self._handle)
            self._open()
        except OSError as error:
            raise _said(error) from error

    def close(self) -> None:
        """Let go of the file and of the right to write it."""
        for handle in (self._handle, self._lock):
            os.close(handle)

    def _open(self) -> None:
        self._handle = os.open(self._path, os.O_CREAT | os.O_RDWR | os.O_APPEND, 0o600)
        _keep_name(self._path.parent)
        data = self._path.read_bytes()
        self._entries, self._length = _read(data)
        if self._length < len(data):
            log.warning("journal: %d unfinished bytes cut off", len(data) - self._length)
            os.ftruncate(self._handle, self._length)


def _write(handle: int, data: bytes) -> None:
    while data:
        data = data[os.write(handle, data) :]


def _keep_name(folder: Path) -> None:
    """Make sure that the file's name survives a power cut, too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _line(entry: Entry) -> bytes:
    name = type(entry).__name__
    body = name.encode() + b" " + READERS[name].dump_json(entry)
    return b"%08x %s\n" % (zlib.crc32(body), body)


def _read(data: bytes) -> tuple[list[Entry], int]:
    """The entries that count, and the length of the file without its unfinished end."""
    *lines, unfinished = data.split(b"\n")
    entries: list[Entry] = []
    for line in lines:
        entry = _entry(line)
        if entry is not None:
            entries.append(entry)
            continue
        log.error("journal: a damaged line; numbers leased before it are given up")
        entries = [kept for kept in entries if not isinstance(kept, Leased)]
    return entries, len(data) - len(unfinished)


def _entry(line: bytes) -> Entry | None:
    checksum, _, body = line.partition(b" ")
    if checksum != b"%08x" % zlib.crc32(body):
        return None
    name, _, facts = body.partition(b" ")
    reader = READERS.get(name.decode("ascii", "replace"))
    try:
        return reader.validate_json(facts) if reader else None
    except ValidationError:
        return None


def _said(error: OSError) -> JournalError:
    full = error.errno in {errno.ENOSPC, errno.EDQUOT}
    if isinstance(error, BlockingIOError):
        return JournalError("another kiosk process has the journal")
    return JournalError("the disk is full" if full else error.strerror or str(error))
