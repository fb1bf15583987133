"""Keeps the days of the store folded in a file beside it, each bound to the chain it was made of.

The file is no truth: a day whose last event has another hash than the one kept here is counted
anew from its events, and so is everything when the file is missing or of another version.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date, datetime
from pathlib import Path
from threading import Lock
from typing import Any

from queue_server.adapters import fold_sql as sql
from queue_server.adapters.json_codec import from_json, to_json, to_text
from queue_server.adapters.sqlite_faults import connect_to_read, faults_named
from queue_server.adapters.sqlite_reader import SqliteReader
from queue_server.use_cases.reports.dossier_facts import DossierFact
from queue_server.use_cases.reports.fold import Folded, Times, folded
from queue_server.use_cases.reports.report_desk import StillCounting, behind
from queue_server.use_cases.reports.selection import Selection
from queue_server.use_cases.reports.visit_facts import DayFacts, facts_of_day

AT_ONCE = 7
"""A report counts so many days itself; more are left to the thread that folds in the background."""
Head = bytes


class FoldedDays:
    """`DayFolds` over the store at `office`; its own file is `own`. Any thread may ask."""

    def __init__(self, office: Path, own: Path) -> None:
        self._office = office
        self._own = own
        self._events = SqliteReader(office)
        self._lock = Lock()
        self._newest: tuple[Head, DayFacts] | None = None
        self._made = False

    def over(self, first: date, last: date, *, groups: bool = True) -> Folded:
        """The days put together; the newest day of the store comes from its events each time."""
        stored, live = self._ready(first, last)
        made = Folded()
        if stored:
            span = (stored[0].isoformat(), stored[-1].isoformat())
            with self._reading() as connection:
                _read_into(made, connection, span, sql.TIMES if groups else sql.TOTALS)
        if live is not None:
            made.add(self.facts(live))
        return made

    def days_with(self, first: date, last: date, chosen: Selection) -> Sequence[tuple[date, int]]:
        """The days that have such visits, and how many."""
        stored, live = self._ready(first, last)
        found: list[tuple[date, int]] = []
        if stored:
            span = (stored[0].isoformat(), stored[-1].isoformat())
            key = (chosen.visits, chosen.dimension, chosen.value)
            with self._reading() as connection:
                rows = connection.execute(sql.DAYS_WITH, (*key, *span))
                found = [(date.fromisoformat(day), n) for day, n in rows]
        if live is not None:
            n = len(behind(self.facts(live), chosen))
            found += [(live, n)] if n else []
        return found

    def dossiers_until(self, first: date, last: date) -> list[tuple[date, DossierFact]]:
        """Events of dossiers up to `last`, in order, without those that ended before `first`."""
        _, live = self._ready(date.min, last)
        with self._reading() as connection:
            rows = connection.execute(sql.DOSSIERS_UNTIL, (last.isoformat(), first.isoformat()))
            found = [(date.fromisoformat(row[1]), _dossier(row)) for row in rows]
        if live is not None:
            found += [(live, fact) for fact in self.facts(live).dossiers]
        return found

    def facts(self, day: date) -> DayFacts:
        """The visits of one day, as folded or, for the newest day, from its events."""
        head = self._heads([day]).get(day, b"")
        if self._newest_day() == day:
            kept = self._newest
            if kept is None or kept[0] != head:
                kept = (head, facts_of_day(day, self._events.of_day(day)))
                self._newest = kept
            return kept[1]
        with self._reading() as connection:
            row = connection.execute(sql.FACTS, (day.isoformat(),)).fetchone()
        if row is None:
            return facts_of_day(day, self._events.of_day(day))
        return from_json(DayFacts, json.loads(zlib.decompress(row[0])))

    def last_seq(self) -> int:
        """The number of the newest event."""
        with faults_named(), closing(connect_to_read(self._office)) as connection:
            found: int = connection.execute("SELECT coalesce(max(seq), 0) FROM event").fetchone()[0]
        return found

    def missing(self) -> list[date]:
        """Days before the newest that are not folded, or whose events are others than they were."""
        newest = self._newest_day()
        return [] if newest is None else self._stale(date.min, newest)

    def fold_missing(self, stopped: Callable[[], bool] = lambda: False) -> int:
        """Fold them, oldest last: recent days are asked for first; how many were done."""
        done = 0
        for day in reversed(self.missing()):
            if stopped():
                break
            self._fold(day)
            done += 1
        return done

    def differences(self) -> list[date]:
        """Days whose kept figures are not those of their events: checks each, changes nothing."""
        newest = self._newest_day()
        wrong = []
        for day in self._store_days(date.min, date.max):
            if day == newest:
                continue
            fresh = folded([facts_of_day(day, self._events.of_day(day))])
            kept = Folded()
            with self._reading() as connection:
                _read_into(kept, connection, (day.isoformat(), day.isoformat()))
            if not _same(fresh, kept):
                wrong.append(day)
        return wrong

    def forget(self) -> None:
        """Throw all of it away; it is counted anew."""
        with self._writing() as connection:
            for name in sql.NAMES:
                connection.execute(f"DELETE FROM {name}")  # noqa: S608 - own names

    def _ready(self, first: date, last: date) -> tuple[list[date], date | None]:
        """The folded days of the span, and the newest day of the store if it is in it."""
        newest = self._newest_day()
        days = self._store_days(first, last)
        live = newest if newest is not None and newest in days else None
        stored = [day for day in days if day != live]
        if stored:
            stale = self._stale(first, last)
            if len(stale) > AT_ONCE:
                raise StillCounting(len(stored) - len(stale), len(stored))
            for day in stale:
                self._fold(day)
        return stored, live

    def _stale(self, first: date, last: date) -> list[date]:
        newest = self._newest_day()
        days = [day for day in self._store_days(first, last) if day != newest]
        with self._reading() as connection:
            rows = connection.execute(sql.HEADS, (first.isoformat(), last.isoformat()))
            kept = {date.fromisoformat(day): head for day, head in rows}
        heads = self._heads(days)
        return [day for day in days if kept.get(day) != heads[day]]

    def _fold(self, day: date) -> None:
        head = self._heads([day])[day]
        facts = facts_of_day(day, self._events.of_day(day))
        with self._writing() as connection:
            write_day(connection, head, facts)

    def _store_days(self, first: date, last: date) -> list[date]:
        with faults_named(), closing(connect_to_read(self._office)) as connection:
            rows = connection.execute(sql.STORE_DAYS, (first.isoformat(), last.isoformat()))
            return [date.fromisoformat(row[0]) for row in rows]

    def _newest_day(self) -> date | None:
        with faults_named(), closing(connect_to_read(self._office)) as connection:
            row = connection.execute("SELECT max(day) FROM event").fetchone()
        return date.fromisoformat(row[0]) if row[0] else None

    def _heads(self, days: Sequence[date]) -> dict[date, Head]:
        found = {}
        with faults_named(), closing(connect_to_read(self._office)) as connection:
            for day in days:
                row = connection.execute(sql.STORE_HEAD, (day.isoformat(),)).fetchone()
                if row is not None:
                    found[day] = bytes(row[0])
        return found

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with faults_named():
            self._make()
            with closing(sqlite3.connect(self._own, timeout=5)) as connection:
                yield connection

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One day at a time; a fault leaves the file as it was."""
        with faults_named():
            self._make()
            opened = closing(sqlite3.connect(self._own, timeout=5))
            with self._lock, opened as connection, connection:
                yield connection

    def _make(self) -> None:
        if self._made and self._own.exists():
            return
        with self._lock, closing(sqlite3.connect(self._own, timeout=5)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            if connection.execute("PRAGMA user_version").fetchone()[0] != sql.VERSION:
                for name in sql.NAMES:
                    connection.execute(f"DROP TABLE IF EXISTS {name}")
                connection.executescript(sql.TABLES)
                connection.execute(f"PRAGMA user_version = {sql.VERSION}")
                connection.commit()
        self._made = True


def write_day(connection: sqlite3.Connection, head: Head, facts: DayFacts) -> None:
    """Put a day's fold in the place of what was kept of it; `head` is its last event's hash."""
    made, day = folded([facts]), facts.day.isoformat()
    for name in sql.NAMES:
        connection.execute(f"DELETE FROM {name} WHERE day = ?", (day,))  # noqa: S608 - own names
    packed = zlib.compress(to_text(to_json(facts)).encode(), 6)
    waited, wait_s = made.wait_by_day[facts.day]
    row = (day, head, len(facts.visits), waited, wait_s, made.inaccurate_days, packed)
    connection.execute(sql.PUT_DAY, row)
    connection.executemany(
        sql.PUT_COUNT,
        [(day, one.visits, one.dimension, one.value, n) for one, n in made.counts.items()],
    )
    connection.executemany(
        sql.PUT_TIMES,
        [
            (day, s.visits, s.dimension, s.value, t.n, t.total_s, t.seconds.tobytes())
            for s, t in made.times.items()
        ],
    )
    connection.executemany(sql.PUT_DOSSIER, [_dossier_row(day, one) for one in facts.dossiers])
    tallies = [(day, name, value, amount) for (name, value), amount in made.tallies.items()]
    connection.executemany(sql.PUT_TALLY, tallies)


def _dossier_row(day: str, fact: DossierFact) -> tuple[object, ...]:
    due = fact.due_at.isoformat() if fact.due_at else None
    known = (fact.seq, day, fact.dossier, fact.what, fact.at.isoformat(), fact.code)
    more = (fact.procedure, fact.stage, fact.assisted)
    return (*known, fact.service, fact.channel, due, fact.in_time, *more)


def _dossier(row: tuple[Any, ...]) -> DossierFact:
    """What the ledger of a period needs of an event."""
    seq, _, dossier, what, at, code, service, channel, due, in_time, *more = row
    procedure, stage, assisted = more
    return DossierFact(
        what=what,
        dossier=dossier,
        at=datetime.fromisoformat(at),
        seq=seq,
        code=code,
        service=service,
        channel=channel,
        due_at=datetime.fromisoformat(due) if due else None,
        in_time=bool(in_time),
        procedure=procedure,
        stage=stage,
        assisted=bool(assisted),
    )


def _read_into(
    made: Folded, connection: sqlite3.Connection, span: tuple[str, str], times_of: str = sql.TIMES
) -> None:
    for day, issued, waited, wait_s, inaccurate in connection.execute(sql.DAYS, span):
        on = date.fromisoformat(day)
        made.days.append(on)
        made.issued_by_day[on] = issued
        made.wait_by_day[on] = (waited, wait_s)
        made.inaccurate_days += inaccurate
    for visits, dimension, value, n in connection.execute(sql.COUNTS, span):
        made.counts[Selection(visits, dimension, value)] = n
    for visits, dimension, value, n, total_s, seconds in connection.execute(times_of, span):
        times = made.times.setdefault(Selection(visits, dimension, value), Times())
        times.n += n
        times.total_s += total_s
        times.seconds.frombytes(seconds)
    for name, value, amount in connection.execute(sql.TALLIES, span):
        made.tallies[name, value] = amount


def _same(fresh: Folded, kept: Folded) -> bool:
    """Whether two folds of one day say the same; sums of seconds to a millisecond."""
    if fresh.counts != kept.counts or fresh.times.keys() != kept.times.keys():
        return False
    return all(
        sorted(times.seconds) == sorted(kept.times[key].seconds)
        and abs(times.total_s - kept.times[key].total_s) < 1e-3  # noqa: PLR2004 - a millisecond
        for key, times in fresh.times.items()
    )
