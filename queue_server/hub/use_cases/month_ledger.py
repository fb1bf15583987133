"""One office's month as far as it was folded: sums, and what runs on, by the office's own rules.

A ward has thousands of visits a month and a nation thousands of wards, so a month is never read
whole: each day is folded once onto what was there, and what has ended is only a number then.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from queue_server.domain.complaint import filed, moved
from queue_server.domain.complaint_events import ComplaintFiled, ComplaintMoved
from queue_server.domain.office import ZONE, Office
from queue_server.hub.use_cases.office_months import Counted
from queue_server.use_cases.reports import complaint_ledger as complaints
from queue_server.use_cases.reports import dossier_ledger as dossiers
from queue_server.use_cases.reports.complaint_ledger import KeptComplaint, complaint_standings
from queue_server.use_cases.reports.dossier_facts import ENDS, SAVED, DossierFact
from queue_server.use_cases.reports.dossier_ledger import standings

WHAT = {kind.__name__: what for kind, what in ENDS.items() if what != SAVED}
"""What a report calls the events of dossiers."""
FILED, MOVED = ComplaintFiled.__name__, ComplaintMoved.__name__
KINDS = (*WHAT, FILED, MOVED)


@dataclass(frozen=True, slots=True)
class LedgerEvent:
    """An event of a dossier or a complaint as the hub keeps it; `about` is its pseudonym."""

    seq: int
    day: date
    at: datetime
    kind: str
    about: str
    due_at: datetime | None = None
    in_time: bool | None = None
    step: str | None = None


@dataclass(frozen=True, slots=True)
class MonthSoFar:
    """An office's month up to the day `through`.

    `ended` dossiers are numbers, `ended_late` those of them that were overdue. `kept` are the
    events of dossiers that run on and of complaints that were open in the month. `seq` is the
    newest event of these that was folded. `told` is what the office said of itself last.
    """

    through: date
    counted: Counted
    seq: int = 0
    ended: int = 0
    ended_late: int = 0
    kept: tuple[LedgerEvent, ...] = ()
    told: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class News:
    """What came after an office's month so far; None where nothing happened, or was told."""

    counted: Counted | None = None
    events: Sequence[LedgerEvent] = ()
    told: Mapping[str, Any] | None = None


def nothing(office: str, through: date) -> MonthSoFar:
    """A month that begins after that day, with nothing before it."""
    sums = Counted(office, **dict.fromkeys(Counted.__slots__[1:], 0))
    return MonthSoFar(through, sums)


def next_month(before: MonthSoFar) -> MonthSoFar:
    """The beginning of a month: what the one before left open, and its own sums at nothing."""
    over = {
        name for name, (_, one) in _complaints(before.kept).items() if one.step in complaints.ENDS
    }
    kept = tuple(one for one in before.kept if one.about not in over)
    return replace(nothing(before.counted.office, before.through), kept=kept, told=before.told)


def in_order(so_far: MonthSoFar, news: News) -> bool:
    """Whether these events follow those that were folded; a clock set back can mix them."""
    return not news.events or news.events[0].seq > so_far.seq


def grown(so_far: MonthSoFar, news: News, through: date) -> MonthSoFar:
    """The month with what came after it, until the end of the day `through`."""
    every = [*so_far.kept, *news.events]
    # Nobody asks here who is overdue but has not ended, so the moment does not matter.
    found = standings(_facts(every), date.min, datetime.combine(through, time(), ZONE))
    ended = [one for one in found if one.ended]
    alive = {one.fact.dossier for one in found if not one.ended} | _complaints(every).keys()
    return MonthSoFar(
        through=through,
        counted=so_far.counted + news.counted if news.counted else so_far.counted,
        seq=max(so_far.seq, news.events[-1].seq if news.events else 0),
        ended=so_far.ended + len(ended),
        ended_late=so_far.ended_late + sum(one.overdue for one in ended),
        kept=tuple(one for one in every if one.about in alive),
        told=news.told or so_far.told,
    )


def ledger_of(so_far: MonthSoFar, office: Office, first: date, until: datetime) -> dict[str, int]:
    """Counts by the names of the report's sets.

    Args:
        so_far: The month that begins on `first`.
        office: Its hours and days off.
        first: The first day of the month.
        until: The end of the month, or now.
    """
    running = standings(_facts(so_far.kept), first, until)
    late = so_far.ended_late + sum(one.overdue for one in running)
    whole = so_far.ended + len(running)
    counts = {dossiers.COUNTED: whole, dossiers.OVERDUE: late, dossiers.IN_TIME: whole - late}
    found = complaint_standings(_complaints(so_far.kept).values(), office, first, until)
    return counts | {
        name: len(complaints.complaints_of(found, name)) for name in complaints.COMPLAINT_SETS
    }


def _facts(events: Sequence[LedgerEvent]) -> list[tuple[date, DossierFact]]:
    return [
        (
            one.day,
            DossierFact(
                what=WHAT[one.kind],
                dossier=one.about,
                at=one.at,
                seq=one.seq,
                due_at=one.due_at,
                in_time=bool(one.in_time),
            ),
        )
        for one in events
        if one.kind in WHAT
    ]


def _complaints(events: Sequence[LedgerEvent]) -> dict[str, KeptComplaint]:
    known: dict[str, KeptComplaint] = {}
    for event in events:
        if event.kind == FILED:
            begun = ComplaintFiled(at=event.at, complaint=event.about, text="", source="")
            known[event.about] = KeptComplaint(event.seq, filed(begun))
        elif event.kind == MOVED and event.about in known:
            seq, before = known[event.about]
            step = ComplaintMoved(
                at=event.at, complaint=event.about, step=event.step or "", by="", note=""
            )
            known[event.about] = KeptComplaint(seq, moved(before, step))
    return known
