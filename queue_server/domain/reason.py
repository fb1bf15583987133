"""Why a ticket was called before others: the facts of the choice, and the words for people."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ReasonKind(StrEnum):
    """The step of the calling rule that decided."""

    STARVATION_GUARD = "starvation_guard"
    PRIORITY_TURN = "priority_turn"
    NORMAL_TURN = "normal_turn"
    STRICT_PRIORITY = "strict_priority"
    SENT_TO_COUNTER = "sent_to_counter"
    PRIORITY_COUNTER = "priority_counter"
    PROFILE_ORDER = "profile_order"
    PROFILE_WEIGHT = "profile_weight"
    LONGEST_WAIT = "longest_wait"
    BY_NUMBER = "by_number"


@dataclass(frozen=True, slots=True)
class Passed:
    """A head of line that was not chosen."""

    label: str
    waited_s: float


@dataclass(frozen=True, slots=True)
class CallReason:
    """The stored choice: what decided, how long this ticket waited, who was passed over."""

    kind: ReasonKind
    waited_s: float
    limit_s: float
    turn: int = 0
    turns: int = 0
    passed: tuple[Passed, ...] = ()


def _minutes(seconds: float) -> int:
    return round(seconds / 60)


def explain_vi(label: str, reason: CallReason) -> str:
    """The reason in Vietnamese, one or two sentences."""
    waited, limit = _minutes(reason.waited_s), _minutes(reason.limit_s)
    over = int(reason.waited_s // 60)
    first = {
        ReasonKind.STARVATION_GUARD: (
            f"{label} được gọi trước vì đã chờ hơn {over} phút, quá giới hạn {limit} phút."
        ),
        ReasonKind.PRIORITY_TURN: (
            f"{label} được gọi trước vì thuộc diện ưu tiên "
            f"(lượt ưu tiên {reason.turn}/{reason.turns})."
        ),
        ReasonKind.NORMAL_TURN: (
            f"{label} được gọi vì sau {reason.turns} lượt ưu tiên đến một lượt thường."
        ),
        ReasonKind.STRICT_PRIORITY: f"{label} được gọi trước vì thuộc diện ưu tiên.",
        ReasonKind.SENT_TO_COUNTER: f"{label} được gọi vì đã được chuyển đến đúng quầy này.",
        ReasonKind.PRIORITY_COUNTER: f"{label} được gọi vì quầy này chỉ phục vụ diện ưu tiên.",
        ReasonKind.PROFILE_ORDER: f"{label} được gọi vì quầy này phục vụ hàng chờ đó trước.",
        ReasonKind.PROFILE_WEIGHT: f"{label} được gọi vì quầy này ưu tiên hàng chờ đó hơn.",
        ReasonKind.LONGEST_WAIT: f"{label} được gọi vì đã chờ lâu nhất: {waited} phút.",
        ReasonKind.BY_NUMBER: f"{label} được cán bộ gọi đích danh.",
    }[reason.kind]
    if not reason.passed:
        return first
    others = ", ".join(f"{p.label} (đã chờ {_minutes(p.waited_s)} phút)" for p in reason.passed)
    return f"{first} Khi đó còn chờ: {others}."


def explain_en(label: str, reason: CallReason) -> str:
    """The reason in English, one or two sentences."""
    waited, limit = _minutes(reason.waited_s), _minutes(reason.limit_s)
    over = int(reason.waited_s // 60)
    first = {
        ReasonKind.STARVATION_GUARD: (
            f"{label} went first: it had waited over {over} minutes, past the limit of {limit}."
        ),
        ReasonKind.PRIORITY_TURN: (
            f"{label} went first: priority class (priority turn {reason.turn} of {reason.turns})."
        ),
        ReasonKind.NORMAL_TURN: (
            f"{label} was called: one normal turn follows {reason.turns} priority turns."
        ),
        ReasonKind.STRICT_PRIORITY: f"{label} went first: priority class.",
        ReasonKind.SENT_TO_COUNTER: f"{label} was called: it had been sent to this counter.",
        ReasonKind.PRIORITY_COUNTER: (
            f"{label} was called: this counter serves priority people only."
        ),
        ReasonKind.PROFILE_ORDER: f"{label} was called: this counter serves its line first.",
        ReasonKind.PROFILE_WEIGHT: (
            f"{label} was called: its line counts for more at this counter."
        ),
        ReasonKind.LONGEST_WAIT: f"{label} was called: longest wait, {waited} minutes.",
        ReasonKind.BY_NUMBER: f"{label} was called by its number by the clerk.",
    }[reason.kind]
    if not reason.passed:
        return first
    others = ", ".join(f"{p.label} ({_minutes(p.waited_s)} min)" for p in reason.passed)
    return f"{first} Waiting then: {others}."
