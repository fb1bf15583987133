"""Asks a year of events in DuckDB, in columns and in this process: no second database to run."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from queue_server.hub.adapters import duckdb_sql as sql
from queue_server.hub.use_cases.decision_support import (
    LineOfYear,
    MissingPaper,
    OfficeYear,
    Returned,
    StepTime,
)

MEMORY = "1GB"
"""More than this goes to disk beside the files, so that a study fits beside the hub."""
LEAST_PART = 0.02
"""A service that makes up less of a counter's calls was an exception there."""


class DuckYear:
    """Reads the files once, into tables of tickets and of dossiers; to be closed."""

    def __init__(self, files: Sequence[Path], work: Path) -> None:
        self._database = duckdb.connect(
            str(work / "study.duckdb"),
            config={"memory_limit": MEMORY, "temp_directory": str(work / "spill")},
        )
        listed = ", ".join(f"'{str(one).replace(chr(39), chr(39) * 2)}'" for one in files)
        self._database.execute(sql.EVENTS.format(files=listed) if files else sql.NO_EVENTS)
        for statement in (sql.TICKETS, sql.DOSSIERS):
            self._database.execute(statement)

    def returned(self) -> Sequence[Returned]:
        """By procedure, those that come back most often first."""
        return [Returned(*row) for row in self._rows(sql.RETURNED)]

    def missing_papers(self) -> Sequence[MissingPaper]:
        """By procedure and place, what most people come without first."""
        return [MissingPaper(*row) for row in self._rows(sql.MISSING)]

    def steps(self) -> Sequence[StepTime]:
        """From filing to the result, in the order they are taken."""
        return [StepTime(*row) for row in self._rows(sql.STEPS)]

    def offices(self, limit_min: float) -> Sequence[OfficeYear]:
        """All offices that called anybody."""
        lines, counters, halves = self._lines(), self._counters(), self._halves()
        told = {row[0]: json.loads(row[1]) for row in self._rows(sql.CONFIGURED)}
        found = []
        for row in self._rows(sql.OFFICES, limit_min):
            office, province, days, visits, monday, mean, over, called, *counted = row
            no_shows, priority, appointments, held = counted
            known = told.get(office, {})
            found.append(
                OfficeYear(
                    office=office,
                    province=province,
                    name=(known.get("name_vi", office), known.get("name_en") or office),
                    days=days,
                    visits=visits,
                    monday=monday,
                    mean_wait_min=mean,
                    over_limit=over,
                    called=called,
                    no_shows=no_shows,
                    priority=priority,
                    appointments=appointments,
                    held=held,
                    lines=tuple(lines[office]),
                    counters=tuple(counters[office]),
                    half_hours=halves[office],
                    sessions=_sessions(known),
                )
            )
        return found

    def _lines(self) -> dict[str, list[LineOfYear]]:
        found: dict[str, list[LineOfYear]] = defaultdict(list)
        for office, *rest in self._rows(sql.LINES):
            found[office].append(LineOfYear(*rest))
        return found

    def _counters(self) -> dict[str, list[tuple[str, ...]]]:
        """As many counters as are open on a usual day, the busiest of the year."""
        found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for office, _counter, services in self._rows(sql.COUNTERS, LEAST_PART):
            found[office].append(tuple(services))
        return found

    def _halves(self) -> dict[str, dict[int, int]]:
        found: dict[str, dict[int, int]] = defaultdict(dict)
        for office, minute, n in self._rows(sql.HALF_HOURS):
            found[office][minute] = n
        return found

    def _rows(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        return self._database.execute(statement, values).fetchall()

    def close(self) -> None:
        """Let go of the files."""
        self._database.close()


def _sessions(office: dict[str, Any]) -> tuple[tuple[float, float], ...]:
    told = office.get("hours", {}).get("sessions") or (("07:00", "11:00"), ("13:00", "17:00"))
    return tuple((_minute(start), _minute(end)) for start, end in told)


def _minute(clock: str) -> float:
    hour, minute = clock.split(":")[:2]
    return int(hour) * 60.0 + int(minute)
