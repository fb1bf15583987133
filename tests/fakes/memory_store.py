"""A store in memory: it keeps the events and makes each day from them anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from queue_server.domain.appointment import Appointment
from queue_server.domain.book import BookChanges
from queue_server.domain.dossier import Dossier
from queue_server.domain.events import Event
from queue_server.domain.office_day import Changes, OfficeDay
from queue_server.domain.shelf import Shelf
from queue_server.use_cases.ports import (
    ForecastScore,
    GivenForecast,
    KeptAnswer,
    PeopleForgotten,
    StoredEvent,
    StoreUnavailable,
)
from queue_server.use_cases.verify_store import replayed


class MemoryStore:
    """Store and EventReader; `broken` refuses every commit."""

    def __init__(self) -> None:
        self.events: list[tuple[date, Event]] = []
        self.answers: dict[str, tuple[KeptAnswer, datetime]] = {}
        self.cards: dict[str, str] = {}
        self.persons: dict[str, tuple[date, str]] = {}
        self.contacts: dict[str, bytes] = {}
        self.visit_days: dict[str, date] = {}
        self.forecasts: dict[tuple[date, str], GivenForecast] = {}
        self.scores: list[ForecastScore] = []
        self.parts_kept: dict[tuple[str, str], bytes] = {}
        self.broken = False

    def load_day(self) -> OfficeDay | None:
        if not self.events:
            return None
        newest = self.events[-1][0]
        events = (event for day, event in self.events if day == newest)
        day = replayed(newest, events, self._shelf(newest))
        day.book.take_cards(self.cards)
        day.book.persons = {i: card for i, (on, card) in self.persons.items() if on == newest}
        return day

    def last_seq(self) -> int:
        return len(self.events)

    @contextmanager
    def transaction(self) -> Iterator[MemoryTransaction]:
        transaction = MemoryTransaction(self)
        yield transaction
        if self.broken and (transaction.events or transaction.answers):
            raise StoreUnavailable("broken on purpose")
        self.events += transaction.events
        for (dossier, part), sealed in transaction.parts.items():
            for key in [k for k in self.parts_kept if k[0] == dossier and part in {k[1], "*"}]:
                del self.parts_kept[key]
            if sealed is not None:
                self.parts_kept[dossier, part] = sealed
        self.persons |= transaction.persons
        for rows, names in transaction.outlived:
            for name in names:
                rows.pop(name, None)
        for book in transaction.books:
            self._keep(book)
        self.answers |= transaction.answers
        self.forecasts |= transaction.forecasts
        self.scores += transaction.scores

    def _keep(self, book: BookChanges) -> None:
        for appointment, card in book.cards.items():
            self.cards.pop(appointment, None)
            if card is not None:
                self.cards[appointment] = card
        self.visit_days |= {visit.id: visit.on for visit in book.visits.values()}
        for visit, sealed in book.contacts.items():
            self.contacts.pop(visit, None)
            if sealed is not None:
                self.contacts[visit] = sealed

    def given_forecasts(self, day: date) -> Mapping[str, GivenForecast]:
        return {ticket: one for (of, ticket), one in self.forecasts.items() if of == day}

    def forecast_scores(self, latest: int) -> Sequence[ForecastScore]:
        days = sorted({one.day for one in self.scores}, reverse=True)[:latest]
        return sorted(
            (one for one in self.scores if one.day in days),
            key=lambda one: (-one.day.toordinal(), one.basis),
        )

    def forget_answers(self, before: datetime) -> int:
        old = [key for key, (_, at) in self.answers.items() if at < before]
        for key in old:
            del self.answers[key]
        return len(old)

    def _shelf(self, before: date) -> Shelf:
        """What earlier days left open."""
        shelf = Shelf()
        for day in self.days():
            if day < before:
                events = (event for kept, event in self.events if kept == day)
                shelf = replayed(day, events, shelf).shelf
        carried = Shelf()
        carried.take_over(shelf)
        return carried

    def dossiers_outlived(self, ended_before: date, most: int) -> list[Dossier]:
        over = [
            one
            for one in self.all_dossiers().values()
            if one.finished_at is not None
            and one.finished_at.date() < ended_before
            and one.erased_at is None
        ]
        return sorted(over, key=lambda one: (one.finished_at, one.id))[:most]

    def all_dossiers(self) -> dict[str, Dossier]:
        shelf = Shelf()
        for day in self.days():
            events = (event for kept, event in self.events if kept == day)
            shelf = replayed(day, events, shelf).shelf
        return shelf.dossiers

    def dossier(self, code: str) -> Dossier | None:
        found = self.all_dossiers().values()
        return next((d for d in found if code in {d.id, d.holder, d.code}), None)

    def dossiers_filed(self, start: date, end: date) -> Sequence[Dossier]:
        filed = [d for d in self.all_dossiers().values() if d.filed_at is not None]
        here = [d for d in filed if d.filed_at and start <= d.filed_at.date() < end]
        return sorted(here, key=lambda d: (d.filed_at, d.code))

    def parts(self, dossier: str) -> Mapping[str, bytes]:
        return {part: sealed for (of, part), sealed in self.parts_kept.items() if of == dossier}

    def of_dossier(self, dossier: str) -> Sequence[StoredEvent]:
        return [s for s in self._stored() if getattr(s.event, "dossier", None) == dossier]

    def appointments(self, day: date) -> Sequence[Appointment]:
        made = replayed(day, (event for kept, event in self.events if kept == day))
        return sorted(made.book.appointments.values(), key=lambda one: one.id)

    def contact(self, visit: str) -> bytes | None:
        return self.contacts.get(visit)

    def of_ticket(self, ticket: str) -> Sequence[StoredEvent]:
        return [s for s in self._stored() if getattr(s.event, "ticket", None) == ticket]

    def of_day(self, day: date) -> Iterator[StoredEvent]:
        days = [kept for kept, _ in self.events]
        return (stored for stored in self._stored() if days[stored.seq - 1] == day)

    def days(self) -> Sequence[date]:
        return sorted({day for day, _ in self.events})

    def _stored(self) -> Iterator[StoredEvent]:
        return (StoredEvent(seq, event) for seq, (_, event) in enumerate(self.events, 1))


class MemoryTransaction:
    def __init__(self, store: MemoryStore) -> None:
        self._store = store
        self.events: list[tuple[date, Event]] = []
        self.answers: dict[str, tuple[KeptAnswer, datetime]] = {}
        self.books: list[BookChanges] = []
        self.persons: dict[str, tuple[date, str]] = {}
        self.parts: dict[tuple[str, str], bytes | None] = {}
        self.forecasts: dict[tuple[date, str], GivenForecast] = {}
        self.scores: list[ForecastScore] = []
        self.outlived: list[tuple[dict[str, Any], list[str]]] = []

    def forget_people(self, contacts_before: date) -> PeopleForgotten:
        store, day = self._store, self._store.load_day()
        book = day.book.appointments if day else {}
        done = [i for i in store.cards if i not in book or book[i].state.value != "booked"]
        past = [i for i, (on, _) in store.persons.items() if day and on < day.day]
        over = [v for v in store.contacts if store.visit_days[v] < contacts_before]
        self.outlived = [(store.cards, done), (store.persons, past), (store.contacts, over)]
        return PeopleForgotten(len(done), len(past), len(over))

    def keep_forecasts(self, day: date, given: Sequence[GivenForecast]) -> None:
        self.forecasts |= {(day, one.ticket): one for one in given}

    def keep_scores(self, scores: Sequence[ForecastScore]) -> None:
        self.scores += scores

    def find_answer(self, key: str) -> KeptAnswer | None:
        found = self.answers.get(key) or self._store.answers.get(key)
        return found[0] if found else None

    def keep_answer(self, key: str, answer: KeptAnswer, at: datetime) -> None:
        self.answers[key] = (answer, at)

    def write(self, day: OfficeDay, changes: Changes) -> int:
        self.events += [(day.day, event) for event in changes.events]
        self.books.append(changes.book)
        self.persons |= {i: (day.day, card) for i, card in changes.book.persons.items()}
        self.parts |= changes.shelf.contents
        return len(self._store.events) + len(self.events)
