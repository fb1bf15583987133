"""One simulated citizen: when they come, how long they take, how long they would wait."""

from __future__ import annotations

import math
from dataclasses import dataclass
from random import Random

from edge_models.simulator.office import Line, Office


@dataclass(slots=True)
class Ticket:
    """What the ticket log says about one ticket, as far as it came; times are minutes of the day.

    `number` orders the tickets by arrival: the smaller one stands before the other.
    """

    number: int
    line: int
    arrived: float
    priority: int
    minutes: float
    shows_up: bool
    patience: float
    called: float = math.nan
    finished: float = math.nan
    counter: int = -1
    outcome: str = ""


def draw_ticket(office: Office, rng: Random, number: int, line: int, at: float) -> Ticket:
    """A citizen of this line who comes at `at`."""
    minutes = draw_minutes(office, rng, office.lines[line])
    if rng.random() < office.bulk:
        minutes *= rng.uniform(*office.bulk_times)
    patience = rng.uniform(*office.patience) if rng.random() < office.impatient else math.inf
    priority = int(rng.random() < office.priority)
    shows_up = rng.random() >= office.no_show
    return Ticket(number, line, at, priority, minutes, shows_up, patience)


def draw_minutes(office: Office, rng: Random, line: Line) -> float:
    """A service time of this line."""
    if office.exponential:
        return rng.expovariate(1 / line.minutes)
    spread = math.sqrt(math.log(1 + line.cv**2))
    return line.minutes * rng.lognormvariate(-(spread**2) / 2, spread)
