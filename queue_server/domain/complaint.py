"""A complaint or proposal of a citizen (phản ánh, kiến nghị) and its four clocks.

Quality index 766, metric 5.2: refused within 2 working days, more asked for within 5, answered
within 15, the answer published within 2 more. The day of receipt is not counted (`deadline.py`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from queue_server.domain.complaint_events import ComplaintFiled, ComplaintMoved
from queue_server.domain.deadline import add_working_days, counted_from
from queue_server.domain.office import Office

CLASSIFY_DAYS, ASK_DAYS, ANSWER_DAYS, PUBLISH_DAYS = 2, 5, 15, 2


class Step(StrEnum):
    """What was done with it last; `FILED` is where each begins."""

    FILED = "filed"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    INFO_ASKED = "info_asked"
    ANSWERED = "answered"
    PUBLISHED = "published"


NEXT: dict[Step, tuple[Step, ...]] = {
    Step.FILED: (Step.ACCEPTED, Step.REFUSED),
    Step.ACCEPTED: (Step.INFO_ASKED, Step.ANSWERED),
    Step.INFO_ASKED: (Step.ACCEPTED, Step.ANSWERED),
    Step.ANSWERED: (Step.PUBLISHED,),
    Step.REFUSED: (),
    Step.PUBLISHED: (),
}


@dataclass(frozen=True, slots=True)
class StepTaken:
    """A step: when, by whom, and what was said with it."""

    step: Step
    at: datetime
    by: str
    note: str


@dataclass(frozen=True, slots=True)
class Complaint:
    """One complaint as it stands; `taken` has every step in the order of time."""

    id: str
    filed_at: datetime
    text: str
    source: str
    service: str | None
    number: str | None
    step: Step = Step.FILED
    taken: tuple[StepTaken, ...] = ()
    version: int = 1

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return bool(NEXT[self.step])

    def at(self, step: Step) -> datetime | None:
        """When this step was taken first."""
        return next((one.at for one in self.taken if one.step is step), None)


@dataclass(frozen=True, slots=True)
class ComplaintClock:
    """One deadline: the last day, and when it was met; None while it runs."""

    what: str
    due: date
    met_at: datetime | None


def filed(event: ComplaintFiled) -> Complaint:
    """The complaint that an event began."""
    return Complaint(
        id=event.complaint,
        filed_at=event.at,
        text=event.text,
        source=event.source,
        service=event.service,
        number=event.number,
    )


def moved(complaint: Complaint, event: ComplaintMoved) -> Complaint:
    """The complaint after a step."""
    step = Step(event.step)
    taken = (*complaint.taken, StepTaken(step, event.at, event.by, event.note))
    return replace(complaint, step=step, taken=taken, version=complaint.version + 1)


def clocks(office: Office, complaint: Complaint) -> list[ComplaintClock]:
    """The deadlines that run or ran; a refused complaint has the first one only."""
    start = counted_from(office, complaint.filed_at)
    classified = complaint.at(Step.ACCEPTED) or complaint.at(Step.REFUSED)
    found = [ComplaintClock("classify", add_working_days(office, start, CLASSIFY_DAYS), classified)]
    if complaint.step is Step.REFUSED:
        return found
    answered = complaint.at(Step.ANSWERED)
    asked = complaint.at(Step.INFO_ASKED)
    if asked is not None or answered is None:
        found.append(ComplaintClock("ask", add_working_days(office, start, ASK_DAYS), asked))
    found.append(ComplaintClock("answer", add_working_days(office, start, ANSWER_DAYS), answered))
    if answered is not None:
        last = add_working_days(office, counted_from(office, answered), PUBLISH_DAYS)
        found.append(ComplaintClock("publish", last, complaint.at(Step.PUBLISHED)))
    return found
