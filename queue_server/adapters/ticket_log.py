"""Reads ticket logs, the CSV that replay, evaluation and exports share, one office and day.

A row that cannot be used is named by its line and left out; it never ends the reading.
"""

from __future__ import annotations

import csv
import difflib
import gzip
import math
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from typing import TextIO

from queue_server.domain.office import ZONE

NEEDED = ("office", "service", "date", "ticket", "arrived_at", "called_at")
OPTIONAL = ("started_at", "finished_at", "counter", "priority", "outcome")
TIMES = ("arrived_at", "called_at", "started_at", "finished_at")
MINUTES_OF_A_DAY = 24 * 60
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)

Row = dict[str, str]


class TicketLogError(Exception):
    """The file cannot be used at all; the message says what to change."""


@dataclass(frozen=True, slots=True)
class RowFault:
    """A row that was left out: its line in the file and why."""

    line: int
    why: str


@dataclass(frozen=True, slots=True)
class LoggedTicket:
    """One row; times are instants of the logged day, None where the log does not know."""

    line: int
    service: str
    number: str
    arrived_at: datetime
    called_at: datetime | None
    started_at: datetime | None
    finished_at: datetime | None
    counter: str
    priority: str
    outcome: str


@dataclass(slots=True)
class LoggedDay:
    """What a log says of one office and day, in order of the file."""

    office: str
    day: date
    tickets: list[LoggedTicket] = field(default_factory=list)
    faults: list[RowFault] = field(default_factory=list)


class _BadRow(Exception):  # noqa: N818 - says why a row is left out
    """Why a row is left out."""


def read_day(path: Path, office: str | None = None, day: date | None = None) -> LoggedDay:
    """Read one office and day; by default those of the first row that names them.

    Args:
        path: `.csv` or `.csv.gz`.
        office: as in the column `office`.
        day: as in the column `date`.

    Raises:
        TicketLogError: no ticket log, or nothing in it of this office and day.
    """
    wanted: LoggedDay | None = None
    seen: set[tuple[str, str]] = set()
    lines: dict[tuple[str, str], int] = {}
    for line, row in _rows(path):
        seen.add((row["office"], row["date"]))
        if (office not in {None, row["office"]}) or not _is_day(row["date"], day):
            continue
        if wanted is None:
            wanted = LoggedDay(row["office"], date.fromisoformat(row["date"]))
            office, day = wanted.office, wanted.day
        try:
            ticket = _ticket(line, row, wanted.day)
            _once(ticket, lines)
            wanted.tickets.append(ticket)
        except _BadRow as why:
            wanted.faults.append(RowFault(line, str(why)))
    if wanted is None:
        raise TicketLogError(f"{path}: {_nothing_of(office, day, seen)}")
    return wanted


def _is_day(text: str, day: date | None) -> bool:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return False
    return day is None or found == day


def _once(ticket: LoggedTicket, lines: dict[tuple[str, str], int]) -> None:
    first = lines.setdefault((ticket.service, ticket.number), ticket.line)
    if first != ticket.line:
        raise _BadRow(
            f"ticket {ticket.number} of service {ticket.service} stands in line {first} already"
        )


def _nothing_of(office: str | None, day: date | None, seen: set[tuple[str, str]]) -> str:
    offices = sorted({name for name, _ in seen})
    if not seen:
        return "there is no row"
    if office is not None and office not in offices:
        near = difflib.get_close_matches(office, offices, n=1, cutoff=0.3) or offices[:1]
        return f"no office '{office}'; did you mean '{near[0]}'?"
    days = sorted({text for name, text in seen if office in {None, name} and _is_day(text, None)})
    if not days:
        return "no row has a date of the form 2026-11-23"
    of = f" of office '{office}'" if office else ""
    return f"no ticket{of} on {day}; it has {days[0]} to {days[-1]}"


# -- the file -----------------------------------------------------------------------------------


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    if path.suffix == ".gz":
        with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as packed:
            yield packed
    else:
        with path.open(encoding="utf-8-sig", newline="") as plain:
            yield plain


def _rows(path: Path) -> Iterator[tuple[int, Row]]:
    """Rows with the line they end on; columns that are missing in a row are empty."""
    try:
        with _opened(path) as file:
            reader = csv.reader(file)
            header = [name.strip() for name in next(reader, [])]
            _check_header(path, header)
            for cells in reader:
                if any(cells):
                    row = dict.fromkeys((*NEEDED, *OPTIONAL), "")
                    row.update((n, c.strip()) for n, c in zip(header, cells, strict=False))
                    yield reader.line_num, row
    except FileNotFoundError:
        raise TicketLogError(f"{path}: there is no such file") from None
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise TicketLogError(f"{path}: cannot be read: {error}") from None
    except csv.Error as error:
        raise TicketLogError(f"{path}: not a CSV file: {error}") from None


def _check_header(path: Path, header: list[str]) -> None:
    for name in NEEDED:
        if name not in header:
            others = [found for found in header if found not in {*NEEDED, *OPTIONAL}]
            near = difflib.get_close_matches(name, others, n=1, cutoff=0.5)
            hint = f"; is it the column '{near[0]}'?" if near else ""
            raise TicketLogError(f"{path}: the column '{name}' is missing{hint}")


# -- one row ------------------------------------------------------------------------------------


def _ticket(line: int, row: Row, day: date) -> LoggedTicket:
    for name in ("service", "ticket"):
        if not row[name]:
            raise _BadRow(f"{name} is empty")
    times = {name: _instant(name, row[name], day) for name in TIMES}
    arrived_at = times.pop("arrived_at")
    if arrived_at is None:
        raise _BadRow("arrived_at is empty")
    _check_order([("arrived_at", arrived_at), *times.items()])
    return LoggedTicket(
        line=line,
        service=row["service"],
        number=row["ticket"],
        arrived_at=arrived_at,
        counter=row["counter"],
        priority=row["priority"],
        outcome=row["outcome"],
        **times,
    )


def _check_order(times: list[tuple[str, datetime | None]]) -> None:
    known = [(name, at) for name, at in times if at is not None]
    for (before, first), (after, second) in pairwise(known):
        if second < first:
            raise _BadRow(f"{after} is before {before}")


def _instant(name: str, text: str, day: date) -> datetime | None:
    """Minutes of the day, ISO 8601 time, or ISO 8601 date and time; local without an offset."""
    if not text:
        return None
    if _NUMBER.fullmatch(text):
        minutes = float(text)
        if not math.isfinite(minutes) or not 0 <= minutes < MINUTES_OF_A_DAY:
            raise _BadRow(f"{name}: minute {text} is not of this day")
        return datetime.combine(day, time(), ZONE) + timedelta(minutes=minutes)
    try:
        if "-" in text.partition("T")[0]:
            at = datetime.fromisoformat(text)
        else:
            at = datetime.combine(day, time.fromisoformat(text))
        local = at.astimezone(ZONE) if at.tzinfo else at.replace(tzinfo=ZONE)
    except (ValueError, OverflowError):
        raise _BadRow(f"{name}: '{text[:40]}' is neither ISO 8601 nor a minute") from None
    if local.date() != day:
        raise _BadRow(f"{name}: {local:%Y-%m-%d %H:%M} is not on {day}")
    return local
