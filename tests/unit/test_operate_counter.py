"""Operating a counter: order, one press on the way, five seconds, and what the sign says."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from kiosk.domain.counter_sign import CounterFacts, Remark, fit
from kiosk.domain.keypad_line import KeyStroke
from kiosk.use_cases.operate_counter import (
    FEEDBACK_S,
    KEEP_S,
    MOST_WAITING,
    REMARK_S,
    OperateCounter,
)
from kiosk.use_cases.ports import Press

A = KeyStroke("", "A")


class Desk:
    """A counter whose link and sign are lists."""

    def __init__(self) -> None:
        self.sent: list[Press] = []
        self.shown: list[str] = []
        self.linked = False
        self.counter = OperateCounter("b", self._send, self.shown.append)

    def _send(self, press: Press) -> bool:
        if self.linked:
            self.sent.append(press)
        return self.linked

    def link(self, *, up: bool, now: float) -> None:
        self.linked = up
        self.counter.link(up=up, now=now)

    def answer(self, now: float, number: str | None = None, remark: Remark | None = None) -> None:
        facts = CounterFacts("open", number, remark, answers=self.sent[-1].id)
        self.counter.facts(facts, now)


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    desk.link(up=True, now=0)
    desk.counter.facts(CounterFacts("open", None), 0)
    return desk


def test_a_press_is_sent_at_once_and_its_number_shown(desk: Desk) -> None:
    desk.counter.key(A, 1)
    desk.answer(1.01, "A012")
    assert desk.sent == [Press("b", 1, A, 0)]
    assert desk.shown == ["E4", "----", "A012"]
    assert desk.counter.due_at() == math.inf


def test_the_second_press_waits_for_the_answer_to_the_first(desk: Desk) -> None:
    desk.counter.key(A, 1)
    desk.counter.key(KeyStroke("", "C"), 1.2)
    assert [press.seq for press in desk.sent] == [1]
    desk.answer(1.5)
    assert desk.sent[1:] == [Press("b", 2, KeyStroke("", "C"), 300)]


@pytest.mark.parametrize(
    ("remark", "text"),
    [
        (Remark.NOBODY_WAITING, "-0-"),
        (Remark.NOT_ALLOWED, "E1"),
        (Remark.TOO_LATE, "E2"),
        (Remark.STORE_UNAVAILABLE, "E3"),
    ],
)
def test_a_remark_is_shown_for_a_moment(desk: Desk, remark: Remark, text: str) -> None:
    desk.counter.key(A, 1)
    desk.answer(1, "A012", remark)
    assert desk.shown[-1] == text
    desk.counter.tick(desk.counter.due_at() - 0.001)
    assert desk.shown[-1] == text
    desk.counter.tick(1 + REMARK_S)
    assert desk.shown[-1] == "A012"


def test_an_old_remark_heard_again_after_reconnecting_is_not_shown(desk: Desk) -> None:
    desk.counter.facts(CounterFacts("open", "A012", Remark.NOBODY_WAITING, answers="b-9"), 1)
    assert desk.shown[-1] == "A012"


def test_a_press_without_link_is_sent_late_with_its_age(desk: Desk) -> None:
    desk.link(up=False, now=1)
    desk.counter.key(A, 2)
    desk.link(up=True, now=6.5)
    assert desk.sent == [Press("b", 1, A, 4500)]


def test_a_press_lost_with_the_link_is_sent_again_under_the_same_id(desk: Desk) -> None:
    desk.counter.key(A, 1)
    desk.link(up=False, now=2)
    desk.link(up=True, now=3)
    assert desk.sent == [Press("b", 1, A, 0), Press("b", 1, A, 2000)]


def test_a_press_that_grew_old_is_refused_where_it_is_seen_and_never_sent(desk: Desk) -> None:
    desk.link(up=False, now=1)
    desk.counter.key(A, 2)
    assert desk.counter.due_at() == 2 + FEEDBACK_S
    desk.counter.tick(2 + FEEDBACK_S)
    assert desk.shown[-1] == "-  -"
    assert desk.counter.due_at() == 2 + KEEP_S
    desk.counter.tick(2 + KEEP_S)
    assert desk.shown[-1] == "E4"
    desk.link(up=True, now=8)
    assert desk.sent == []


@pytest.mark.parametrize("linked", [True, False])
def test_a_press_without_an_answer_is_seen_before_a_tenth_of_a_second(
    desk: Desk, *, linked: bool
) -> None:
    desk.counter.facts(CounterFacts("open", "A012"), 1)
    desk.link(up=linked, now=1)
    desk.counter.key(A, 2)
    assert desk.shown[-1] == "A012"
    assert desk.counter.due_at() == 2 + FEEDBACK_S < 2.1
    desk.counter.tick(2 + FEEDBACK_S)
    assert desk.shown[-1] == "-  -"
    desk.link(up=True, now=3)
    desk.answer(4, "A013")
    assert desk.shown[-1] == "A013"
    assert desk.counter.due_at() == math.inf


def test_a_called_number_stays_while_the_link_is_away(desk: Desk) -> None:
    desk.counter.facts(CounterFacts("open", "A012"), 1)
    desk.link(up=False, now=2)
    assert desk.shown[-1] == "A012"
    desk.counter.key(A, 3)
    desk.counter.tick(8)
    assert desk.shown[-1] == "E4"
    desk.counter.tick(10)
    assert desk.shown[-1] == "A012"


def test_states_without_a_number(desk: Desk) -> None:
    desk.counter.facts(CounterFacts("paused", None), 1)
    assert desk.shown[-1] == "----"
    desk.counter.facts(CounterFacts("closed", None), 2)
    assert desk.shown[-1] == ""


def test_too_many_presses_are_refused_at_once(desk: Desk) -> None:
    for _ in range(MOST_WAITING):
        desk.counter.key(A, 1)
    assert "E4" not in desk.shown[1:]
    desk.counter.key(A, 1)
    assert desk.shown[-1] == "E4"


def test_fit_sets_right_and_keeps_the_end() -> None:
    assert fit("-0-", 4) == " -0-"
    assert fit("A1012", 4) == "1012"
    assert fit("", 4) == "    "


class AnyDay(RuleBasedStateMachine):
    """Presses, lost messages, lost answers, a link that comes and goes, time that passes."""

    def __init__(self) -> None:
        super().__init__()
        self.desk = Desk()
        self.now = 0.0
        self.pressed = 0
        self.done: list[int] = []  # what a deduplicating server carried out
        self.open_answer: str | None = None
        self.last_press = -math.inf

    @rule()
    def press(self) -> None:
        self.pressed += 1
        self.last_press = self.now
        self.desk.counter.key(A, self.now)

    @rule(up=st.booleans())
    def link(self, *, up: bool) -> None:
        self.desk.link(up=up, now=self.now)

    @rule()
    def server_works(self) -> None:
        if self.desk.linked and self.desk.sent:
            last = self.desk.sent[-1]
            if last.seq not in self.done:
                self.done.append(last.seq)
            self.open_answer = last.id

    @rule()
    def answer_arrives(self) -> None:
        if self.desk.linked and self.open_answer:
            self.desk.counter.facts(
                CounterFacts("open", "A001", answers=self.open_answer), self.now
            )

    @rule(seconds=st.sampled_from([0.1, 1, 4.9, 5, 30]))
    def time_passes(self, seconds: float) -> None:
        end = self.now + seconds
        while (due := self.desk.counter.due_at()) <= end:
            self.now = max(self.now, due)
            self.desk.counter.tick(self.now)
        self.now = end
        self.desk.counter.tick(end)

    @invariant()
    def order_holds_and_nothing_is_done_twice(self) -> None:
        assert all(a.seq <= b.seq for a, b in pairwise(self.desk.sent))
        assert self.done == sorted(set(self.done))

    @invariant()
    def nothing_old_is_sent(self) -> None:
        assert all(press.age_ms <= KEEP_S * 1000 for press in self.desk.sent)

    @invariant()
    def everything_ends(self) -> None:
        if self.now >= self.last_press + KEEP_S + REMARK_S:
            assert self.desk.counter.due_at() == math.inf
            assert len(self.desk.counter._line) == 0


TestAnyDay = AnyDay.TestCase
