"""A journal in memory; `full` plays a disk that takes no more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from kiosk.domain.own_numbers import Entry
from kiosk.use_cases.ports import JournalError


@dataclass
class MemoryJournal:
    """Forgets everything with the process."""

    entries: list[Entry] = field(default_factory=list)
    full: bool = False

    def read(self) -> list[Entry]:
        return list(self.entries)

    def append(self, *entries: Entry) -> None:
        self._take()
        self.entries += entries

    def rewrite(self, entries: Iterable[Entry]) -> None:
        self._take()
        self.entries = list(entries)

    def close(self) -> None:
        """Nothing is held."""

    def _take(self) -> None:
        if self.full:
            raise JournalError("the disk is full")
