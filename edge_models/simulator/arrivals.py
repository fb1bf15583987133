"""Who comes on a simulated day: by half hour, by appointment, and before the doors open."""

from __future__ import annotations

import math
from random import Random

from edge_models.simulator.office import Office
from edge_models.simulator.ticket import Ticket, draw_ticket

MONDAY = 0
TICKET_S = 5.0


def draw_arrivals(office: Office, weekday: int, rng: Random) -> list[Ticket]:
    """The tickets of a day in the order they are issued."""
    mean = office.visits * (office.monday if weekday == MONDAY else 1.0)
    mean *= rng.lognormvariate(-(office.daily_cv**2) / 2, office.daily_cv)
    # A Poisson number, near enough: people come independently of each other.
    number = max(0, round(rng.gauss(mean, math.sqrt(mean))))
    times = sorted(at for at in (_time(office, rng) for _ in range(number)) if at is not None)
    shares = [line.share for line in office.lines]
    lines = rng.choices(range(len(office.lines)), shares, k=len(times))
    opening, tickets, last = office.sessions[0][0], [], -math.inf
    for place, (at, line) in enumerate(zip(times, lines, strict=True)):
        # Before opening people stand at the machine; it gives their tickets one after the other.
        issued = max(at, opening)
        issued = max(issued, last + TICKET_S / 60) if at < opening else issued
        last = issued
        tickets.append(draw_ticket(office, rng, place, line, issued))
    tickets.sort(key=lambda ticket: ticket.arrived)
    for place, ticket in enumerate(tickets):
        ticket.number = place
    return tickets


def _time(office: Office, rng: Random) -> float | None:
    """When somebody comes; None for an appointment that nobody keeps."""
    if rng.random() < office.appointments:
        if rng.random() < office.appointment_no_show:
            return None
        start, end = rng.choice(office.sessions)
        return start + 15 * math.floor(rng.uniform(0, (end - start) / 15))
    if rng.random() < office.before_opening:
        return office.sessions[0][0] - rng.uniform(0, 60)
    slots, weights = list(office.half_hours), list(office.half_hours.values())
    return rng.choices(slots, weights)[0] + rng.uniform(0, 30)
