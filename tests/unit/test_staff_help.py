"""Asking a colleague over: once, with the first time, told only when it changes."""

from __future__ import annotations

from datetime import timedelta

from queue_server.adapters.clock import SetClock
from queue_server.use_cases.staff_help import StaffHelp
from tests.fakes.office_days import EIGHT


def test_asking_again_keeps_the_first_time_and_tells_nobody_twice() -> None:
    clock = SetClock(EIGHT)
    staff_help = StaffHelp(clock.now)
    told: list[dict[int, object]] = []
    staff_help.listen(lambda: told.append(dict(staff_help.asked())))
    staff_help.ask(3)
    clock.advance_to(EIGHT + timedelta(minutes=5))
    staff_help.ask(3)
    staff_help.ask(4)
    staff_help.settle(3)
    staff_help.settle(3)
    later = EIGHT + timedelta(minutes=5)
    assert told == [{3: EIGHT}, {3: EIGHT, 4: later}, {4: later}]
