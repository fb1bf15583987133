"""A virtual clerk: looks at the room, presses the keys of a real counter, reads its answers."""

from __future__ import annotations

import queue
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.domain.counter_sign import CounterFacts, Remark
from kiosk.domain.keypad_line import KeyStroke
from kiosk.use_cases.ports import CounterLink, Press, nobody_minds
from queue_server.demo.virtual_time import Pace
from queue_server.demo.waiting_room import WaitingRoom
from queue_server.demo.ward import Ward

# The default key map, firmware_configs/keypads/default.toml, as a clerk knows it by heart.
OPEN, PAUSE, CLOSE = KeyStroke("1", "A"), KeyStroke("0", "A"), KeyStroke("99", "A")
CALL_NEXT, RECALL, START = KeyStroke("", "A"), KeyStroke("", "B"), KeyStroke("", "C")
FINISH, NO_SHOW = KeyStroke("", "D"), KeyStroke("0", "D")

ANSWER_WITHIN_S = 6.0
"""The counter gives a press up after five seconds; real time."""
LOOK_AGAIN_AT_LEAST_S = 0.5


class VirtualKeypad:
    """The fingers on a keypad: the port of a serial one."""

    def __init__(self) -> None:
        self._on_key: Callable[[KeyStroke], None] = _nobody

    def start(
        self,
        on_key: Callable[[KeyStroke], None],
        on_link: Callable[[bool], None],
        on_stuck: Callable[[str], None] = nobody_minds,
    ) -> None:
        """It is plugged in, and its keys never stick."""
        del on_stuck
        self._on_key = on_key
        on_link(True)  # noqa: FBT003 - the callback of the port

    def press(self, stroke: KeyStroke) -> None:
        """Press digits and the end key."""
        self._on_key(stroke)

    def close(self) -> None:
        """It holds nothing open."""


class WatchedLink:
    """The counter's link, with somebody who sees what each press led to."""

    def __init__(self, link: CounterLink) -> None:
        self._link = link
        self._asked: str | None = None
        self._answers: queue.SimpleQueue[CounterFacts | None] = queue.SimpleQueue()

    def start(
        self, on_facts: Callable[[CounterFacts], None], on_link: Callable[[bool], None]
    ) -> None:
        """Connect as the link does."""

        def both(facts: CounterFacts) -> None:
            if self._asked is not None and facts.answers == self._asked:
                self._asked = None
                self._answers.put(facts)
            on_facts(facts)

        self._link.start(both, on_link)

    def send(self, press: Press) -> bool:
        """Send as the link does, and remember what was asked."""
        self._asked = press.id
        return self._link.send(press)

    def report(self, detail: str) -> None:
        """Report as the link does."""
        self._link.report(detail)

    def close(self) -> None:
        """Close as the link does."""
        self._link.close()

    def wake(self) -> None:
        """Let whoever waits for an answer go."""
        self._answers.put(None)

    def forget(self) -> None:
        """Drop answers that came too late for their press."""
        while not self._answers.empty():
            self._answers.get_nowait()

    def answer(self, timeout_s: float) -> CounterFacts | None:
        """What the last press led to; None when the server did not say in time."""
        try:
            return self._answers.get(timeout=timeout_s)
        except queue.Empty:
            return None


@dataclass(frozen=True, slots=True)
class Workplace:
    """What a clerk has in front of them, the services of this counter and their usual minutes."""

    keypad: VirtualKeypad
    link: WatchedLink
    services: Collection[str]
    usual_min: float


class VirtualClerk:
    """Works a day at one counter. One thread."""

    def __init__(self, place: Workplace, room: WaitingRoom, pace: Pace, ward: Ward) -> None:
        self._keypad = place.keypad
        self._link = place.link
        self._services = place.services
        self._usual_min = place.usual_min
        self._room = room
        self._pace = pace
        self._ward = ward

    def work(self, sessions: Sequence[tuple[datetime, datetime]]) -> None:
        """Serve through the opening sessions of one day.

        Raises:
            Stopped: the demo ends.
        """
        for place, (start, end) in enumerate(sessions, 1):
            self._pace.until(start)
            self._press(OPEN)
            self._serve_session(end)
            self._press(CLOSE if place == len(sessions) else PAUSE)

    def _serve_session(self, end: datetime) -> None:
        latest = end + timedelta(minutes=self._ward.clerks.overtime_min)
        while (now := self._pace.clock.now()) < latest:
            if now >= end and not self._room.waiting_for(self._services):
                return
            number = self._call_next()
            if number is not None:
                self._attend(number)
            else:
                self._rest()

    def _call_next(self) -> str | None:
        """The number that is called now; None when nobody came of it."""
        facts = self._press(CALL_NEXT)
        if facts is None or facts.remark not in {None, Remark.NOT_ALLOWED}:
            return None
        # Not allowed, with a number: an earlier press did call, its answer was lost.
        return facts.number

    def _press(self, stroke: KeyStroke) -> CounterFacts | None:
        """Press and wait for what it leads to, as any clerk does."""
        self._link.forget()
        self._keypad.press(stroke)
        facts = self._link.answer(ANSWER_WITHIN_S)
        self._pace.check()
        return facts

    def _rest(self) -> None:
        """Until somebody sits down, or it is time to look again."""
        look_again_s = self._ward.clerks.look_again_min * 60 / self._pace.speed
        self._room.await_newcomer(max(look_again_s, LOOK_AGAIN_AT_LEAST_S))
        self._pace.check()

    def _attend(self, number: str) -> None:
        citizen = self._room.stand_up(number)
        if citizen is None and not self._room.has_left(number):
            self._serve(self._usual_min)  # somebody real took this number
        elif citizen is not None and citizen.visit.comes_when_called:
            self._serve(citizen.visit.service_min)
        else:
            self._wait_in_vain()

    def _serve(self, service_min: float) -> None:
        self._pace.minutes(self._ward.people.walk_min)
        self._press(START)
        self._pace.minutes(service_min)
        self._press(FINISH)

    def _wait_in_vain(self) -> None:
        self._pace.minutes(self._ward.clerks.absent_wait_min)
        self._press(RECALL)
        self._pace.minutes(self._ward.clerks.absent_wait_min)
        self._press(NO_SHOW)


def _nobody(_stroke: KeyStroke) -> None:
    """Nothing hears the keys before `start`."""
