"""What the city shows of its offices: nothing that their own public displays do not show."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from queue_server.contracts.views import BoardTargets, View, Words


class LineNow(View):
    """One service of an office; minutes for who joins now, None where no counter serves it."""

    service: str
    name: Words
    waiting: int
    counters_open: int
    p50_min: float | None
    p90_min: float | None


class OfficeInCity(View):
    """One office as the hub knows it from its events.

    `state`: `open` with a counter at work, `closed` without, `never` nothing was heard yet,
    `linked` it answers but nothing happened there yet, `away` it had counters open and answers no
    longer (then it has no figures), `clock` its clock is wrong, `set_aside` some of its events did
    not fit and a person has to look. `away_since` is when an office that answers no longer did so
    last, open or closed.
    `p50_min` and `p90_min` are for who joins the busiest line that a counter serves; `sessions` are
    opening hours, "07:00–11:00". `note` explains `clock` and `set_aside`.
    """

    id: str
    province: str
    name: Words
    latitude: float | None
    longitude: float | None
    url: str | None
    state: Literal["open", "closed", "never", "linked", "away", "clock", "set_aside"]
    waiting: int
    counters_open: int
    p50_min: float | None
    p90_min: float | None
    mean_wait_min: float | None
    called: int
    sessions: list[str]
    event_at: datetime | None
    note: Words | None = None
    away_since: datetime | None = None


class CityView(View):
    """`GET /city`: all offices, or those that changed after `revision`, as it was asked.

    `whole` says which; a page that holds another run's revision gets everything again.
    """

    at: datetime
    run: str
    revision: int
    whole: bool
    targets: BoardTargets
    offices: list[OfficeInCity]


class ServiceInCity(View):
    """A service and how many offices have it; the same name is the same service everywhere."""

    name: Words
    offices: int


class CityServices(View):
    """`GET /services`: what can be done somewhere, most widely offered first."""

    services: list[ServiceInCity]


class LineInCity(View):
    """One service's line at one office, as in `LineNow`."""

    office: str
    waiting: int
    counters_open: int
    p50_min: float | None
    p90_min: float | None


class ServiceLines(View):
    """`GET /services/lines?name=`: that service at every office that has it."""

    name: str
    lines: list[LineInCity]


class OfficeLines(View):
    """`GET /city/{office}`: one office with its lines."""

    office: OfficeInCity
    lines: list[LineNow]
