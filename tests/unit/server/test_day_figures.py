"""The figures that follow each ticket equal the figures counted anew over all tickets."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain import commands as c
from queue_server.domain.decide import carry_out
from queue_server.domain.faults import DomainFault
from queue_server.domain.office import ZONE, Counter, Office, ProfileEntry, Service
from queue_server.domain.office_day import OfficeDay
from queue_server.domain.ticket import Ticket, TicketState
from queue_server.domain.waiting_time import wait_s
from queue_server.use_cases.day_figures import DayFigures, Waits

OPENING = datetime(2026, 11, 23, 7, tzinfo=ZONE)
OFFICE = Office(
    "ward",
    "Phường",
    "Ward",
    {s: Service(s, s, s, s) for s in "AB"},
    {n: Counter(n, "", "", (ProfileEntry("A"), ProfileEntry("B"))) for n in (1, 2)},
)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["issue", "next", "start", "finish", "no-show", "undo", "return"]),
        st.sampled_from("AB"),
        st.sampled_from([1, 2]),
        st.integers(0, 400),
    ),
    max_size=60,
)


def command(kind: str, service: str, counter: int, serial: int) -> c.Command:
    at_counter: dict[str, type[c.AtCounter]] = {
        "next": c.CallNext,
        "start": c.Start,
        "finish": c.Finish,
        "no-show": c.NoShow,
        "undo": c.Undo,
        "return": c.Return,
    }
    if kind == "issue":
        return c.IssueTicket(ticket=f"t{serial}", follow_code=f"f{serial}", service=service)
    return at_counter[kind](counter=counter)


@given(STEPS)
def test_figures_equal_a_recount(steps: list[tuple[str, str, int, int]]) -> None:
    day = OfficeDay(OFFICE, OPENING.date())
    figures = DayFigures(OFFICE)
    seen: dict[str, Ticket] = {}
    at = OPENING
    for serial, (kind, service, counter, seconds) in enumerate(steps):
        at += timedelta(seconds=seconds)
        try:
            carry_out(day, command(kind, service, counter, serial), at)
        except DomainFault:
            continue
        for ticket in day.take_changes().tickets.values():
            figures.changed(seen.get(ticket.id), ticket)
            seen[ticket.id] = ticket
    waits = sorted(w for t in day.tickets.values() if (w := wait_s(OFFICE, t)) is not None)
    assert figures.all.sorted_s == waits
    assert figures.all.total_s == pytest.approx(sum(waits))
    for service in "AB":
        line = [t for t in day.tickets.values() if t.service == service]
        waiting = sum(t.state is TicketState.WAITING for t in line)
        assert figures.waiting[service] == waiting
    for state in TicketState:
        assert figures.states[state] == sum(t.state is state for t in day.tickets.values())


def test_quantiles_and_shares_by_hand() -> None:
    waits = Waits()
    assert (waits.mean_min(), waits.quantile_min(0.9), waits.share_over(15)) == (None, None, None)
    for minutes in (10, 15, 20, 31):
        waits.add(minutes * 60.0)
    assert waits.mean_min() == 19.0
    assert waits.quantile_min(0.5) == 15.0
    assert waits.quantile_min(0.9) == 31.0
    assert waits.longest_min() == 31.0
    assert waits.share_over(15) == 0.5
    assert waits.share_over(30) == 0.25
