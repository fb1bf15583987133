"""A new version from above and what an office changed by its own hand, put together fact by fact.

The rule: a fact that the office left as the last version had it becomes the city's new one; a fact
that the office changed stays the office's, and the city is told. It is a merge with a common
ancestor, so doing it again changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

Row = Mapping[str, object]
Table = Mapping[str, Row]
"""Facts by name, rows by a key of their own; rows of one table have the same facts."""


def together(last: Table, own: Table, new: Table) -> dict[str, dict[str, object]]:
    """What the office has then; in the order of the city's, the office's own rows behind.

    Args:
        last: The version that the office took before, as it was sent.
        own: What the office has now.
        new: The version to take.
    """
    found = {}
    for key in [*new, *(key for key in own if key not in new)]:
        row = _row(last.get(key), own.get(key), new.get(key))
        if row is not None:
            found[key] = dict(row)
    return found


def _row(last: Row | None, own: Row | None, new: Row | None) -> Row | None:
    if own == last:
        return new
    if own is None or new is None:
        return own
    was = last or {}
    return {
        fact: new[fact] if fact in was and was[fact] == value else value
        for fact, value in own.items()
    }


def apart(city: Table, office: Table) -> Iterator[tuple[str, object, object]]:
    """Where the two differ: where, the city's, the office's; a side without the row has None."""
    for key in [*city, *(key for key in office if key not in city)]:
        one, other = city.get(key), office.get(key)
        if one is None or other is None:
            yield key, one, other
            continue
        for fact in one:
            if one[fact] != other[fact]:
                yield f"{key} {fact}".strip(), one[fact], other[fact]
