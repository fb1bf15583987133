"""How many counters were open for a service, as a list of changes for each office day."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from pathlib import Path

from edge_models.ticket_log.columns import Faults, TicketLog
from edge_models.ticket_log.reader import UnusableLog, open_text
from edge_models.ticket_log.times import read_day, read_minute

COLUMNS = ("service", "date", "at", "open_counters")
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
    with open_text(path) as lines:
        rows = csv.DictReader(lines)
        missing = [column for column in COLUMNS if column not in (rows.fieldnames or [])]
        if missing:
            raise UnusableLog(f"{path.name}: no column {', '.join(missing)}")
        for row in rows:
            faults.rows += 1
            office = offices.get(row.get("office") or "office")
            service = services.get(row["service"] or "")
            if office is None or service is None:
                faults.note("an office or service without tickets", rows.line_num)
                continue
            try:
                day = read_day(row["date"])
                change = (read_minute(row["at"], day), service, int(row["open_counters"]))
            except (ValueError, TypeError):
                faults.drop("a time, date or number that cannot be read", rows.line_num)
                continue
            found.changes.setdefault((office, day), []).append(change)
    for changes in found.changes.values():
        changes.sort(key=lambda change: change[0])
    return found, faults
