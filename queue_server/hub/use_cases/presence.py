"""Asks each office now and then whether it is there: silence is then no longer the same as quiet.

The question has no content, and any answer will do, so that older relays are heard as well.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
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

    def __init__(self, contacts: Contacts, line: Line, new_key: Callable[[], str]) -> None:
        self._contacts = contacts
        self._line = line
        self._new_key = new_key

    async def due(self, most: int) -> Sequence[tuple[str, str]]:
        """Offices whose turn it is, each for `there`.

        Raises:
            CityStoreAway: nobody's turn it is.
        """
        return await self._contacts.due(most)

    async def there(self, office: str, province: str) -> bool | None:
        """Whether it answers, any number at once; None where the hub's own way failed."""
        asked = HandedDown(key=self._new_key(), kind=PRESENCE)
        try:
            answer = await self._line.ask(province, office, asked, ANSWER_S)
        except StreamAway:
            return None
        return isinstance(answer, OfficeAnswer)

    async def note(self, told: Mapping[str, bool | None]) -> None:
        """Keep who answered and who did not; whoever is cut off itself knows nothing of others.

        Raises:
            CityStoreAway: nothing, or not all of it, was kept.
        """
        if self._line.stands:
            await self._contacts.answered([office for office, one in told.items() if one])
            await self._contacts.missed([office for office, one in told.items() if one is False])
