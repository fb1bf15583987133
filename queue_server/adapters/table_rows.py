"""Turns state and events into rows of the store and back; each field has its own column."""

from __future__ import annotations

import json
import types
import typing
from dataclasses import fields, is_dataclass
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any, Generic, TypeVar

from queue_server.adapters.json_codec import Turn, from_json, to_json, to_text, turner_of
from queue_server.domain import (
    appeal_events,
    appointment_events,
    complaint_events,
    dossier_events,
    events,
    office_record_events,
    people,
    smile_events,
    subject_events,
)
from queue_server.domain.appointment import Appointment, HomeVisit
from queue_server.domain.counter_now import CounterNow
from queue_server.domain.dossier import Dossier
from queue_server.domain.events import Event
from queue_server.domain.number_series import LeasedBlock, NumberSeries
from queue_server.domain.ticket import Ticket

T = TypeVar("T")
Row = tuple[Any, ...]
REMEMBERED = 256
"""Texts of a column; most tickets of a day name the same few procedures."""
EventRow = tuple[str, str, str | None, int | None, str]


class RowPlan(Generic[T]):
    """The columns of a dataclass. What is no single value stands in its column as JSON."""

    def __init__(self, kind: type[T]) -> None:
        hints = typing.get_type_hints(kind)
        self._kind = kind
        self.columns = tuple(field.name for field in fields(kind))  # type: ignore[arg-type]  # a dataclass
        self._values = attrgetter(*self.columns)
        turns = [(i, *_column(hints[name])) for i, name in enumerate(self.columns)]
        self._encodes = [(i, encode) for i, encode, _ in turns if encode is not None]
        self._decodes = [
            (name, turn) for name, (*_, turn) in zip(self.columns, turns, strict=True) if turn
        ]

    def row(self, value: T) -> Row:
        """The values of the columns, in order."""
        row = list(self._values(value))
        for i, encode in self._encodes:
            if row[i] is not None:
                row[i] = encode(row[i])
        return tuple(row)

    def value(self, row: Row) -> T:
        """The dataclass of a row."""
        items = dict(zip(self.columns, row, strict=True))
        for name, decode in self._decodes:
            item = items[name]
            if item is not None:
                items[name] = decode(item)
        return self._kind(**items)


def _column(kind: Any) -> tuple[Turn | None, Turn | None]:
    if typing.get_origin(kind) is types.UnionType:
        (kind,) = (k for k in typing.get_args(kind) if k is not types.NoneType)
    if kind is bool:
        return None, bool
    turner = turner_of(kind)
    encode, decode = turner.encode, turner.decode
    if encode is None or decode is None or not (typing.get_origin(kind) or is_dataclass(kind)):
        return encode, decode
    return lambda value: to_text(encode(value)), _decoding(kind, decode)


def _decoding(kind: Any, decode: Turn) -> Turn:
    """From the text of a column; what cannot be changed is read once for rows that say the same."""

    def read(text: str) -> Any:
        return decode(json.loads(text))

    return lru_cache(REMEMBERED)(read) if typing.get_origin(kind) in {tuple, frozenset} else read


PEOPLE = RowPlan(people.Person)
TICKETS = RowPlan(Ticket)
COUNTERS = RowPlan(CounterNow)
SERIES = RowPlan(NumberSeries)
BLOCKS = RowPlan(LeasedBlock)
APPOINTMENTS = RowPlan(Appointment)
VISITS = RowPlan(HomeVisit)
DOSSIERS = RowPlan(Dossier)


def event_row(event: Event) -> EventRow:
    """Time, kind, ticket, counter and, as canonical JSON, what else the event says."""
    body = to_json(event)
    at = body.pop("at")
    ticket = body.pop("ticket", None)
    counter = body.pop("counter", None)
    return at, type(event).__name__, ticket, counter, to_text(body)


def event_of(row: EventRow) -> Event:
    """The event of a row.

    Raises:
        LookupError, TypeError, ValueError: no event can be written like this.
    """
    at, kind, ticket, counter, body = row
    said = {"at": at, "ticket": ticket, "counter": counter, **json.loads(body)}
    return from_json(
        event_kinds()[kind], {name: item for name, item in said.items() if item is not None}
    )


@cache
def event_kinds() -> dict[str, type[Event]]:
    """Every class of event by its name."""
    cases = (appeal_events, appointment_events, complaint_events, dossier_events)
    modules = (events, *cases, office_record_events, people, smile_events, subject_events)
    named = [pair for module in modules for pair in vars(module).items()]
    return {n: k for n, k in named if isinstance(k, type) and issubclass(k, Event)}
