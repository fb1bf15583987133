"""What an office's own store says of its days: who came when, and how long each service took."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from statistics import fmean, stdev

import numpy as np

from edge_models.demand.arrivals import Arrivals, count_arrivals
from queue_server.adapters import office_sql as sql
from queue_server.adapters.sqlite_faults import connect_to_read, faults_named
from queue_server.domain.office import ZONE

HISTORY_DAYS = 800
TIMES_DAYS = 60
FEWEST_TIMES = 20
LONGEST_MIN = 240.0


@dataclass(frozen=True, slots=True)
class ServiceTimes:
    """Mean minutes of service, their spread (sd / mean), and of how many tickets."""

    mean_min: float
    cv: float
    tickets: int


@dataclass(frozen=True, slots=True)
class StoreVisits:
    """Arrivals before a day and up to a moment of it; times by service; share of no-shows."""

    arrivals: Arrivals
    times: dict[str, ServiceTimes]
    no_show: float | None


def read_visits(path: Path, services: Sequence[str], until: date) -> StoreVisits:
    """Read the days before `until`; services the office gave up are left out.

    Raises:
        StoreUnavailable: it cannot be read.
    """
    first = (until - timedelta(days=HISTORY_DAYS)).isoformat()
    with faults_named(), closing(connect_to_read(path)) as connection:
        tickets = connection.execute(sql.TICKETS_ISSUED, (first, until.isoformat())).fetchall()
        recent = (until - timedelta(days=TIMES_DAYS)).isoformat()
        times = connection.execute(sql.TIMES_SERVED, (recent, until.isoformat())).fetchall()
        shares = connection.execute(sql.NO_SHOWS, (recent, until.isoformat())).fetchone()
    called, absent = shares
    return StoreVisits(
        arrivals=_arrivals(tickets, tuple(services)),
        times=_times(times),
        no_show=absent / called if called >= FEWEST_TIMES else None,
    )


def _arrivals(rows: list[sqlite3.Row], services: tuple[str, ...]) -> Arrivals:
    place = {service: number for number, service in enumerate(services)}
    known = [(date.fromisoformat(d), place[s], _minute(at)) for d, s, at in rows if s in place]
    day, service, minute = zip(*known, strict=True) if known else ((), (), ())
    counted, _ = count_arrivals(
        services,
        np.array([d.toordinal() for d in day], dtype=np.int64),
        np.array(service, dtype=np.int64),
        np.array(minute, dtype=np.float64),
    )
    return counted


def _minute(text: str) -> float:
    at = datetime.fromisoformat(text).astimezone(ZONE)
    return at.hour * 60 + at.minute + at.second / 60


def _times(rows: list[sqlite3.Row]) -> dict[str, ServiceTimes]:
    """Of services with enough tickets; a forgotten finish is no service time."""
    served: dict[str, list[float]] = {}
    for service, seconds in rows:
        if 0 < seconds / 60 <= LONGEST_MIN:
            served.setdefault(service, []).append(seconds / 60)
    found: dict[str, ServiceTimes] = {}
    for service, minutes in served.items():
        if len(minutes) >= FEWEST_TIMES:
            mean = fmean(minutes)
            spread = stdev(minutes) / mean
            found[service] = ServiceTimes(
                mean, spread if math.isfinite(spread) else 0, len(minutes)
            )
    return found
