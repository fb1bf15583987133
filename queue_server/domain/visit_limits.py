"""How much one person may take in a day, as the office sets it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitLimits:
    """The office's limits; 0 is none.

    `tickets` and `dossiers` are for one person and day. From `bulk_from` dossiers on, a ticket is
    a bulk filer's: where `dossiers` is limited, it needs a card.
    """

    tickets: int = 0
    dossiers: int = 0
    bulk_from: int = 5
