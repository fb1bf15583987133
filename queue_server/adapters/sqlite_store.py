"""The store: SQLite with a write-ahead log, one connection that writes, every commit durable.

A transaction gathers its rows in memory and puts them down in one go, so that the file is locked
only for the moment of the commit. After a failed commit nothing is believed: a small probe must be
written before anybody loads a day again, so a full disk costs a probe and not 20,000 tickets.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import astuple
from datetime import date, datetime
from pathlib import Path

from queue_server.adapters import office_sql as sql
from queue_server.adapters.json_codec import instant, to_json, to_text
from queue_server.adapters.migrate import upgrade
from queue_server.adapters.sqlite_day import read_day, read_shelf
from queue_server.adapters.sqlite_faults import connect, faults_named, is_passing
from queue_server.adapters.store_lock import StoreLock
from queue_server.adapters.table_rows import (
    APPOINTMENTS,
    BLOCKS,
    COUNTERS,
    DOSSIERS,
    PEOPLE,
    SERIES,
    TICKETS,
    VISITS,
    Row,
    event_row,
)
from queue_server.domain.book import BookChanges
from queue_server.domain.dossier import Dossier
from queue_server.domain.dossier_moves import EVERYTHING
from queue_server.domain.office_day import Changes, OfficeDay
from queue_server.domain.shelf import ShelfChanges
from queue_server.use_cases.event_chain import GENESIS, Link, link_hash
from queue_server.use_cases.ports import (
    Forecast,
    ForecastScore,
    GivenForecast,
    KeptAnswer,
    PeopleForgotten,
    StoreUnavailable,
)

Head = tuple[int, bytes]


class SqliteStore:
    """One office's store for one writer; whoever only reads uses `SqliteReader`."""

    def __init__(self, path: Path, *, busy_s: float = 0.25) -> None:
        """Open the file, or make it; alone, until `close`.

        Raises:
            StoreInUse: another process writes to it.
            StoreTooNew: a newer program has written it.
            StoreUnavailable: the file cannot be made, read or written.
        """
        self._path = path
        self._busy_s = busy_s
        self._sound = True
        self._overwrites: bool | None = None
        with faults_named():
            self._lock = StoreLock(path)
            try:
                upgrade(path)
                self._connection = connect(path, busy_s=busy_s)
                self._head = self._checked_head()
            except BaseException:
                self._lock.free()
                raise

    def close(self) -> None:
        """Give the file back."""
        self._connection.close()
        self._lock.free()

    def load_day(self) -> OfficeDay | None:
        """The newest day as stored, or None in a new store."""
        with self._doubting(), faults_named():
            self._make_sound()
            row = self._connection.execute(sql.NEWEST_DAY).fetchone()
            if row is None:
                return None
            day = read_day(self._connection, row)
            day.shelf.restore(read_shelf(self._connection, day.day))
            return day

    def last_seq(self) -> int:
        """Sequence number of the newest event; 0 in a new store."""
        with self._doubting(), faults_named():
            self._make_sound()
        return self._head[0]

    @contextmanager
    def transaction(self) -> Iterator[SqliteTransaction]:
        """Begin; commit durably on leaving, keep nothing on an exception.

        Raises:
            StoreUnavailable: nothing could be written.
        """
        with self._doubting():
            with faults_named():
                self._make_sound()
            transaction = SqliteTransaction(self._connection, self._head)
            yield transaction
            if transaction.rows:
                with faults_named():
                    self._commit(transaction)
                self._head = transaction.head

    def given_forecasts(self, day: date) -> Mapping[str, GivenForecast]:
        """What the tickets of a day were told when they were issued, by ticket."""
        with self._doubting(), faults_named():
            self._make_sound()
            rows = self._connection.execute(sql.FORECASTS_OF_DAY, (day.isoformat(),))
            return {
                ticket: GivenForecast(ticket, instant(at), Forecast(p50, p90, basis))
                for ticket, at, p50, p90, basis in rows
            }

    def forget_answers(self, before: datetime) -> int:
        """Drop answers older than this; how many were dropped."""
        with self._doubting(), faults_named():
            self._make_sound()
            return self._connection.execute(sql.FORGET_ANSWERS, (before.timestamp(),)).rowcount

    def dossiers_outlived(self, ended_before: date, most: int) -> Sequence[Dossier]:
        """Dossiers that ended before this day and still hold what leads to their citizens."""
        with self._doubting(), faults_named():
            self._make_sound()
            rows = self._connection.execute(sql.OUTLIVED, (ended_before.isoformat(), most))
            return [DOSSIERS.value(row) for row in rows]

    @contextmanager
    def _doubting(self) -> Iterator[None]:
        """Whatever went wrong here, the next one looks first whether the store is sound."""
        try:
            yield
        except BaseException:
            self._sound = False
            raise

    def _commit(self, transaction: SqliteTransaction) -> None:
        self._overwrite(on=not sql.PERSONAL.isdisjoint(transaction.rows))
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            for statement, rows in transaction.rows.items():
                self._connection.executemany(statement, rows)
            self._connection.execute("COMMIT")
        except BaseException:
            # SQLite may have rolled back by itself already.
            with suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")
            raise
        if not sql.FORGETTING.isdisjoint(transaction.rows):
            self._wipe_log()

    def _overwrite(self, *, on: bool) -> None:
        """Whether freed room is overwritten: what is forgotten must not stay in it."""
        if on is not self._overwrites:
            self._connection.execute(f"PRAGMA secure_delete = {'ON' if on else 'OFF'}")
            self._overwrites = on

    def _wipe_log(self) -> None:
        """Empty the log of writes, in which what is forgotten stands too.

        Who reads for longer than a commit may wait delays it to the next time, a day at most.
        """
        with suppress(sqlite3.Error):  # what is to be kept is kept already
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _make_sound(self) -> None:
        """After a failure: see whether the disk takes a write, before anything is read again."""
        if self._sound:
            return
        try:
            self._connection.execute(sql.PROBE)
        except sqlite3.Error as error:
            if is_passing(error):
                raise
            self._connection.close()
            self._connection = connect(self._path, busy_s=self._busy_s)
            self._overwrites = None
            self._connection.execute(sql.PROBE)
        self._head = self._checked_head()
        self._sound = True

    def _checked_head(self) -> Head:
        links = [Link(*row) for row in self._connection.execute(sql.LAST_LINKS)]
        if not links:
            return 0, GENESIS
        last = links[0]
        prev = links[1].hash if len(links) > 1 else GENESIS
        if last.hash != last.own_hash() or last.prev != prev:
            raise StoreUnavailable(f"event {last.seq} is not as it was written; run motcua verify")
        return last.seq, last.hash


class SqliteTransaction:
    """One commit in the making: rows by statement, in the order of the statements' first use."""

    def __init__(self, connection: sqlite3.Connection, head: Head) -> None:
        self._connection = connection
        self._answers: dict[str, KeptAnswer] = {}
        self.head = head
        self.rows: dict[str, list[Row]] = {}

    def find_answer(self, key: str) -> KeptAnswer | None:
        """What was answered to this key, in this transaction or before."""
        if key in self._answers:
            return self._answers[key]
        with faults_named():
            row = self._connection.execute(sql.FIND_ANSWER, (key,)).fetchone()
        return None if row is None else KeptAnswer(*row)

    def keep_answer(self, key: str, answer: KeptAnswer, at: datetime) -> None:
        """Remember the answer to a key."""
        self._answers[key] = answer
        self._put(sql.PUT_ANSWER, [(key, answer.fingerprint, answer.body, at.timestamp())])

    def forget_people(self, contacts_before: date) -> PeopleForgotten:
        """Drop the cards of appointments that are over and the contacts of visits long past."""
        before: Row = (contacts_before.isoformat(),)
        outlived: dict[str, Row] = {
            sql.FORGET_CARDS: (),
            sql.FORGET_PERSONS: (),
            sql.FORGET_CONTACTS: before,
        }
        counts = []
        for statement, values in outlived.items():
            with faults_named():
                row = self._connection.execute(sql.COUNTS[statement], values).fetchone()
            counts.append(int(row[0]))
            if counts[-1]:
                self._put(statement, [values])
        return PeopleForgotten(*counts)

    def write(self, day: OfficeDay, changes: Changes) -> int:
        """Append the events and write the changed rows; the sequence number of the last event."""
        iso = day.day.isoformat()
        counters, series = changes.counters, changes.series
        if changes.day_state:
            # The configuration changed: counters and series that no event touched are new too.
            office = to_text(to_json(day.office))
            self._put(sql.PUT_DAY, [(iso, day.opened, day.closed, office)])
            counters, series = day.counters, day.series
        self._put(sql.ADD_EVENT, self._link(iso, changes))
        self._put(sql.PUT_TICKET, [(iso, *TICKETS.row(t)) for t in changes.tickets.values()])
        self._put(sql.PUT_COUNTER, [(iso, *COUNTERS.row(c)) for c in counters.values()])
        self._put(sql.PUT_SERIES, [(iso, *SERIES.row(s)) for s in series.values()])
        self._put(sql.PUT_BLOCK, [(iso, *BLOCKS.row(b)) for b in changes.blocks.values()])
        self._write_book(iso, changes.book)
        self._write_shelf(changes.shelf)
        for name, person in changes.people.items():
            if person is None:
                self._put(sql.FORGET_PERSON, [(name,)])
            else:
                self._put(sql.PUT_PERSON, [PEOPLE.row(person)])
        return self.head[0]

    def _write_book(self, iso: str, book: BookChanges) -> None:
        appointments, visits = book.appointments.values(), book.visits.values()
        self._put(sql.PUT_APPOINTMENT, [(iso, *APPOINTMENTS.row(a)) for a in appointments])
        self._put(sql.PUT_VISIT, [(iso, *VISITS.row(v)) for v in visits])
        for appointment, card in book.cards.items():
            if card is None:
                self._put(sql.FORGET_CARD, [(appointment,)])
            else:
                self._put(sql.PUT_CARD, [(appointment, card)])
        self._put(sql.PUT_TICKET_CARD, [(i, iso, card) for i, card in book.persons.items()])
        for visit, sealed in book.contacts.items():
            if sealed is None:
                self._put(sql.FORGET_CONTACT, [(visit,)])
            else:
                self._put(sql.PUT_CONTACT, [(visit, book.visits[visit].on.isoformat(), sealed)])

    def _write_shelf(self, shelf: ShelfChanges) -> None:
        self._put(sql.PUT_DOSSIER, [DOSSIERS.row(one) for one in shelf.dossiers.values()])
        self._put(sql.PUT_DOSSIER_PERSON, list(shelf.persons.items()))
        for (dossier, part), sealed in shelf.contents.items():
            if sealed is not None:
                self._put(sql.PUT_PART, [(dossier, part, sealed)])
            elif part == EVERYTHING:
                self._put(sql.FORGET_PARTS, [(dossier,)])
                self._put(sql.FORGET_DOSSIER_PERSON, [(dossier,)])
            else:
                self._put(sql.FORGET_PART, [(dossier, part)])

    def keep_forecasts(self, day: date, given: Sequence[GivenForecast]) -> None:
        """Remember what newcomers were told."""
        iso = day.isoformat()
        self._put(
            sql.KEEP_FORECAST,
            [
                (iso, one.ticket, one.given_at.isoformat(), said.p50_min, said.p90_min, said.basis)
                for one in given
                for said in (one.forecast,)
            ],
        )

    def keep_scores(self, scores: Sequence[ForecastScore]) -> None:
        """Remember how good the forecasts of a day were."""
        self._put(sql.KEEP_SCORE, [(o.day.isoformat(), *astuple(o)[1:]) for o in scores])

    def _put(self, statement: str, rows: list[Row]) -> None:
        if rows:
            self.rows.setdefault(statement, []).extend(rows)

    def _link(self, day: str, changes: Changes) -> list[Row]:
        seq, prev = self.head
        rows = []
        for event in changes.events:
            seq += 1
            said = event_row(event)
            own = link_hash(prev, seq, day, said)
            rows.append((seq, day, *said, prev, own))
            prev = own
        self.head = seq, prev
        return rows
