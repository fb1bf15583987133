"""Reads a ticket log and says row by row what cannot be used, and why."""

from __future__ import annotations

import csv
import gzip
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from edge_models.ticket_log.columns import UNKNOWN, Faults, Ints, TicketLog
from edge_models.ticket_log.decimal_commas import comma_columns, said_of, with_points
from edge_models.ticket_log.one_clock import NOTE, shifts
from edge_models.ticket_log.times import (
    MINUTES_A_DAY,
    minutes_of,
    offset_of,
    read_day,
    read_minute,
)

GZIP_MAGIC = b"\x1f\x8b"
# Spreadsheets write "Unicode text" so.
UTF_16_MARKS = {b"\xff\xfe", b"\xfe\xff"}
DELIMITERS = ",;\t|"
NEEDED = ("arrived_at", "called_at")
TIMES = (*NEEDED, "finished_at")
LONGEST_WAIT = 600.0
LONGEST_STAY = 1440.0
LONGEST_GAP = 60.0
HIGHEST_CLASS = 9.0
SATURDAY = 5
# A refusal quotes a head line no further than this.
NAMED = 200
# No number is read as a class of its own: these words say "no priority".
ORDINARY = {"", "none", "normal", "0", "thuong", "thường", "false"}


class UnusableLog(ValueError):  # noqa: N818 - the state of the file, said as a state
    """The file has no column the models could use."""


class _Unusable(Exception):  # noqa: N818 - carries a reason, is never seen outside
    """This row cannot be used."""


@dataclass(slots=True)
class _Names:
    """Gives every name a position, in order of appearance."""

    known: dict[str, int] = field(default_factory=dict)

    def position(self, name: str) -> int:
        return self.known.setdefault(name, len(self.known)) if name else UNKNOWN


class NotText(ValueError):  # noqa: N818 - the state of the file, said as a state
    """The file holds no text, or a broken archive."""


@contextmanager
def open_rows(path: Path) -> Iterator[csv.DictReader[str]]:
    """The rows of a CSV file, plain or gzipped whatever its name; comma, semicolon, tab or bar.

    It is UTF-8, with or without a mark, or UTF-16 with one.

    Column names are compared in lower case without blanks around them.

    Raises:
        NotText: what is in it cannot be read as rows of text.
        OSError: it cannot be opened.
    """
    try:
        with path.open("rb") as raw:
            first = raw.read(2)
        opened = gzip.open if first == GZIP_MAGIC else Path.open
        encoding = "utf-16" if first in UTF_16_MARKS else "utf-8-sig"
        with opened(path, "rt", encoding=encoding, newline="") as text:
            head = text.readline()
            text.seek(0)
            delimiter = max(DELIMITERS, key=head.count)
            rows = csv.DictReader(text, delimiter=delimiter)
            rows.fieldnames = [name.strip().lower() for name in rows.fieldnames or []]
            yield rows
    except (UnicodeDecodeError, csv.Error, EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise NotText(f"{path.name}: not a CSV file ({error})") from error


def read_tickets(path: Path) -> tuple[TicketLog, Faults]:
    """All usable tickets of a log, and what was wrong with the others.

    Raises:
        UnusableLog: a needed column is missing, or the file is no text.
        OSError: it cannot be read.
    """
    try:
        with open_rows(path) as rows:
            commas = comma_columns(rows, TIMES)
        with open_rows(path) as rows:
            return _read(rows, path.name, commas)
    except NotText as error:
        raise UnusableLog(str(error)) from error


def _read(rows: csv.DictReader[str], name: str, commas: frozenset[str]) -> tuple[TicketLog, Faults]:
    columns = rows.fieldnames or []
    missing = [column for column in NEEDED if column not in columns]
    if missing:
        raise UnusableLog(f"{name}: no column {', '.join(missing)} ({_named(columns)})")
    faults = Faults()
    names = (_Names(), _Names(), _Names())
    log = _as_log(list(_usable(rows, faults, names, commas)), names, faults)
    note_gaps(log, faults)
    return log, faults


def _named(columns: Sequence[str]) -> str:
    """What stands in the head line, fit for one line of a message."""
    named = "".join(mark if mark.isprintable() else " " for mark in ", ".join(columns))
    return f"its columns: {named[:NAMED]}" if named.strip(", ") else "empty"


_Row = tuple[int, int, int, float, float, float, int, float, float]


def _usable(
    rows: csv.DictReader[str],
    faults: Faults,
    names: tuple[_Names, _Names, _Names],
    commas: frozenset[str],
) -> Iterator[_Row]:
    seen: set[tuple[int, int, int, str]] = set()
    for row in rows:
        faults.rows += 1
        if None in row:
            faults.note("more fields than columns", rows.line_num)
        text = {key: (value or "").strip() for key, value in row.items() if isinstance(key, str)}
        with_comma = with_points(text, commas) if commas else ()
        try:
            found = _one(text, names)
        except _Unusable as reason:
            faults.drop(str(reason), rows.line_num)
            continue
        key = (*found[:3], text.get("ticket", ""))
        if key[-1] and key in seen:
            faults.drop("the same ticket twice", rows.line_num)
            continue
        seen.add(key)
        for column in with_comma:
            faults.note(said_of(column), rows.line_num)
        if np.isnan(found[4]):
            faults.note("never called", rows.line_num)
        yield found


def _one(row: dict[str, str], names: tuple[_Names, _Names, _Names]) -> _Row:
    offices, services, counters = names
    service = row.get("service", "")
    if "service" in row and not service:
        raise _Unusable("no service")
    try:
        day = read_day(row.get("date") or row["arrived_at"])
        clock = offset_of(row["arrived_at"])
        arrived, called, finished = (read_minute(row.get(name, ""), day, clock) for name in TIMES)
    except ValueError as error:
        raise _Unusable("a time or date that cannot be read") from error
    if np.isnan(arrived):
        raise _Unusable("no arrival time")
    if not -MINUTES_A_DAY < arrived < 2 * MINUTES_A_DAY:
        raise _Unusable("a time far from its date")
    if called < arrived:
        raise _Unusable("called before arriving (negative wait or clock change)")
    if called - arrived > LONGEST_WAIT:
        raise _Unusable(f"waited over {LONGEST_WAIT:.0f} min")
    if finished - arrived > LONGEST_STAY:
        raise _Unusable(f"finished over {LONGEST_STAY:.0f} min after arriving")
    if finished < (arrived if np.isnan(called) else called):
        raise _Unusable("finished before called")
    office = offices.position(row.get("office") or "office")
    place = services.position(service or "service")
    desk = counters.position(row.get("counter", ""))
    urgent, offset = _priority(row.get("priority", "")), minutes_of(clock)
    return office, place, day, arrived, called, finished, desk, urgent, offset


def _priority(text: str) -> float:
    """Class of the ticket: 0 ordinary, higher is called earlier; a named class counts as 1."""
    if text.lower() in ORDINARY:
        return 0.0
    return min(float(text), HIGHEST_CLASS) if text.isdecimal() else 1.0


def _as_log(rows: list[_Row], names: tuple[_Names, _Names, _Names], faults: Faults) -> TicketLog:
    columns = list(zip(*rows, strict=True)) or [()] * 9
    office, service, day, counter = (
        np.array(columns[place], dtype=np.int64) for place in (0, 1, 2, 6)
    )
    arrived, called, finished, priority, offset = (
        np.array(columns[place], dtype=np.float64) for place in (3, 4, 5, 7, 8)
    )
    moved = shifts(office, day, offset)
    if moved.any():
        faults.note(NOTE, count=int(np.count_nonzero(moved)))
        days = np.where(moved != 0, (arrived + moved) // MINUTES_A_DAY, 0)
        moved -= days * MINUTES_A_DAY
        day += days.astype(np.int64)
        arrived, called, finished = arrived + moved, called + moved, finished + moved
    offices, services, counters = (tuple(each.known) for each in names)
    log = TicketLog(
        *(offices, services, counters, office, service, day),
        *(arrived, called, finished, counter, priority),
    )
    return log.rows(np.lexsort((log.arrived, log.day, log.office)))


def note_gaps(log: TicketLog, faults: Faults) -> None:
    """Count missing days, queue-days without a call, and long silences while people waited."""
    missing = sum(_missing_days(np.unique(log.day[log.office == o])) for o in set(log.office))
    if missing:
        faults.note("a Monday to Friday without a ticket (holiday or gap)", count=missing)
    for queue_day in _groups(log.queue_day):
        called = np.sort(log.called[queue_day][~np.isnan(log.called[queue_day])])
        if not len(called):
            faults.note("a line without a call all day")
            continue
        silences = np.flatnonzero(np.diff(called) > LONGEST_GAP)
        arrived, left = log.arrived[queue_day], log.called[queue_day]
        for place in silences:
            before, after = called[place], called[place + 1]
            if np.any((arrived < before) & (left >= after)):
                faults.note(f"no call for over {LONGEST_GAP:.0f} min while people waited")


def _missing_days(days: Ints) -> int:
    """Mondays to Fridays between the first and the last day on which nobody came."""
    every = np.arange(days[0], days[-1] + 1)
    # Day 1 of the calendar was a Monday.
    return int(((every - 1) % 7 < SATURDAY).sum() - ((days - 1) % 7 < SATURDAY).sum())


def _groups(keys: Ints) -> Iterator[Ints]:
    order = np.argsort(keys, kind="stable")
    cuts = np.flatnonzero(np.diff(keys[order])) + 1
    for group in np.split(order, cuts):
        if len(group):
            yield group
