"""The shelf: every dossier that is open or moved today, by id and by the codes people have.

Dossiers outlive the day, so the shelf is handed from one working day to the next.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from queue_server.domain.dossier import Dossier
from queue_server.domain.faults import UnknownDossier
from queue_server.domain.office import working_day

Part = tuple[str, str]
"""A dossier's id and the name of what is kept of it: `answers`, `paper-1`."""


@dataclass(slots=True)
class ShelfChanges:
    """What a piece of work touched.

    `contents` is personal and sealed: it never stands in an event, because an event is for ever.
    None means: forget it; a part `*` means everything of the dossier, its person too. `persons` is
    the keyed hash of an identity number by dossier.
    """

    dossiers: dict[str, Dossier] = field(default_factory=dict)
    contents: dict[Part, bytes | None] = field(default_factory=dict)
    persons: dict[str, str] = field(default_factory=dict)


class Shelf:
    """Dossiers in memory; `happening.apply` alone changes them."""

    def __init__(self) -> None:
        self.dossiers: dict[str, Dossier] = {}
        self.changes = ShelfChanges()
        self._by_holder: dict[str, str] = {}
        self._by_code: dict[str, str] = {}

    def dossier(self, dossier_id: str) -> Dossier:
        """A dossier by id.

        Raises:
            UnknownDossier: none on the shelf has this id.
        """
        try:
            return self.dossiers[dossier_id]
        except KeyError:
            raise UnknownDossier("no such dossier is open") from None

    def by_code(self, code: str) -> Dossier | None:
        """The dossier with this official code or in whose holder's hand this code is."""
        found = self._by_holder.get(code) or self._by_code.get(code)
        return self.dossiers[found] if found is not None else None

    def filed_on(self, day: date) -> int:
        """How many were filed on a day that is today."""
        filed = (one.filed_at for one in self.dossiers.values())
        return sum(at is not None and working_day(at) == day for at in filed)

    def put(self, dossier: Dossier) -> None:
        """Replace or add a dossier."""
        self._place(dossier)
        self.changes.dossiers[dossier.id] = dossier

    def bring(self, dossier: Dossier) -> None:
        """Take a row out of the store, unless the shelf has a newer one; that changes nothing."""
        if dossier.id not in self.dossiers:
            self._place(dossier)

    def keep(self, dossier: str, part: str, sealed: bytes | None) -> None:
        """Have a sealed part kept, or forgotten; memory holds it to the commit only."""
        self.changes.contents[dossier, part] = sealed

    def take_changes(self) -> ShelfChanges:
        """What happened since the last time this was asked."""
        taken, self.changes = self.changes, ShelfChanges()
        return taken

    def restore(self, dossiers: Iterable[Dossier]) -> None:
        """Take over rows that were stored or committed; they do not count as changes."""
        for dossier in dossiers:
            self._place(dossier)
        self.changes = ShelfChanges()

    def take_over(self, old: Shelf) -> None:
        """Begin a day with what the day before left open."""
        self.restore(one for one in old.dossiers.values() if one.is_open)

    def _place(self, dossier: Dossier) -> None:
        self.dossiers[dossier.id] = dossier
        self._by_holder[dossier.holder] = dossier.id
        if dossier.code is not None:
            self._by_code[dossier.code] = dossier.id
