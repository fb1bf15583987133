"""How many counters were open for a service, as a list of changes for each office day."""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass, field
from pathlib import Path

from edge_models.ticket_log.columns import Faults, TicketLog
from edge_models.ticket_log.decimal_commas import comma_columns, said_of, with_points
from edge_models.ticket_log.reader import NotText, UnusableLog, open_rows
from edge_models.ticket_log.times import read_day, read_minute

COLUMNS = ("service", "date", "at", "open_counters")
NUMBERS = ("at", "open_counters")
MOST_COUNTERS = 1000
Change = tuple[float, int, int]


@dataclass(slots=True)
class OpenCounters:
    """Changes `(minute, service, open counters)` in order of time, by office and day."""

    changes: dict[tuple[int, int], list[Change]] = field(default_factory=dict)

    def of(self, office: int, day: int) -> list[Change]:
        """The changes of an office day; none where nothing is known."""
        return self.changes.get((office, day), [])


def read_open_counters(path: Path, log: TicketLog) -> tuple[OpenCounters, Faults]:
    """The open counters of the offices and services of a ticket log.

    Raises:
        UnusableLog: a column is missing.
        OSError: it cannot be read.
    """
    offices = {name: place for place, name in enumerate(log.offices)}
    services = {name: place for place, name in enumerate(log.services)}
    found, faults = OpenCounters(), Faults()
    try:
        with open_rows(path) as rows:
            missing = [column for column in COLUMNS if column not in (rows.fieldnames or [])]
            if missing:
                raise UnusableLog(f"{path.name}: no column {', '.join(missing)}")
            commas = comma_columns(rows, NUMBERS)
        with open_rows(path) as rows:
            _collect(rows, commas, (offices, services), found, faults)
    except NotText as error:
        raise UnusableLog(str(error)) from error
    for changes in found.changes.values():
        changes.sort(key=lambda change: change[0])
    return found, faults


def _collect(
    rows: csv.DictReader[str],
    commas: frozenset[str],
    known: tuple[dict[str, int], dict[str, int]],
    found: OpenCounters,
    faults: Faults,
) -> None:
    offices, services = known
    for row in rows:
        faults.rows += 1
        office = offices.get((row.get("office") or "").strip() or "office", -1)
        service = services.get((row["service"] or "").strip(), -1)
        if min(office, service) < 0:
            faults.note("an office or service without tickets", rows.line_num)
            continue
        told = {name: (row[name] or "").strip() for name in COLUMNS}
        with_comma = with_points(told, commas)
        try:
            day, change = _change(told, service)
        except (ValueError, TypeError):
            faults.drop("a time, date or number that cannot be read", rows.line_num)
            continue
        for column in with_comma:
            faults.note(said_of(column), rows.line_num)
        found.changes.setdefault((office, day), []).append(change)


def _change(row: dict[str, str], service: int) -> tuple[int, Change]:
    day = read_day(row["date"] or row["at"])
    at, number = read_minute(row["at"], day), float(row["open_counters"])
    if math.isnan(at) or not 0 <= number <= MOST_COUNTERS:
        raise ValueError("no time, or no number of counters")
    return day, (at, service, int(number))
