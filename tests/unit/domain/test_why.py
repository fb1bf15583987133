"""Why a ticket was called, in both languages."""

import pytest

from queue_server.domain.reason import CallReason, Passed, ReasonKind, explain_en, explain_vi

WORDS = {
    ReasonKind.STARVATION_GUARD: ("đã chờ hơn 31 phút, quá giới hạn 30 phút", "limit of 30"),
    ReasonKind.PRIORITY_TURN: ("lượt ưu tiên 1/2", "priority turn 1 of 2"),
    ReasonKind.NORMAL_TURN: ("sau 2 lượt ưu tiên", "follows 2 priority turns"),
    ReasonKind.STRICT_PRIORITY: ("thuộc diện ưu tiên", "priority class"),
    ReasonKind.SENT_TO_COUNTER: ("chuyển đến đúng quầy này", "sent to this counter"),
    ReasonKind.PRIORITY_COUNTER: ("chỉ phục vụ diện ưu tiên", "priority people only"),
    ReasonKind.PROFILE_ORDER: ("hàng chờ đó trước", "serves its line first"),
    ReasonKind.PROFILE_WEIGHT: ("hàng chờ đó hơn", "counts for more"),
    ReasonKind.LONGEST_WAIT: ("chờ lâu nhất: 32 phút", "longest wait, 32 minutes"),
    ReasonKind.BY_NUMBER: ("gọi đích danh", "by its number"),
}


def reason(kind: ReasonKind, *passed: Passed) -> CallReason:
    return CallReason(kind, waited_s=1910.0, limit_s=1800.0, turn=1, turns=2, passed=passed)


@pytest.mark.parametrize("kind", ReasonKind)
def test_each_step_has_its_words(kind: ReasonKind) -> None:
    vi, en = explain_vi("B003", reason(kind)), explain_en("B003", reason(kind))
    assert vi.startswith("B003 ")
    assert en.startswith("B003 ")
    said_vi, said_en = WORDS[kind]
    assert said_vi in vi
    assert said_en in en


def test_it_names_who_was_passed_over() -> None:
    passed = (Passed("A012", 600.0), Passed("A013", 540.0))
    vi = explain_vi("B003", reason(ReasonKind.PRIORITY_TURN, *passed))
    en = explain_en("B003", reason(ReasonKind.PRIORITY_TURN, *passed))
    assert vi.endswith("Khi đó còn chờ: A012 (đã chờ 10 phút), A013 (đã chờ 9 phút).")
    assert en.endswith("Waiting then: A012 (10 min), A013 (9 min).")
