"""What the office lets one person take in a day, as far as the kiosk must ask for a card."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class VisitRules:
    """Limits for one person and day, 0 for none; from `bulk_from` dossiers on a ticket is bulk."""

    tickets: int = 0
    dossiers: int = 0
    bulk_from: int = 5

    def is_bulk(self, dossiers: int) -> bool:
        """Whether so many dossiers on one ticket make it a bulk filer's."""
        return dossiers >= self.bulk_from

    def must_have_card(self, dossiers: int) -> bool:
        """Whether no number is given without a card."""
        return self.dossiers > 0 and self.is_bulk(dossiers)

    def asks_for_card(self, dossiers: int) -> bool:
        """Whether a card is asked for; who has none may still be served."""
        return self.tickets > 0 or self.must_have_card(dossiers)
