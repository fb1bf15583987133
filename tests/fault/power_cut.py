"""What a disk may hold after the power went at some moment, worked out from a log of all writes.

What was synced is there. Of what was written since, any part may be there, in any order, and a
write may be torn between sectors of 512 bytes. Names (new, renamed, removed files) come in their
order, as file systems with a journal keep it; the sync of a folder settles them, and that of a
file its own name.
"""

from __future__ import annotations

import random
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

HEAD = struct.Struct("<IIQQ")
NAMED, WRITTEN, CUT, SYNCED, REMOVED, RENAMED, SAID = range(1, 8)
WITHOUT_BYTES = {CUT, SYNCED}
SECTOR = 512


class Record(NamedTuple):
    """One operation of the program."""

    what: int
    file: int
    offset: int
    data: bytes


def records(log: Path) -> Iterator[Record]:
    """The operations in their order; one that the end of the program cut short is left out."""
    with log.open("rb") as file:
        while len(head := file.read(HEAD.size)) == HEAD.size:
            what, number, offset, length = HEAD.unpack(head)
            data = b"" if what in WITHOUT_BYTES else file.read(length)
            if what not in WITHOUT_BYTES and len(data) < length:
                return
            yield Record(what, number, offset, data)


@dataclass(slots=True)
class Inode:
    """One file: what is safe, and what was done to it since its last sync."""

    safe: bytearray = field(default_factory=bytearray)
    pending: list[Record] = field(default_factory=list)

    def settle(self) -> None:
        """A sync: everything is safe."""
        for record in self.pending:
            _do(self.safe, record)
        self.pending.clear()

    def after_a_cut(self, dice: random.Random) -> bytes:
        """One of the contents it may have."""
        content = bytearray(self.safe)
        kept = dice.choice((0.0, 0.5, 0.9, 1.0))
        for record in self.pending:
            if dice.random() < kept:
                _do(content, record, dice if dice.random() < 0.4 else None)
        return bytes(content)


def _do(content: bytearray, record: Record, torn: random.Random | None = None) -> None:
    if record.what == CUT:
        del content[record.offset :]
        content.extend(bytes(record.offset - len(content)))
        return
    for at in range(0, len(record.data), SECTOR) if torn else (0,):
        if torn and torn.random() < 0.5:
            continue
        piece = record.data[at : at + SECTOR] if torn else record.data
        start = record.offset + at
        content.extend(bytes(max(0, start - len(content))))
        content[start : start + len(piece)] = piece


class Disk:
    """A folder as its program sees it and as the medium has it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seen: dict[str, Inode] = {}
        self._safe_names: dict[str, Inode] = {}
        self._pending_names: list[tuple[str, Inode | None]] = []
        self._open: dict[int, tuple[str, Inode | None]] = {}
        self.said = bytearray()

    def follow(self, record: Record) -> None:
        """One more operation of the program."""
        if record.what == SAID:
            self.said += record.data
        elif record.what == NAMED:
            self._name(record)
        elif record.what in {WRITTEN, CUT}:
            inode = self._open[record.file][1]
            if inode is not None:
                inode.pending.append(record)
        elif record.what == SYNCED:
            self._sync(self._open[record.file][1])
        elif record.what == REMOVED:
            self._move(record.data.decode(), None)
        else:
            old, new = record.data.decode().split("\0")
            inode = self._seen[old]
            self._move(old, None)
            self._move(new, inode)

    def _name(self, record: Record) -> None:
        path = record.data.decode()
        if Path(path).is_dir():
            self._open[record.file] = path, None
            return
        if path not in self._seen:
            self._move(path, Inode())
        if record.offset:  # opened to be written anew
            self._seen[path].pending.append(Record(CUT, record.file, 0, b""))
        self._open[record.file] = path, self._seen[path]

    def _move(self, path: str, inode: Inode | None) -> None:
        if inode is None:
            self._seen.pop(path, None)
        else:
            self._seen[path] = inode
        self._pending_names.append((path, inode))

    def _sync(self, inode: Inode | None) -> None:
        if inode is not None:
            inode.settle()
        settled = (
            len(self._pending_names)
            if inode is None
            else 1
            + max((n for n, (p, i) in enumerate(self._pending_names) if i is inode), default=-1)
        )
        for name, one in self._pending_names[:settled]:
            self._settle_name(self._safe_names, name, one)
        del self._pending_names[:settled]

    @staticmethod
    def _settle_name(names: dict[str, Inode], path: str, inode: Inode | None) -> None:
        if inode is None:
            names.pop(path, None)
        else:
            names[path] = inode

    def after_a_cut(self, to: Path, dice: random.Random) -> None:
        """Write one of the contents it may have into the new folder `to`."""
        names = dict(self._safe_names)
        for path, inode in self._pending_names[: dice.randint(0, len(self._pending_names))]:
            self._settle_name(names, path, inode)
        for path, inode in names.items():
            if path.endswith("-shm"):
                continue  # only memory that is shared; SQLite makes it anew
            target = to / Path(path).relative_to(self._folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(inode.after_a_cut(dice))
