"""One day of a simulated office: draw who comes and who rests, then let the floor play it."""

from __future__ import annotations

from random import Random

from edge_models.simulator.arrivals import draw_arrivals
from edge_models.simulator.floor import Floor, Roster
from edge_models.simulator.office import Office
from edge_models.simulator.ticket import Ticket


def simulate_day(office: Office, weekday: int, rng: Random) -> list[Ticket]:
    """Tickets in the order they were issued; Monday is weekday 0."""
    tickets = draw_arrivals(office, weekday, rng)
    rosters = [
        Roster((served,), shifts(office), office.turns, breaks=_breaks(office, rng))
        for served in office.counters
    ]
    Floor(len(office.lines), rosters, office.break_min, office.guard).play(tickets)
    return tickets


def shifts(office: Office) -> list[tuple[float, float]]:
    """When counters call: the sessions, and after them while people still wait."""
    *earlier, (start, end) = office.sessions
    late = [(begin, until + office.late_lunch) for begin, until in earlier]
    return [*late, (start, end + office.overtime)]


def _breaks(office: Office, rng: Random) -> list[float]:
    pauses = (s for s in office.sessions if rng.random() < office.break_share)
    return [rng.uniform(start, end) for start, end in pauses]
