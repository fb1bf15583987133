"""Every event and the whole office survive the way to text and back."""

from __future__ import annotations

import json
import types
import typing
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from enum import Enum
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from queue_server.adapters.json_codec import from_json, to_json, to_text, turner_of
from queue_server.adapters.table_rows import (
    BLOCKS,
    COUNTERS,
    SERIES,
    TICKETS,
    RowPlan,
    event_kinds,
    event_of,
    event_row,
)
from queue_server.domain.events import CounterOpened, OfficeConfigured
from queue_server.domain.office import Office
from queue_server.domain.ticket import Ticket
from tests.fakes.busy_office import MORNING, small_office

OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m)))
SIMPLE: dict[Any, st.SearchStrategy[Any]] = {
    str: st.text(st.characters(codec="utf-8"), max_size=12),
    int: st.integers(-(2**53), 2**53),
    float: st.floats(allow_nan=False, allow_infinity=False),
    bool: st.booleans(),
    types.NoneType: st.none(),
    datetime: st.datetimes(timezones=OFFSETS, allow_imaginary=False),
    time: st.times(),
    date: st.dates(),
    timedelta: st.timedeltas(),
}


def values(kind: Any, depth: int = 0) -> st.SearchStrategy[Any]:  # noqa: PLR0911 - one per type
    """Any value of a type, as its annotations say."""
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin is types.UnionType:
        shallow = [k for k in inner if depth < 2 or not is_dataclass(k)]
        return st.one_of([values(k, depth) for k in shallow])
    if origin is tuple and inner[-1] is Ellipsis:
        return st.lists(values(inner[0], depth), max_size=3).map(tuple)
    if origin is tuple:
        return st.tuples(*[values(k, depth) for k in inner])
    if origin is frozenset:
        return st.frozensets(values(inner[0], depth), max_size=4)
    if origin is dict:
        return st.dictionaries(values(inner[0], depth), values(inner[1], depth), max_size=2)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return st.sampled_from(list(kind))
    if is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        return st.builds(kind, **{f.name: values(hints[f.name], depth + 1) for f in fields(kind)})
    return SIMPLE[kind]


@pytest.mark.parametrize("kind", event_kinds().values(), ids=event_kinds())
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_every_event_comes_back(kind: type, data: st.DataObject) -> None:
    event = data.draw(values(kind))
    row = event_row(event)
    again = event_of(row)
    assert again == event
    assert again.at.utcoffset() == event.at.utcoffset()
    assert event_row(again) == row


@pytest.mark.parametrize("plan", [TICKETS, COUNTERS, SERIES, BLOCKS])
@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_every_row_comes_back(plan: RowPlan[Any], data: st.DataObject) -> None:
    value = data.draw(values(plan._kind))
    row = plan.row(value)
    assert all(isinstance(cell, str | int | float | None) for cell in row)
    assert plan.value(row) == value


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(values(Office))
def test_every_office_comes_back_and_has_one_text(office: Office) -> None:
    text = to_text(to_json(office))
    again = from_json(Office, json.loads(text))
    assert again == office
    assert to_text(to_json(again)) == text


def test_keys_and_types_are_restored() -> None:
    office = small_office()
    text = to_text(to_json(OfficeConfigured(at=MORNING, office=office)))
    again = from_json(OfficeConfigured, json.loads(text)).office
    assert list(again.counters) == [1, 2, 3]
    assert {type(key) for key in again.rules.class_limits} == {
        type(next(iter(office.rules.class_limits)))
    }
    assert again.hours.sessions[0] == (time(7), time(11))


def test_the_stored_form_of_an_event() -> None:
    """The form is a promise: what is stored today must be read for ever."""
    event = CounterOpened(at=datetime(2026, 11, 23, 1, tzinfo=UTC), counter=3)
    assert event_row(event) == ("2026-11-23T01:00:00+00:00", "CounterOpened", None, 3, "{}")


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(KeyError):
        from_json(Ticket, {"colour": "red"})
    with pytest.raises(TypeError):
        from_json(Ticket, {"id": "t1"})
    with pytest.raises(ValueError):
        from_json(CounterOpened, {"at": "yesterday", "counter": 1})
    with pytest.raises(TypeError, match="does not know"):
        turner_of(complex)
    with pytest.raises(TypeError, match="does not choose"):
        turner_of(int | str)
