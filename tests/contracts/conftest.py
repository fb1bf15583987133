"""Strategies that make any message from its own model, so a new message is tested at once."""

from __future__ import annotations

import types
import typing
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from enum import Enum
from typing import Any

import pytest
from annotated_types import BaseMetadata, Ge, GroupedMetadata, Le, MaxLen, MinLen
from hypothesis import strategies as st
from pydantic import AwareDatetime, BaseModel
from pydantic.fields import FieldInfo

OFFSETS = st.integers(-12 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m)))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    bool: st.booleans(),
    date: st.dates(),
    datetime: st.datetimes(timezones=OFFSETS),
    AwareDatetime: st.datetimes(timezones=OFFSETS),
    type(None): st.none(),
    Any: JSON,
}


def models(model: type[BaseModel]) -> st.SearchStrategy[Any]:
    """Make instances of a model from its field types and limits."""
    fields = {name: _field(field) for name, field in model.model_fields.items()}
    return st.fixed_dictionaries(fields).map(lambda values: model(**values))


def _field(field: FieldInfo) -> st.SearchStrategy[Any]:
    return _values(field.annotation, field.metadata)


def _values(kind: Any, limits: list[Any]) -> st.SearchStrategy[Any]:
    if kind in PLAIN:
        return PLAIN[kind]
    if kind in (str, int, float):
        return _limited(kind, limits)
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is not None:
        return _generic(origin, arguments, limits)
    if issubclass(kind, Enum):
        return st.sampled_from(list(kind))
    assert issubclass(kind, BaseModel), f"teach this file to make {kind}"
    return models(kind)


def _generic(origin: Any, arguments: Any, limits: list[Any]) -> st.SearchStrategy[Any]:
    if origin is typing.Annotated:
        return _values(arguments[0], list(arguments[1:]))
    if origin is typing.Literal:
        return st.sampled_from(arguments)
    if origin in (typing.Union, types.UnionType):
        return st.one_of([_values(argument, limits) for argument in arguments])
    if origin is list:
        return st.lists(_values(arguments[0], []), max_size=3)
    if origin is tuple and arguments[1:] == (...,):
        return st.lists(_values(arguments[0], []), max_size=3).map(tuple)
    assert origin is dict, f"teach this file to make {origin}"
    return st.dictionaries(st.text(), _values(arguments[1], []), max_size=3)


def _limited(kind: type, limits: list[Any]) -> st.SearchStrategy[Any]:
    flat = [inner for limit in limits for inner in _flat(limit)]
    found = {type(limit): limit for limit in flat}
    pattern = next((p for limit in flat if (p := getattr(limit, "pattern", None))), None)
    if pattern:
        return st.from_regex(str(pattern).replace("$", r"\Z"))
    if kind is str:
        shortest = found[MinLen].min_length if MinLen in found else 0
        longest = found[MaxLen].max_length if MaxLen in found else None
        return st.text(min_size=shortest, max_size=longest)
    low = found[Ge].ge if Ge in found else None
    high = found[Le].le if Le in found else None
    if kind is int:
        return st.integers(low if low is not None else -(2**53), high or 2**53)
    return st.floats(low, high, allow_nan=False, allow_infinity=False)


def _flat(limit: Any) -> list[Any]:
    if isinstance(limit, FieldInfo):
        return [inner for part in limit.metadata for inner in _flat(part)]
    if isinstance(limit, GroupedMetadata) and not isinstance(limit, BaseMetadata):
        return list(limit)
    return [limit]


@pytest.fixture(scope="session")
def any_of() -> Callable[[type[BaseModel]], st.SearchStrategy[Any]]:
    return models
