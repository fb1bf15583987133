"""One office's dossiers and complaints in a month, by the rules of the office's own report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from queue_server.domain.complaint import filed, moved
from queue_server.domain.complaint_events import ComplaintFiled, ComplaintMoved
from queue_server.domain.office import Office
from queue_server.use_cases.reports import complaint_ledger as complaints
from queue_server.use_cases.reports.complaint_ledger import KeptComplaint, complaint_standings
from queue_server.use_cases.reports.dossier_facts import ENDS, SAVED, DossierFact
from queue_server.use_cases.reports.dossier_ledger import PERIOD_SETS, chosen_of, standings

WHAT = {kind.__name__: what for kind, what in ENDS.items() if what != SAVED}
"""What a report calls the events of dossiers."""
FILED, MOVED = ComplaintFiled.__name__, ComplaintMoved.__name__
KINDS = (*WHAT, FILED, MOVED)
UNKNOWN = Office("", "", "", services={}, counters={})
"""Whose hours nobody told: works Monday to Friday, 07–11 and 13–17."""


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
class Ledger:
    """Counts by the names of the report's sets, and the events of all that had not ended."""

    counts: dict[str, int]
    open: tuple[LedgerEvent, ...]


def ledger_of(
    events: Sequence[LedgerEvent], office: Office, first: date, until: datetime
) -> Ledger:
    """The ledger of an office from `first` to `until`.

    Args:
        events: Of the month, after those that the month before left open, in order.
        office: Its hours and days off.
        first: The first day of the month.
        until: The end of the month.
    """
    kept = [(e.day, _fact(e)) for e in events if e.kind in WHAT]
    dossiers = standings(kept, first, until)
    known = _complaints(events)
    found = complaint_standings(known.values(), office, first, until)
    counts = {name: len(chosen_of(dossiers, name)) for name in PERIOD_SETS}
    for name in complaints.COMPLAINT_SETS:
        counts[name] = len(complaints.complaints_of(found, name))
    still = {one.fact.dossier for one in dossiers if not one.ended}
    still |= {c.id for _, c in known.values() if c.step not in complaints.ENDS}
    return Ledger(counts, tuple(e for e in events if e.about in still))


def _fact(event: LedgerEvent) -> DossierFact:
    return DossierFact(
        what=WHAT[event.kind],
        dossier=event.about,
        at=event.at,
        seq=event.seq,
        due_at=event.due_at,
        in_time=bool(event.in_time),
    )


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
