"""The calling rule of domain.md section 3, step by step, each with the reason that is stored."""

from datetime import timedelta

import pytest

from queue_server.domain import commands as c
from queue_server.domain.calling_rule import choose
from queue_server.domain.faults import NotEligible
from queue_server.domain.office import Counter, Policy, PriorityUse, ProfileEntry
from queue_server.domain.reason import ReasonKind
from queue_server.domain.ticket import PriorityClass, TicketState
from tests.fakes.office_days import DayPlay, counter, office

NORMAL, OLD = PriorityClass.NORMAL, PriorityClass.AGE_60


def test_nobody_waits() -> None:
    play = DayPlay()
    assert play.call() is None
    assert play.day.counters[1].state == "open", "the clerk is there nevertheless"


def test_longest_wait() -> None:
    play = DayPlay()
    play.issue("b")
    play.later(minutes=1).issue("a")
    assert play.why(2).kind is ReasonKind.LONGEST_WAIT
    assert play.served_order(2) == ["B001", "A001"]


def test_a_counter_calls_only_from_its_profile() -> None:
    play = DayPlay()
    play.issue("a")
    assert play.call(3) is None
    with pytest.raises(NotEligible):
        play.do(c.CallNumber(counter=3, label="A001"))


def test_two_priority_turns_then_a_normal_one() -> None:
    play = DayPlay()
    for _ in range(3):
        play.issue("a", NORMAL)
    for _ in range(5):
        play.issue("a", OLD)
    kinds = []
    labels = []
    while (label := play.call()) is not None:
        labels.append(label)
        called = play.events[-1]
        kinds.append(called.reason.kind)
        play.at_counter(c.Start)
    assert labels == ["A004", "A005", "A001", "A006", "A007", "A002", "A008", "A003"]
    turn, normal, wait = (
        ReasonKind.PRIORITY_TURN,
        ReasonKind.NORMAL_TURN,
        ReasonKind.LONGEST_WAIT,
    )
    assert kinds == [turn, turn, normal, turn, turn, normal, turn, wait]


def test_turns_belong_to_the_counter() -> None:
    play = DayPlay(office(counter(1, "a"), counter(2, "a")))
    play.issue("a", NORMAL)
    for _ in range(4):
        play.issue("a", OLD)
    assert [play.serve(1).label, play.serve(1).label] == ["A002", "A003"]
    assert play.serve(2).label == "A004", "counter 2 has its own turns"
    assert play.serve(1).label == "A001"


def test_fifo_ignores_the_class() -> None:
    play = DayPlay(office(policy=Policy.FIFO))
    play.issue("a", NORMAL)
    play.later(seconds=1).issue("a", OLD)
    assert play.served_order() == ["A001", "A002"]


def test_strict_serves_priority_until_the_guard_speaks() -> None:
    play = DayPlay(office(policy=Policy.STRICT))
    play.issue("a", NORMAL)
    for _ in range(3):
        play.issue("a", OLD)
    assert play.why().kind is ReasonKind.STRICT_PRIORITY
    assert play.served_order() == ["A002", "A003", "A004", "A001"]


def test_the_guard_comes_first_and_takes_the_oldest() -> None:
    play = DayPlay(office(policy=Policy.STRICT))
    play.issue("a", NORMAL)
    play.later(minutes=1).issue("a", NORMAL)
    play.later(minutes=29).issue("a", OLD)
    assert play.why().kind is ReasonKind.STRICT_PRIORITY, "30 minutes are not past the limit"
    reason = play.later(seconds=1).why()
    assert (reason.kind, reason.waited_s, reason.limit_s) == (
        ReasonKind.STARVATION_GUARD,
        1801.0,
        1800.0,
    )
    play.later(minutes=2)
    assert play.served_order() == ["A001", "A002", "A003"]


def test_each_class_may_have_its_own_limit() -> None:
    limits = {OLD: DayPlay().at - DayPlay().at}
    play = DayPlay(office(policy=Policy.FIFO, class_limits=limits))
    play.issue("a", NORMAL)
    play.later(minutes=1).issue("a", OLD)
    assert play.later(minutes=1).why().kind is ReasonKind.STARVATION_GUARD
    assert play.call() == "A002"


def profile(a: ProfileEntry, b: ProfileEntry) -> DayPlay:
    play = DayPlay(office(counter(1, a, b)))
    play.issue("a")
    play.later(minutes=4).issue("b")
    play.later(minutes=3)
    return play


def test_profile_order_before_wait() -> None:
    play = profile(ProfileEntry("a", order=1), ProfileEntry("b", order=0))
    assert play.why().kind is ReasonKind.PROFILE_ORDER
    assert [p.label for p in play.why().passed] == ["A001"]
    assert play.served_order() == ["B001", "A001"]


def test_profile_order_before_class() -> None:
    play = DayPlay(office(counter(1, ProfileEntry("a", order=1), ProfileEntry("b"))))
    play.issue("a", OLD)
    play.later(minutes=1).issue("b", NORMAL)
    assert play.served_order() == ["B001", "A001"]


def test_profile_weight_multiplies_the_wait() -> None:
    light = profile(ProfileEntry("a"), ProfileEntry("b", weight=2.0))
    assert light.why().kind is ReasonKind.LONGEST_WAIT
    assert light.call() == "A001", "7 minutes against 2 x 3"
    heavy = profile(ProfileEntry("a"), ProfileEntry("b", weight=3.0))
    assert heavy.why().kind is ReasonKind.PROFILE_WEIGHT
    assert heavy.call() == "B001", "7 minutes against 3 x 3"


def test_a_dedicated_counter_serves_priority_people_only() -> None:
    play = DayPlay(office(counter(1, "a", priority=PriorityUse.DEDICATED), counter(2, "a")))
    play.issue("a", NORMAL)
    assert play.later(minutes=40).call(1) is None
    assert play.day.waiting_for(1) == 0
    play.issue("a", OLD)
    assert play.day.waiting_for(1) == 1
    assert play.why(1).kind is ReasonKind.PRIORITY_COUNTER
    assert play.call(1) == "A002"
    assert play.call(2) == "A001"


def test_a_preferred_counter_serves_priority_people_before_others() -> None:
    preferred = counter(1, "a", priority=PriorityUse.PREFERRED)
    play = DayPlay(office(preferred, policy=Policy.FIFO))
    play.issue("a", NORMAL)
    for _ in range(3):
        play.issue("a", OLD)
    assert play.why().kind is ReasonKind.STRICT_PRIORITY
    assert play.served_order() == ["A002", "A003", "A004", "A001"]


def test_a_dedicated_counter_takes_a_normal_citizen_sent_to_it() -> None:
    play = DayPlay(office(counter(1, "a", priority=PriorityUse.DEDICATED)))
    sent = play.issue("a", NORMAL)
    play.do(c.TransferWaiting(ticket=sent.id, to_counter=1))
    assert play.why().kind is ReasonKind.SENT_TO_COUNTER
    assert play.call() == "A001"


def test_sent_people_come_after_the_guard_and_before_all_others() -> None:
    play = DayPlay()
    play.issue("a", OLD)
    sent = play.later(minutes=25).issue("c")
    play.do(c.TransferWaiting(ticket=sent.id, to_counter=1))
    assert play.later(minutes=5).why().kind is ReasonKind.SENT_TO_COUNTER
    assert play.later(seconds=1).why().kind is ReasonKind.STARVATION_GUARD
    assert play.served_order() == ["A001", "C001"]


def test_nobody_else_calls_whom_an_open_counter_was_sent() -> None:
    play = DayPlay()
    sent = play.issue("a")
    play.do(c.OpenCounter(counter=2))
    play.do(c.TransferWaiting(ticket=sent.id, to_counter=2))
    assert play.call(1) is None
    with pytest.raises(NotEligible):
        play.do(c.CallNumber(counter=1, label="A001"))
    play.do(c.PauseCounter(counter=2))
    assert play.call(1) is None, "a pause is short"
    play.do(c.CloseCounter(counter=2))
    assert play.call(1) == "A001"


def test_whoever_was_sent_to_a_closed_counter_is_not_hidden_behind_others() -> None:
    # Counter 1 serves a only: the b at the head of counter 2's own line is not for it.
    play = DayPlay()
    for service in ("b", "a"):
        sent = play.issue(service)
        play.do(c.TransferWaiting(ticket=sent.id, to_counter=2))
    assert play.day.waiting_for(1) == 1
    assert play.call(1) == "A001"
    assert play.call(3) == "B001"


def test_sent_people_of_a_closed_counter_keep_the_rank_of_their_service() -> None:
    ranked = counter(1, ProfileEntry("a"), ProfileEntry("b", order=1))
    play = DayPlay(office(ranked, counter(2, "b")))
    sent = play.issue("b")
    play.do(c.TransferWaiting(ticket=sent.id, to_counter=2))
    play.later(minutes=1).issue("a")
    assert play.served_order(1) == ["A001", "B001"]


def test_a_priority_citizen_sent_to_a_closed_counter_is_seen_by_the_priority_counter() -> None:
    dedicated = counter(1, "a", priority=PriorityUse.DEDICATED)
    play = DayPlay(office(dedicated, counter(2, "a")))
    for priority in (NORMAL, OLD):
        sent = play.issue("a", priority)
        play.do(c.TransferWaiting(ticket=sent.id, to_counter=2))
    assert play.call(1) == "A002"


def test_a_service_that_no_counter_lists_is_everybodys_after_their_own_work() -> None:
    play = DayPlay(office(counter(1, ProfileEntry("a", order=3))))
    play.issue("b")
    play.later(minutes=1).issue("a")
    assert play.served_order() == ["A001", "B001"]


def test_call_by_number() -> None:
    play = DayPlay()
    play.issue("a")
    wanted = play.issue("a")
    called = play.at_counter(c.CallNumber, label="A002")
    assert (called.id, called.state) == (wanted.id, TicketState.CALLED)
    reason = play.events[-1].reason
    assert reason.kind is ReasonKind.BY_NUMBER
    assert [p.label for p in reason.passed] == ["A001"]


@pytest.mark.parametrize("seats", [counter(1, "a"), counter(1, "a", "b", "c")])
def test_waiting_for_counts_whom_the_counter_may_call(seats: Counter) -> None:
    play = DayPlay(office(seats, counter(2, "b", "c")))
    for service in ("a", "a", "b", "c"):
        play.issue(service)
    assert play.day.waiting_for(1) == len(play.served_order(1))


def test_who_is_there_stands_before_an_appointment_to_come() -> None:
    """Only where the clock was set back: places are in the future, and people are here."""
    play = DayPlay()
    before = play.at
    play.issue("a", OLD, appointment_at=before + timedelta(minutes=20))
    play.later(minutes=30)
    play.issue("a", NORMAL)
    play.issue("a", OLD)
    assert play.call(2) == "A001", "by now it is due"
    play.at_counter(c.Undo, 2)
    chosen = choose(play.day, 1, before)
    assert chosen is not None
    assert chosen[0].label == "A003", "of the class whose turn it is"
