"""Turns dataclasses into JSON values and back, by plans that are made once per class.

Knows str, int, float, bool, None, enums, dates, times, durations, optional values, tuples,
frozensets, dictionaries and dataclasses of these. A field that is None by default and None now is
left out; what is written is canonical: one value has exactly one text.
"""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime, time, timedelta, timezone
from enum import Enum
from functools import cache, lru_cache
from operator import attrgetter, methodcaller
from typing import Any, TypeVar

T = TypeVar("T")
Turn = Callable[[Any], Any]

OFFSET = "+07:00"
VIETNAM = timezone(timedelta(hours=7))
MICROSECOND = timedelta(microseconds=1)
_write = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
).encode


@dataclass(frozen=True, slots=True)
class Turner:
    """Both directions of one type; None where the JSON value is the value."""

    encode: Turn | None = None
    decode: Turn | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """How the fields of one class are turned; `unsaid` are left out when they are None."""

    turners: dict[str, Turner]
    unsaid: frozenset[str]


def to_text(value: object) -> str:
    """The one canonical text of a JSON value."""
    return _write(value)


def to_json(value: Any) -> dict[str, Any]:
    """A dataclass as a JSON object."""
    plan = plan_of(type(value))  # type: ignore[arg-type]  # a class is hashable
    body = {}
    for name, turner in plan.turners.items():
        item = getattr(value, name)
        if item is None and name in plan.unsaid:
            continue
        body[name] = item if turner.encode is None else turner.encode(item)
    return body


def from_json(kind: type[T], body: dict[str, Any]) -> T:
    """The dataclass that `to_json` wrote.

    Raises:
        KeyError: the class has no such field.
        TypeError: a field without a default is missing.
        ValueError: a value is not of its type.
    """
    turners = plan_of(kind).turners  # type: ignore[arg-type]  # a class is hashable
    known = {}
    for name, item in body.items():
        decode = turners[name].decode
        known[name] = item if decode is None else decode(item)
    return kind(**known)


@lru_cache(maxsize=1024)
def instant(text: str) -> datetime:
    """An instant, with its offset; Vietnam's is always the same object."""
    # A new ticket has three times the same instant, and its neighbours often have it too.
    # Instants of one zone object are compared without asking it: a day loads a fifth faster.
    if text.endswith(OFFSET):
        return datetime.fromisoformat(text[: -len(OFFSET)]).replace(tzinfo=VIETNAM)
    return datetime.fromisoformat(text)


SINGLE: dict[Any, Turner] = {
    str: Turner(),
    int: Turner(),
    float: Turner(),
    bool: Turner(),
    datetime: Turner(methodcaller("isoformat"), instant),
    date: Turner(methodcaller("isoformat"), date.fromisoformat),
    time: Turner(methodcaller("isoformat"), time.fromisoformat),
    timedelta: Turner(lambda length: length // MICROSECOND, lambda count: count * MICROSECOND),
}


@cache
def plan_of(kind: type) -> Plan:
    """The plan of a dataclass, made at its first use."""
    hints = typing.get_type_hints(kind)
    own = fields(kind)
    return Plan(
        turners={field.name: turner_of(hints[field.name]) for field in own},
        unsaid=frozenset(field.name for field in own if field.default is None),
    )


def _member_of(kind: type[Enum]) -> Turn:
    """As the class itself, at a fourth of its price: a day of 20,000 asks 40,000 times."""
    members = {member.value: member for member in kind}

    def read(value: Any) -> Any:
        found = members.get(value)
        return kind(value) if found is None else found

    return read


@cache
def turner_of(kind: Any) -> Turner:
    """How values of a type are turned.

    Raises:
        TypeError: the codec does not know the type.
    """
    if typing.get_origin(kind) is not None:
        return _of_generic(typing.get_origin(kind), typing.get_args(kind))
    if kind in SINGLE:
        return SINGLE[kind]
    if isinstance(kind, type) and issubclass(kind, Enum):
        return Turner(attrgetter("value"), _member_of(kind))
    if is_dataclass(kind) and isinstance(kind, type):
        # The plan is looked up when it is used: a ticket holds a ticket.
        return Turner(to_json, lambda body: from_json(kind, body))
    raise TypeError(f"the codec does not know {kind}")


def _of_generic(origin: Any, inner: tuple[Any, ...]) -> Turner:
    if origin in {types.UnionType, typing.Union}:
        return _optional(inner)
    if origin is tuple and inner[-1] is Ellipsis:
        encode, decode = _each(inner[0])
        return Turner(
            lambda items: [encode(item) for item in items],
            lambda items: tuple(decode(item) for item in items),
        )
    if origin is tuple:
        return _fixed(inner)
    if origin is frozenset:
        encode, decode = _each(inner[0])
        return Turner(
            lambda items: sorted(encode(item) for item in items),
            lambda items: frozenset(decode(item) for item in items),
        )
    if origin is dict:
        return _mapping(*inner)
    raise TypeError(f"the codec does not know {origin}")


def _each(kind: Any) -> tuple[Turn, Turn]:
    turner = turner_of(kind)
    return turner.encode or _same, turner.decode or _same


def _same(value: Any) -> Any:
    return value


def _optional(inner: tuple[Any, ...]) -> Turner:
    present = [kind for kind in inner if kind is not types.NoneType]
    if len(present) != 1:
        raise TypeError(f"the codec does not choose between {inner}")
    turner = turner_of(present[0])
    if turner.encode is None:
        return turner
    encode, decode = _each(present[0])
    return Turner(
        lambda value: None if value is None else encode(value),
        lambda value: None if value is None else decode(value),
    )


def _fixed(inner: tuple[Any, ...]) -> Turner:
    pairs = [_each(kind) for kind in inner]
    return Turner(
        lambda items: [pair[0](item) for pair, item in zip(pairs, items, strict=True)],
        lambda items: tuple(pair[1](item) for pair, item in zip(pairs, items, strict=True)),
    )


def _mapping(key: Any, item: Any) -> Turner:
    encode_key, decode_key = _each(key)
    encode, decode = _each(item)
    if key is int:
        decode_key = int
    return Turner(
        lambda pairs: {str(encode_key(k)): encode(v) for k, v in pairs.items()},
        lambda pairs: {decode_key(k): decode(v) for k, v in pairs.items()},
    )
