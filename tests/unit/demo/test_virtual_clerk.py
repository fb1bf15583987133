"""A virtual clerk at a counter whose server is scripted: what is pressed for whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from kiosk.domain.counter_sign import CounterFacts, Remark
from kiosk.domain.keypad_line import KeyStroke
from kiosk.domain.priority import Priority
from kiosk.use_cases.ports import Press
from queue_server.demo.virtual_citizens import moment
from queue_server.demo.virtual_clerk import VirtualClerk, VirtualKeypad, WatchedLink, Workplace
from queue_server.demo.virtual_day import Visit
from queue_server.demo.virtual_time import Pace, SkippingClock, Stopped
from queue_server.demo.waiting_room import Seated, WaitingRoom
from queue_server.demo.ward import read_ward

DAY = date(2026, 11, 23)
SPEED = 36_000.0
"""A virtual minute takes 1.7 ms."""


class ScriptedLink:
    """Answers each call with the next number of a list, in the thread that presses."""

    def __init__(self, numbers: list[str], notice: Remark | None = None) -> None:
        self.numbers = numbers
        self.notice = notice
        self.pressed: list[str] = []
        self._on_facts: Callable[[CounterFacts], None] | None = None

    def start(
        self, on_facts: Callable[[CounterFacts], None], on_link: Callable[[bool], None]
    ) -> None:
        self._on_facts = on_facts
        on_link(True)  # noqa: FBT003 - the callback of the port

    def send(self, press: Press) -> bool:
        assert self._on_facts is not None
        keys = press.stroke.digits + press.stroke.end
        self.pressed.append(keys)
        number, remark = None, None
        if keys == "A":
            number = self.numbers.pop(0) if self.numbers else None
            remark = self.notice if number else Remark.NOBODY_WAITING
        self._on_facts(CounterFacts("open", number, remark, press.id))
        return True

    def report(self, detail: str) -> None:
        del detail

    def close(self) -> None:
        pass


class Desk:
    """A clerk with a room, before the office opens."""

    def __init__(self, link: ScriptedLink) -> None:
        self.link = link
        self.room = WaitingRoom()
        self.pace = Pace(SkippingClock(moment(DAY, 419), SPEED), SPEED)
        watched = WatchedLink(link)
        keypad = VirtualKeypad()
        watched.start(lambda _facts: None, lambda _up: None)
        presses = iter(range(10_000))
        keypad.start(
            lambda stroke: _send(watched, next(presses), stroke),
            lambda _up: None,
        )
        self.pace.on_stop(self.room.wake)
        self.pace.on_stop(watched.wake)
        self.clerk = VirtualClerk(
            Workplace(keypad, watched, {"CT"}, 8), self.room, self.pace, read_ward()
        )

    def seat(self, number: str, *, comes: bool = True, patience_min: float = 100) -> None:
        visit = Visit(415, "CT", Priority.NORMAL, 5, patience_min, comes, 0.0, 0)
        self.room.sit_down(Seated(visit, number, number, moment(DAY, 415)))

    def work_until(self, minute: float) -> list[str]:
        self.clerk.work([(moment(DAY, 420), moment(DAY, minute))])
        return [keys for keys in self.link.pressed if keys != "A"]


def _send(link: WatchedLink, seq: int, stroke: KeyStroke) -> None:
    link.send(Press("boot", seq, stroke, 0))


@pytest.fixture
def desk() -> Desk:
    return Desk(ScriptedLink(["B001"]))


def test_who_comes_is_served(desk: Desk) -> None:
    desk.seat("B001")
    assert desk.work_until(430) == ["1A", "C", "D", "99A"]
    assert desk.room.waiting_for({"CT"}) == 0


def test_who_does_not_come_is_called_again_and_noted(desk: Desk) -> None:
    desk.seat("B001", comes=False)
    assert desk.work_until(430) == ["1A", "B", "0D", "99A"]


def test_who_has_left_is_waited_for_in_vain(desk: Desk) -> None:
    desk.seat("B001", patience_min=1)
    gone = desk.room.walk_out(moment(DAY, 417))
    assert gone is not None
    assert gone.number == "B001"
    assert desk.work_until(430) == ["1A", "B", "0D", "99A"]


def test_a_number_of_somebody_real_is_served(desk: Desk) -> None:
    """The one who watches the demo took it at the window: nobody of ours holds it."""
    assert desk.work_until(420 + 15 * 60) == ["1A", "C", "D", "99A"]


def test_a_call_whose_answer_was_lost_is_attended() -> None:
    desk = Desk(ScriptedLink(["B001"], Remark.NOT_ALLOWED))
    desk.seat("B001")
    assert desk.work_until(430) == ["1A", "C", "D", "99A"]


def test_who_waits_at_closing_is_served_and_a_lunch_is_a_pause(desk: Desk) -> None:
    desk.seat("B001")
    morning = (moment(DAY, 420), moment(DAY, 420.001))
    afternoon = (moment(DAY, 540), moment(DAY, 541))
    desk.clerk.work([morning, afternoon])
    keys = [keys for keys in desk.link.pressed if keys != "A"]
    assert keys == ["1A", "C", "D", "0A", "1A", "99A"]


def test_a_stop_ends_the_work(desk: Desk) -> None:
    desk.pace.stop()
    with pytest.raises(Stopped):
        desk.work_until(430)
    with pytest.raises(Stopped):
        desk.pace.minutes(1)


def test_the_clock_skips_forward_only() -> None:
    clock = SkippingClock(moment(DAY, 0), 1.0)
    clock.skip_to(moment(DAY, 600))
    clock.skip_to(moment(DAY, 60))
    assert timedelta() <= clock.now() - moment(DAY, 600) < timedelta(minutes=1)
    assert clock.take_jump() == 0.0
