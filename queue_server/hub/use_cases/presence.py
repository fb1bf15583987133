"""Asks each office now and then whether it is there: silence is then no longer the same as quiet.

The question has no content, and any answer will do, so that older relays are heard as well.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Collection, Sequence
from typing import Protocol

from queue_server.hub.contracts.downward import PRESENCE, HandedDown, OfficeAnswer
from queue_server.hub.use_cases.hand_down import DownLine
from queue_server.hub.use_cases.ports import StreamAway

ANSWER_S = 5.0


class Contacts(Protocol):
    """When which office answered. Every method may raise `CityStoreAway`."""

    async def due(self, most: int) -> Sequence[tuple[str, str]]:
        """Offices that nobody asked lately, with their province; nobody else gets them now."""
        ...

    async def answered(self, offices: Collection[str]) -> None:
        """These are there."""
        ...

    async def missed(self, offices: Collection[str]) -> None:
        """These did not answer, though the hub is in the cluster."""
        ...


class Line(DownLine, Protocol):
    """The way to the offices, and whether this end of it stands."""

    @property
    def stands(self) -> bool:
        """Whether the hub itself is connected."""
        ...


class Presence:
    """Any number of them may work at once."""

    def __init__(self, contacts: Contacts, line: Line) -> None:
        self._contacts = contacts
        self._line = line

    async def ask(self, most: int) -> int:
        """Ask those whose turn it is, all at once; how many there were.

        Raises:
            CityStoreAway: nothing was noted.
        """
        due = await self._contacts.due(most)
        there = await asyncio.gather(*(self._there(*one) for one in due))
        # Whoever is cut off itself knows nothing of others.
        if due and self._line.stands:
            told = [(office, one) for (office, _), one in zip(due, there, strict=True)]
            await self._contacts.answered([office for office, one in told if one])
            await self._contacts.missed([office for office, one in told if one is False])
        return len(due)

    async def _there(self, office: str, province: str) -> bool | None:
        """Whether it answers; None where the hub's own way failed."""
        asked = HandedDown(key=secrets.token_hex(16), kind=PRESENCE)
        try:
            answer = await self._line.ask(province, office, asked, ANSWER_S)
        except StreamAway:
            return None
        return isinstance(answer, OfficeAnswer)
