"""One suite for every clock: aware, in Vietnam's time, never backwards while nothing jumps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from queue_server.adapters.clock import ScaledClock, SetClock, SteadyClock, uptime
from queue_server.use_cases.ports import Clock
from tests.fakes.busy_office import MORNING


class Machine:
    """A wall clock that anybody can set, and an uptime that nobody can."""

    def __init__(self) -> None:
        self.up_s = 1_000.0
        self.wall_s = MORNING.timestamp()

    def pass_s(self, seconds: float) -> None:
        self.up_s += seconds
        self.wall_s += seconds

    def steady(self) -> SteadyClock:
        return SteadyClock(wall=lambda: self.wall_s, steady=lambda: self.up_s)


CLOCKS: dict[str, Callable[[Machine], Clock]] = {
    "steady": Machine.steady,
    "scaled": lambda machine: ScaledClock(MORNING, 60, steady=lambda: machine.up_s),
    "set": lambda _: SetClock(MORNING),
}


@pytest.mark.parametrize("make", CLOCKS.values(), ids=CLOCKS)
def test_every_clock_is_aware_and_goes_forward(make: Callable[[Machine], Clock]) -> None:
    machine = Machine()
    clock = make(machine)
    assert clock.now() == MORNING
    assert clock.now().utcoffset() == timedelta(hours=7)
    seen = [clock.now()]
    for _ in range(20):
        machine.pass_s(7)
        seen.append(clock.now())
    assert seen == sorted(seen)
    assert clock.take_jump() == 0.0


def test_the_steady_clock_runs_with_the_world() -> None:
    machine = Machine()
    clock = machine.steady()
    machine.pass_s(3600)
    assert clock.now() == MORNING + timedelta(hours=1)


def test_the_real_sources_agree_with_the_world() -> None:
    first = uptime()
    clock = SteadyClock()
    assert clock.now() <= clock.now()
    assert uptime() >= first


def test_a_small_correction_is_taken_over_without_going_back() -> None:
    machine = Machine()
    clock = machine.steady()
    machine.pass_s(60)
    before = clock.now()
    machine.wall_s -= 1.5
    assert clock.now() == before
    machine.pass_s(10)
    assert clock.now() == before + timedelta(seconds=8.5)
    machine.wall_s += 1.9
    assert clock.now() == before + timedelta(seconds=10.4)
    assert clock.take_jump() == 0.0


@pytest.mark.parametrize("by_s", [3600.0, -3600.0])
def test_a_jump_must_stand_five_minutes(by_s: float) -> None:
    machine = Machine()
    clock = machine.steady()
    machine.wall_s += by_s
    assert clock.now() == MORNING
    machine.pass_s(299)
    assert clock.now() == MORNING + timedelta(seconds=299)
    assert clock.take_jump() == 0.0
    machine.pass_s(2)
    assert clock.now() == MORNING + timedelta(seconds=301 + by_s)
    assert clock.take_jump() == pytest.approx(by_s)
    assert clock.take_jump() == 0.0


def test_a_jump_that_is_taken_back_never_was() -> None:
    machine = Machine()
    clock = machine.steady()
    machine.wall_s += 86_400
    clock.now()
    machine.pass_s(200)
    machine.wall_s -= 86_400
    clock.now()
    machine.wall_s += 86_400
    machine.pass_s(200)
    assert clock.now() == MORNING + timedelta(seconds=400)
    assert clock.take_jump() == 0.0


def test_another_jump_begins_to_count_anew() -> None:
    machine = Machine()
    clock = machine.steady()
    machine.wall_s += 3600
    clock.now()
    machine.pass_s(200)
    machine.wall_s += 3600
    clock.now()
    machine.pass_s(200)
    assert clock.now() == MORNING + timedelta(seconds=400)
    machine.pass_s(101)
    assert clock.now() == MORNING + timedelta(seconds=501, hours=2)
    assert clock.take_jump() == pytest.approx(7200)


def test_the_scaled_clock_is_so_many_times_faster() -> None:
    machine = Machine()
    clock = ScaledClock(MORNING, 60, steady=lambda: machine.up_s)
    machine.pass_s(10)
    assert clock.now() == MORNING + timedelta(minutes=10)


def test_the_set_clock_is_only_set_forward() -> None:
    clock = SetClock(MORNING)
    clock.advance_to(MORNING + timedelta(hours=1))
    clock.advance_to(MORNING)
    assert clock.now() == MORNING + timedelta(hours=1)
