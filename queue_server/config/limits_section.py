"""`[limits]` of `motcua.toml`: how much one person may take in a day."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from queue_server.config.section import Section
from queue_server.domain.visit_limits import VisitLimits

Count = Annotated[int, Field(ge=0, le=500)]


class LimitsSection(Section):
    """Counted by the card that is held to a kiosk's scanner; 0 is no limit."""

    tickets_per_person: Count = Field(0, description="Tickets of one person in a day")
    dossiers_per_person: Count = Field(
        0, description="Dossiers of one person in a day; with it bulk filers need a card"
    )
    bulk_from: Annotated[int, Field(ge=2, le=200)] = Field(
        5, description="So many dossiers on one ticket are a bulk filer's"
    )

    def to_limits(self) -> VisitLimits:
        """The limits as the domain knows them."""
        return VisitLimits(
            tickets=self.tickets_per_person,
            dossiers=self.dossiers_per_person,
            bulk_from=self.bulk_from,
        )
