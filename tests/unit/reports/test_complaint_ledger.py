"""Complaints of a period by their clocks (index 766, 5.1 and 5.2), counted again by hand."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from queue_server.domain.complaint import Complaint, Step, StepTaken
from queue_server.domain.office import ZONE
from queue_server.use_cases.reports.complaint_ledger import (
    KeptComplaint,
    complaint_standings,
    complaints_of,
)
from tests.fakes.report_sample import sample_office

MONDAY = datetime(2026, 3, 2, 9, tzinfo=ZONE)
MARCH, APRIL = date(2026, 3, 1), datetime(2026, 4, 1, tzinfo=ZONE)


def on(day: int) -> datetime:
    """That day of March, in the morning."""
    return MONDAY.replace(day=day)


def complaint(name: str, filed: int, *steps: tuple[Step, int]) -> Complaint:
    taken = tuple(StepTaken(step, on(day), "lan", "") for step, day in steps)
    return Complaint(
        id=name,
        filed_at=on(filed),
        text="Chờ lâu",
        source="letter",
        service=None,
        number=None,
        step=taken[-1].step if taken else Step.FILED,
        taken=taken,
    )


A, R, Q, W, P = Step.ACCEPTED, Step.REFUSED, Step.INFO_ASKED, Step.ANSWERED, Step.PUBLISHED
KNOWN = [
    # Monday 2 March: classified until Wednesday 4, answered until Monday 23, published 2 days on.
    complaint("kept", 2, (A, 4), (W, 23), (P, 25)),
    complaint("classified-late", 2, (A, 5), (W, 10), (P, 11)),
    complaint("answered-late", 2, (A, 3), (W, 24), (P, 25)),
    complaint("published-late", 2, (A, 3), (W, 10), (P, 13)),
    complaint("asked-after-its-day", 2, (A, 3), (Q, 12), (A, 13), (W, 16), (P, 17)),
    complaint("refused", 9, (R, 11)),
    complaint("forgotten", 16),
    complaint("running", 30),
]
LATE = {"classified-late", "answered-late", "published-late", "forgotten"}


@pytest.fixture
def kept() -> list[KeptComplaint]:
    return [KeptComplaint(seq, one) for seq, one in enumerate(KNOWN, 100)]


def names(kept: list[KeptComplaint], which: str, first: date, until: datetime) -> set[str]:
    found = complaint_standings(kept, sample_office(), first, until)
    known = {seq: one.id for seq, one in kept}
    return {known[one.seq] for one in complaints_of(found, which)}


def test_each_is_late_or_in_time_by_the_days_of_the_law(kept: list[KeptComplaint]) -> None:
    everybody = {one.id for one in KNOWN}
    assert names(kept, "complaints_counted", MARCH, APRIL) == everybody
    assert names(kept, "complaints_late", MARCH, APRIL) == LATE
    assert names(kept, "complaints_in_time", MARCH, APRIL) == everybody - LATE
    unclassified = {"forgotten", "running"}
    assert names(kept, "complaints_classified", MARCH, APRIL) == everybody - unclassified


def test_what_came_after_the_end_of_the_period_does_not_count(kept: list[KeptComplaint]) -> None:
    fourth = on(4)
    seen = names(kept, "complaints_counted", MARCH, fourth)
    assert seen == {one.id for one in KNOWN if one.filed_at < fourth}
    assert names(kept, "complaints_late", MARCH, fourth) == set()
    assert names(kept, "complaints_classified", MARCH, fourth) == {
        "answered-late",
        "published-late",
        "asked-after-its-day",
    }


def test_who_ended_before_the_period_is_not_in_it(kept: list[KeptComplaint]) -> None:
    seen = names(kept, "complaints_counted", APRIL.date(), APRIL + timedelta(days=30))
    assert seen == {"forgotten", "running"}
    assert names(kept, "complaints_late", APRIL.date(), APRIL + timedelta(days=30)) == seen
