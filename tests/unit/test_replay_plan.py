"""The plan of a replay: steps in order, a counter for each call, hard moments at one instant."""

from __future__ import annotations

import tomllib
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.adapters.ticket_log import LoggedDay, LoggedTicket
from queue_server.config.office_file import OfficeFile
from queue_server.contracts.config_file import ConfigError
from queue_server.demo.replay.office import office_toml, service_ids
from queue_server.demo.replay.plan import Act, Plan, Seat, make_plan
from queue_server.domain.office import ZONE

DAY = date(2026, 3, 2)


def at(minutes: float | None) -> datetime | None:
    midnight = datetime.combine(DAY, time(), ZONE)
    return midnight + timedelta(minutes=minutes) if minutes is not None else None


def ticket(  # noqa: PLR0913 - one parameter for each column
    line: int,
    arrived: float,
    called: float | None = None,
    started: float | None = None,
    finished: float | None = None,
    *,
    service: str = "CT",
    counter: str = "",
    outcome: str = "",
) -> LoggedTicket:
    first = at(arrived)
    assert first is not None
    times = (at(called), at(started), at(finished))
    return LoggedTicket(line, service, str(line), first, *times, counter, "", outcome)


def plan_of(*tickets: LoggedTicket, seats: list[Seat] | None = None) -> Plan:
    return make_plan(LoggedDay("W", DAY, list(tickets)), seats)


def told(plan: Plan) -> list[tuple[Act, int, int]]:
    return [(step.act, step.ticket.line, step.counter) for step in plan.steps]


def test_one_counter_is_enough_where_no_end_is_known() -> None:
    plan = plan_of(ticket(2, 10, 20), ticket(3, 11, 20), ticket(4, 12))
    assert told(plan) == [
        (Act.ISSUE, 2, 0),
        (Act.ISSUE, 3, 0),
        (Act.ISSUE, 4, 0),
        (Act.CALL, 2, 1),
        (Act.START, 2, 1),
        (Act.CALL, 3, 1),
        (Act.START, 3, 1),
        (Act.FINISH, 3, 1),
    ]


def test_servings_at_one_time_need_counters() -> None:
    plan = plan_of(ticket(2, 0, 1, 1, 9), ticket(3, 0, 2, 2, 9), ticket(4, 0, 9, 9, 9))
    calls = {line: counter for act, line, counter in told(plan) if act is Act.CALL}
    assert calls == {2: 1, 3: 2, 4: 1}
    # What ends at 9 ends before the call at 9, and what takes no time keeps its order.
    assert told(plan)[-5:] == [
        (Act.FINISH, 2, 1),
        (Act.FINISH, 3, 2),
        (Act.CALL, 4, 1),
        (Act.START, 4, 1),
        (Act.FINISH, 4, 1),
    ]


def test_named_counters_keep_their_names() -> None:
    busy = ticket(3, 0, 2, 2, 8, counter="Lan")
    plan = plan_of(ticket(2, 0, 1, 1, 5, counter="Lan"), busy, ticket(4, 0, 6, 6, 7, counter="Lan"))
    assert [(seat.number, seat.name) for seat in plan.seats] == [(1, "Lan"), (2, "")]
    assert [counter for act, _, counter in told(plan) if act is Act.CALL] == [1, 2, 1]


def test_a_full_office_ends_the_earliest_serving() -> None:
    seats = [Seat(7, "Quầy 7", ["CT"])]
    plan = plan_of(ticket(2, 0, 1, 1, 9), ticket(3, 0, 5, 5, 8), seats=seats)
    assert plan.hurried == 1
    assert (Act.FINISH, 2, 7) not in told(plan)
    assert told(plan)[-1] == (Act.FINISH, 3, 7)


def test_who_leaves_and_who_does_not_come() -> None:
    left = ticket(2, 0, None, None, 5, outcome="abandoned")
    plan = plan_of(left, ticket(3, 0, 6, None, 8, outcome="no_show"))
    assert told(plan)[2:] == [(Act.LEAVE, 2, 0), (Act.CALL, 3, 1), (Act.NO_SHOW, 3, 1)]


def test_names_that_no_configuration_allows() -> None:
    day = LoggedDay("Ủy ban #1", DAY, [ticket(2, 0, 1, service=s) for s in ("a b", "a/b", "!")])
    ids = service_ids(day)
    assert sorted(ids.values()) == ["a-b", "a-b-1", "service"]
    plan = make_plan(day)
    office = OfficeFile.model_validate(tomllib.loads(office_toml(day, plan, ids)))
    assert [s.letter for s in office.services] == ["A", "B", "C"]


def test_more_services_than_letters() -> None:
    day = LoggedDay("W", DAY, [ticket(n, 0, 1, service=str(n)) for n in range(27)])
    with pytest.raises(ConfigError, match="27 services"):
        office_toml(day, make_plan(day), service_ids(day))


MINUTE = st.integers(0, 30)


@st.composite
def days(draw: st.DrawFn) -> list[LoggedTicket]:
    tickets = []
    for line in range(2, 2 + draw(st.integers(1, 12))):
        times = sorted(draw(st.tuples(MINUTE, MINUTE, MINUTE, MINUTE)))
        known = draw(st.integers(1, 4))
        arrived, called, started, finished = [t if n < known else None for n, t in enumerate(times)]
        assert arrived is not None
        names = {
            "service": draw(st.sampled_from("XY")),
            "counter": draw(st.sampled_from(["", "1", "2"])),
            "outcome": draw(st.sampled_from(["", "no_show", "abandoned"])),
        }
        tickets.append(ticket(line, arrived, called, started, finished, **names))
    return tickets


@given(days())
def test_no_counter_has_two_citizens(tickets: list[LoggedTicket]) -> None:
    """Every call finds its counter free of anybody who was called and not yet started."""
    plan = plan_of(*tickets)
    at_counter: dict[int, tuple[int, bool]] = {}
    issued: set[int] = set()
    assert [s.at for s in plan.steps] == sorted(s.at for s in plan.steps)
    for step in plan.steps:
        line = step.ticket.line
        if step.act is Act.ISSUE:
            issued.add(line)
            continue
        assert line in issued
        if step.act is Act.CALL:
            assert at_counter.get(step.counter, (0, True))[1], "somebody was called here before"
            at_counter[step.counter] = (line, False)
        elif step.act is Act.START:
            assert at_counter[step.counter] == (line, False)
            at_counter[step.counter] = (line, True)
        elif step.act is not Act.LEAVE:
            assert at_counter.pop(step.counter)[0] == line
