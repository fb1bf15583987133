"""Complaints over days: those of a period, and whether their clocks were kept until its end.

Index 766, metric 5.2: refused within 2 working days, answered within 15, published within 2 more.
Asking for more within 5 days is a possibility, not a duty: it makes nobody late (`complaint_desk`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple

from queue_server.domain.complaint import Complaint, Step, clocks
from queue_server.domain.office import Office, working_day

COUNTED, IN_TIME, LATE = "complaints_counted", "complaints_in_time", "complaints_late"
CLASSIFIED = "complaints_classified"
COMPLAINT_SETS = frozenset({COUNTED, IN_TIME, LATE, CLASSIFIED})
"""Sets that only a whole period knows, because a complaint lives longer than a day."""
ENDS = frozenset({Step.REFUSED, Step.PUBLISHED})
POSSIBILITY = "ask"


class KeptComplaint(NamedTuple):
    """A complaint with the number of the event that began it."""

    seq: int
    complaint: Complaint


@dataclass(frozen=True, slots=True)
class ComplaintStanding:
    """A complaint as it stood at the end of a period."""

    day: date
    at: datetime
    seq: int
    late: bool
    classified: bool


def complaint_standings(
    known: Iterable[KeptComplaint], office: Office, first: date, until: datetime
) -> list[ComplaintStanding]:
    """The complaints received or open in the period from `first` to the moment `until`.

    A step after `until` has not been taken yet; who ended before `first` is not in it.
    """
    found = []
    for seq, complaint in known:
        if complaint.filed_at >= until:
            continue
        then = _as_of(complaint, until)
        if not (then.step in ENDS and working_day(then.taken[-1].at) < first):
            found.append(_standing(office, then, seq, until))
    return found


def _as_of(complaint: Complaint, until: datetime) -> Complaint:
    taken = tuple(one for one in complaint.taken if one.at < until)
    return replace(complaint, taken=taken, step=taken[-1].step if taken else Step.FILED)


def _standing(office: Office, one: Complaint, seq: int, until: datetime) -> ComplaintStanding:
    duties = [clock for clock in clocks(office, one) if clock.what != POSSIBILITY]
    late = any(working_day(clock.met_at or until) > clock.due for clock in duties)
    return ComplaintStanding(
        day=working_day(one.filed_at),
        at=one.filed_at,
        seq=seq,
        late=late,
        classified=bool(one.taken),
    )


def complaints_of(all_of: Sequence[ComplaintStanding], name: str) -> list[ComplaintStanding]:
    """Those of one of `COMPLAINT_SETS`."""
    if name == CLASSIFIED:
        return [one for one in all_of if one.classified]
    return [one for one in all_of if name == COUNTED or one.late is (name == LATE)]
