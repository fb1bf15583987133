"""Which visits stand behind a figure: one rule that counts them and that finds them again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from queue_server.domain.ticket import PriorityClass, TicketState
from queue_server.use_cases.reports.complaint_ledger import COMPLAINT_SETS
from queue_server.use_cases.reports.dossier_facts import (
    DOSSIER_DIMENSIONS,
    DOSSIER_SETS,
    DossierFact,
)
from queue_server.use_cases.reports.dossier_ledger import PERIOD_SETS
from queue_server.use_cases.reports.filing_ways import FILING_DIMENSIONS, FILING_SETS
from queue_server.use_cases.reports.other_facts import OTHER_DIMENSIONS, OTHER_SETS, OtherFact
from queue_server.use_cases.reports.visit_facts import TOLD, VisitFact

GOOD_S = 15 * 60
LIMIT_S = 30 * 60
SERVICE_S = 30 * 60
LOW_SCORE = 2
HAPPY_SCORE = 4
ABANDONED = frozenset({TicketState.CANCELLED.value, TicketState.EXPIRED.value})
RETURN_OUTCOMES = frozenset({"MISSING_PAPERS", "NOT_RECEIVED"})
"""Outcomes after which the citizen has to come again."""

Rule = Callable[[VisitFact], bool]


def _was(word: str) -> Rule:
    return lambda visit: word in visit.told


SETS: dict[str, Rule] = {
    "issued": lambda _: True,
    "waited": lambda v: v.wait_s is not None,
    "over15": lambda v: v.wait_s is not None and v.wait_s > GOOD_S,
    "over30": lambda v: v.wait_s is not None and v.wait_s > LIMIT_S,
    "inaccurate": lambda v: not v.accurate,
    "finished": lambda v: v.state == TicketState.FINISHED.value,
    "finished_by_unknown": lambda v: v.state == TicketState.FINISHED.value and not v.clerk,
    "served": lambda v: v.served_s is not None,
    "served_over30": lambda v: v.served_s is not None and v.served_s > SERVICE_S,
    "no_show": lambda v: v.state == TicketState.NO_SHOW.value,
    "abandoned": lambda v: v.state in ABANDONED,
    "rated": lambda v: v.score is not None,
    "rated_happy": lambda v: v.score is not None and v.score >= HAPPY_SCORE,
    "rated_low": lambda v: v.score is not None and v.score <= LOW_SCORE,
    "priority": lambda v: v.priority != PriorityClass.NORMAL.value,
    "with_appointment": lambda v: v.appointment,
    "to_come_again": lambda v: v.outcome in RETURN_OUTCOMES,
    "many_procedures": lambda v: v.procedures > 1,
    **{word: _was(word) for word in sorted(TOLD.values())},
}
"""Sets of visits by name. A share is one set over another, a mean is over a set."""

Value = Callable[[VisitFact], str]
DIMENSIONS: dict[str, Value] = {
    "service": lambda v: v.service,
    "priority": lambda v: v.priority,
    "channel": lambda v: v.channel,
    "counter": lambda v: "" if v.counter is None else str(v.counter),
    "clerk": lambda v: v.clerk or "",
    "appointment": lambda v: "yes" if v.appointment else "no",
    "outcome": lambda v: v.outcome or "",
    "score": lambda v: "" if v.score is None else str(v.score),
}
"""By what visits of a set are told apart; an empty value has no group."""


WHOLE = frozenset({*PERIOD_SETS, *COMPLAINT_SETS})
"""Sets that only a whole period knows, told apart by nothing."""


class SelectionRefused(Exception):  # noqa: N818 - a refusal
    """No such set or dimension."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Visits of a set, all or those with one value of one dimension; `str` is its address."""

    visits: str
    dimension: str = ""
    value: str = ""

    def __str__(self) -> str:
        return f"{self.visits};{self.dimension}={self.value}" if self.dimension else self.visits

    @classmethod
    def parse(cls, text: str) -> Selection:
        """What `str` wrote.

        Raises:
            SelectionRefused: it names nothing that is counted.
        """
        visits, _, rest = text.partition(";")
        dimension, _, value = rest.partition("=")
        if visits in WHOLE and not rest:
            return cls(visits)
        known = _dimensions(visits)
        if visits not in {*SETS, *DOSSIER_SETS, *OTHER_SETS, *FILING_SETS} or (
            rest and dimension not in known
        ):
            raise SelectionRefused(f"nothing is counted as '{text[:80]}'")
        return cls(visits, dimension, value)

    @property
    def of_period(self) -> bool:
        """Whether dossiers over the whole period stand behind it."""
        return self.visits in PERIOD_SETS

    @property
    def of_complaints(self) -> bool:
        """Whether complaints over the whole period stand behind it."""
        return self.visits in COMPLAINT_SETS

    @property
    def of_filings(self) -> bool:
        """Whether filings of the whole period stand behind it."""
        return self.visits in FILING_SETS

    @property
    def by_person(self) -> bool:
        """Whether it can be told apart by who served, so that a clerk may ask for the own part."""
        return self.visits in SETS or self.visits == "clerk_there"

    @property
    def of_others(self) -> bool:
        """Whether neither visits nor dossiers stand behind it."""
        return self.visits in OTHER_SETS

    @property
    def of_dossiers(self) -> bool:
        """Whether dossiers stand behind it, not visits."""
        return self.visits in DOSSIER_SETS

    def holds_dossier(self, fact: DossierFact) -> bool:
        """Whether this event of a dossier stands behind the figure."""
        if not DOSSIER_SETS[self.visits](fact):
            return False
        return not self.dimension or DOSSIER_DIMENSIONS[self.dimension](fact) == self.value

    def holds_other(self, fact: OtherFact) -> bool:
        """Whether this stands behind the figure."""
        if not OTHER_SETS[self.visits](fact):
            return False
        return not self.dimension or OTHER_DIMENSIONS[self.dimension](fact) == self.value

    def holds(self, visit: VisitFact) -> bool:
        """Whether the visit stands behind the figure."""
        if not SETS[self.visits](visit):
            return False
        return not self.dimension or DIMENSIONS[self.dimension](visit) == self.value


def _dimensions(visits: str) -> Collection[str]:
    if visits in FILING_SETS:
        return FILING_DIMENSIONS
    if visits in DOSSIER_SETS:
        return DOSSIER_DIMENSIONS
    return OTHER_DIMENSIONS if visits in OTHER_SETS else DIMENSIONS


def other_selections(fact: OtherFact) -> Iterator[Selection]:
    """Everything that it is counted in."""
    for name, rule in OTHER_SETS.items():
        if rule(fact):
            yield Selection(name)
            for dimension, value in OTHER_DIMENSIONS.items():
                if value(fact):
                    yield Selection(name, dimension, value(fact))


def groups_of(visit: VisitFact) -> Iterator[tuple[str, str]]:
    """The groups of a visit as (dimension, value); the first is everybody."""
    yield "", ""
    for name, value in DIMENSIONS.items():
        found = value(visit)
        if found:
            yield name, found


def dossier_selections(fact: DossierFact) -> Iterator[Selection]:
    """Everything that an event of a dossier is counted in."""
    for name, rule in DOSSIER_SETS.items():
        if rule(fact):
            yield Selection(name)
            for dimension, value in DOSSIER_DIMENSIONS.items():
                if value(fact):
                    yield Selection(name, dimension, value(fact))


def sets_of(visit: VisitFact) -> list[str]:
    """The sets that a visit belongs to."""
    return [name for name, rule in SETS.items() if rule(visit)]
