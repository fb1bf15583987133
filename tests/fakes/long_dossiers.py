"""Weeks of an office in its store: visits and ratings, and dossiers that live longer than a day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any

from queue_server.domain import dossier_events as d
from queue_server.domain.events import Event, OfficeConfigured, TicketFinished, TicketRated
from queue_server.domain.office import ZONE
from tests.fakes.big_day import SEVEN, BigDay, citizens
from tests.fakes.event_file import moved, write_events


def dossier_life(number: int, rng: Random, first: date, days: int) -> Iterator[tuple[int, Event]]:
    """Filed on some day; asked for papers, extended, finished, refused or still running."""
    day = rng.randrange(days - 1)
    at = datetime.combine(first + timedelta(days=day), time(9), ZONE) + timedelta(minutes=number)
    due = at + timedelta(days=rng.choice((1, 3, 30)))
    base: dict[str, Any] = {"dossier": f"d{number}", "by": "counter-1"}
    fixed = {"procedure": "2.000815", "catalogue": "2026", "service": "CT", "channel": "kiosk"}
    places = {"place_help": "w", "place_receipt": "w", "competent": "w", "language": "vi"}
    papers = {
        "papers": 1,
        "digitised": 0,
        "reused": number % 2,
        "holder": f"h{number}",
        "code": f"{number}",
    }
    yield day, d.DossierFiled(at=at, due_at=due, **base, **fixed, **places, **papers)
    for kind in rng.choices(("ask", "extend", "end", "refuse", "stop", "wait"), k=4):
        day += 1
        at += timedelta(days=1)
        if day >= days or kind == "wait":
            continue
        if kind == "ask":
            yield day, d.DossierSupplementAsked(at=at, reason="x", open_days=1, **base)
            if rng.random() < 0.6:
                given = at + timedelta(hours=1)
                later = given + timedelta(days=rng.choice((1, 9)))
                yield day, d.DossierSupplementGiven(at=given, digitised=0, due_at=later, **base)
        elif kind == "extend":
            yield day, d.DossierExtended(at=at, reason="x", due_at=at + timedelta(days=2), **base)
        elif kind == "end":
            yield day, d.DossierFinished(at=at, on_the_spot=False, in_time=at <= due, **base)
            return
        else:
            ends = d.DossierRefused if kind == "refuse" else d.DossierStopped
            yield day, ends(at=at, reason="x", **base)
            return


def write_weeks(
    path: Path, first: date, days: int, dossiers: int, others: Callable[[int], Iterable[Event]]
) -> Path:
    """Write `days` days from `first` on into a store; `others` are further events of a day."""
    rng = Random(7)
    played = BigDay(citizens(160.0)[::60][:40]).play()
    rated = {e.ticket for e in played.events if isinstance(e, TicketFinished)}
    last = played.events[-1].at
    says = [
        TicketRated(at=last, ticket=one, score=1 + n % 5, reasons=(), comment="", by="phone")
        for n, one in enumerate(sorted(rated)[:10])
    ]
    ago = (first - SEVEN.date()).days
    lived = {n: [*moved([*played.events, *says], ago + n), *others(n)] for n in range(days)}
    for number in range(dossiers):
        for day, event in dossier_life(number, rng, first, days):
            lived[day].append(event)
    for events in lived.values():
        opening = [e for e in events if isinstance(e, OfficeConfigured)]
        events.sort(key=lambda e: (e not in opening, e.at))
    return write_events(path, ((first + timedelta(days=n), lived[n]) for n in range(days)))
