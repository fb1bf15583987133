"""A waiting line: waiting tickets ordered by their place, fast at twenty thousand."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from queue_server.domain.ticket import Ticket

Place = tuple[datetime, int]


@dataclass(frozen=True, slots=True)
class Rank:
    """How a counter ranks a line it may call from; `sent` are people sent to this very counter."""

    order: int = 0
    weight: float = 1.0
    sent: bool = False


class WaitingLine:
    """Ordered by place; joining and leaving cost a binary search."""

    __slots__ = ("_ids", "_places")

    def __init__(self) -> None:
        self._places: list[Place] = []
        self._ids: dict[Place, str] = {}

    def join(self, ticket: Ticket) -> None:
        """Take the ticket's place in line."""
        place = ticket.place
        # Most come last; comparing once is cheaper than searching.
        if self._places and place < self._places[-1]:
            insort(self._places, place)
        else:
            self._places.append(place)
        self._ids[place] = ticket.id

    def leave(self, ticket: Ticket) -> None:
        """Give the ticket's place up."""
        del self._places[bisect_left(self._places, ticket.place)]
        del self._ids[ticket.place]

    def head(self) -> str | None:
        """Id of the ticket at the head."""
        return self._ids[self._places[0]] if self._places else None

    def first(self) -> str:
        """Id of the ticket at the head of a line in which somebody stands."""
        return self._ids[self._places[0]]

    def nth(self, place: int) -> str:
        """Id of the ticket with so many before it.

        Raises:
            IndexError: fewer stand in the line.
        """
        return self._ids[self._places[place]]

    def ahead_of(self, place: Place) -> int:
        """How many stand before this place."""
        return bisect_left(self._places, place)

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[str]:
        return (self._ids[place] for place in self._places)
