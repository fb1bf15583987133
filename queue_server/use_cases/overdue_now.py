"""Dossiers of today and which of them are overdue: the second part of metric 5.4, on the board."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from queue_server.domain.dossier import DossierState
from queue_server.domain.office_day import OfficeDay

UNFILED = frozenset({DossierState.DRAFT, DossierState.DROPPED})


class Overdue(NamedTuple):
    """How many dossiers were received, worked on or ended today, and how many are overdue."""

    counted: int
    overdue: int

    @property
    def share(self) -> float | None:
        """Overdue of all; None without any."""
        return self.overdue / self.counted if self.counted else None


def overdue_now(day: OfficeDay, at: datetime) -> Overdue:
    """From the shelf of the running day, which knows the dossiers that earlier days left open."""
    filed = [one for one in day.shelf.dossiers.values() if one.state not in UNFILED]
    return Overdue(len(filed), sum(one.overdue(at) for one in filed))


def nobody_knows(_day: OfficeDay, _at: datetime) -> Overdue:
    """A day played again alone does not know the dossiers of the days before it."""
    return Overdue(0, 0)
