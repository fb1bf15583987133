"""Dossiers over days: received or running in a period, and which of them are overdue.

Index 766, metric 2.1: (done or running in time) / (received + running). The time in which papers
are waited for does not count; more than one request for papers makes a dossier overdue.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from queue_server.use_cases.reports.dossier_facts import DossierFact

ENDS = frozenset({"finished", "refused", "stopped"})
MOST_REQUESTS = 1
COUNTED, OVERDUE, IN_TIME = "dossiers_counted", "dossiers_overdue", "dossiers_not_overdue"
PERIOD_SETS = frozenset({COUNTED, OVERDUE, IN_TIME})
"""Sets that only a whole period knows, because a dossier lives longer than a day."""


@dataclass(frozen=True, slots=True)
class DossierStanding:
    """A dossier at the end of a period, or when it ended; `fact` is its last event until then."""

    day: date
    fact: DossierFact
    overdue: bool
    ended: bool


@dataclass(slots=True)
class _Dossier:
    """What is known so far."""

    day: date
    fact: DossierFact
    due_at: datetime | None = None
    requests: int = 0
    waiting: bool = False
    ended: bool = False

    def take(self, day: date, fact: DossierFact) -> None:
        if self.ended:  # Erasing what has ended makes it neither younger nor less late.
            return
        self.day, self.fact = day, fact
        if fact.what == "supplement":
            self.requests += 1
            self.waiting = True
        elif fact.what in ENDS:
            self.ended = True
        else:
            self.waiting = False
            self.due_at = fact.due_at

    def overdue(self, until: datetime) -> bool:
        if self.requests > MOST_REQUESTS:
            return True
        if self.fact.what == "finished":
            return not self.fact.in_time
        seen = self.fact.at if self.ended else until
        return not self.waiting and self.due_at is not None and seen > self.due_at


def standings(
    facts: Iterable[tuple[date, DossierFact]], first: date, until: datetime
) -> list[DossierStanding]:
    """The dossiers of a period from `first` to `until`, from all events before its end, in order.

    Who filed before this store began to count, or ended before the period, is not in it.
    """
    known: dict[str, _Dossier] = {}
    for day, fact in facts:
        found = known.get(fact.dossier)
        if found is None:
            if fact.what != "filed":
                continue
            found = known[fact.dossier] = _Dossier(day, fact)
        found.take(day, fact)
    return [
        DossierStanding(one.day, one.fact, one.overdue(until), one.ended)
        for one in known.values()
        if not (one.ended and one.day < first)
    ]


def chosen_of(all_of: Iterable[DossierStanding], name: str) -> list[DossierStanding]:
    """Those of one of `PERIOD_SETS`."""
    return [one for one in all_of if name == COUNTED or one.overdue is (name == OVERDUE)]
