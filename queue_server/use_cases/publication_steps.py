"""The steps of a month's figures to the public, and who may take which: for an office and a city.

A draft is a snapshot whose id is the digest of its text. Another person reviews it; who drafted
does not. What was published is corrected by a new snapshot, or withdrawn, each with a reason.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

SHORTEST_REASON = 5


class Step(StrEnum):
    """What was done with a draft."""

    DRAFTED = "drafted"
    RETURNED = "returned"
    REVIEWED = "reviewed"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


AFTER: dict[Step, frozenset[Step]] = {
    Step.DRAFTED: frozenset({Step.REVIEWED, Step.RETURNED}),
    Step.REVIEWED: frozenset({Step.PUBLISHED, Step.RETURNED}),
    Step.PUBLISHED: frozenset({Step.WITHDRAWN}),
    Step.RETURNED: frozenset(),
    Step.WITHDRAWN: frozenset(),
}
WITH_REASON = frozenset({Step.RETURNED, Step.WITHDRAWN})
OPEN = frozenset({Step.DRAFTED, Step.REVIEWED})
PUBLIC = frozenset({Step.PUBLISHED, Step.WITHDRAWN})


class StepRefused(Exception):  # noqa: N818 - a refusal
    """This step is not possible; the words say why."""


@dataclass(frozen=True, slots=True)
class Taken:
    """One step: what, when, by whom, with which reason."""

    step: Step
    at: datetime
    by: str
    note: str


def check_draft(month: tuple[str, str], states: Iterable[Step], note: str, *, over: bool) -> None:
    """Whether a month of this name may be drafted, beside snapshots of it in these states.

    Raises:
        StepRefused: it is not over, has an open draft, or a correction gives no reason.
    """
    known = set(states)
    if not over:
        raise StepRefused("{} chưa kết thúc / {} is not over".format(*month))
    if known & OPEN:
        raise StepRefused(
            "tháng này đang có bản soạn: hãy duyệt hoặc trả lại trước / "
            "a draft of this month is open: review or return it first"
        )
    if known & PUBLIC and len(note) < SHORTEST_REASON:
        raise StepRefused(
            "tháng này đã công khai: hãy ghi sửa gì và vì sao / "
            "this month was published before: say what is corrected and why"
        )


def check_step(taken: list[Taken], step: Step, by: str, note: str, *, person: bool) -> None:
    """Whether a step may follow those that were taken; `person`: `by` is somebody by name.

    Raises:
        StepRefused: not after the last step, without the reason that it needs, or not by this
            person: who drafted cannot review, and a device is nobody.
    """
    state = taken[-1].step
    if step not in AFTER[state]:
        raise StepRefused(
            f"bản này đã sang bước khác, hãy tải lại trang / it is {state}: {step} does not follow"
        )
    if step in WITH_REASON and len(note) < SHORTEST_REASON:
        raise StepRefused("hãy ghi vì sao / say why")
    if step in {Step.REVIEWED, Step.PUBLISHED} and not person:
        raise StepRefused(
            "hãy đăng nhập bằng tên người: thiết bị không phải là ai / "
            "sign in by name: a device is nobody"
        )
    if step is Step.REVIEWED and taken[0].by == by:
        raise StepRefused(
            "người khác phải duyệt bản bạn soạn / somebody else has to review what you drafted"
        )


def digest_of(content: str) -> str:
    """SHA-256 of a snapshot's text, hexadecimal."""
    return hashlib.sha256(content.encode()).hexdigest()
