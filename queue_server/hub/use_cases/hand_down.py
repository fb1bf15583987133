"""Hands down what people asked of offices, again and again until each office has answered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol

from queue_server.hub.contracts.downward import HandedDown, OfficeAnswer
from queue_server.hub.use_cases.ports import StreamAway

ANSWER_S = 5.0
"""An office needs some milliseconds; a slow line is given this long."""
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=0.5), timedelta(seconds=5)


class Unanswered(StrEnum):
    """Why there is no answer: nobody listens, so it certainly did not arrive; or nobody knows."""

    NOBODY = "nobody"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Wish:
    """A request that is not answered yet; `perhaps`: a try may have arrived at the office."""

    key: str
    office: str
    province: str
    kind: str
    body: dict[str, Any]
    until: datetime
    tries: int = 0
    perhaps: bool = False


class DownLine(Protocol):
    """The way to the offices. May raise `StreamAway`: nobody knows what arrived."""

    async def ask(
        self, province: str, office: str, asked: HandedDown, within_s: float
    ) -> OfficeAnswer | Unanswered:
        """What the office says, or why there is nothing."""
        ...


class OpenWishes(Protocol):
    """The wishes of the database. Every method may raise `CityStoreAway`."""

    async def due(self, at: datetime, most: int) -> Sequence[Wish]:
        """Take wishes whose time to ask has come; nobody else gets them for a while."""
        ...

    async def answered(self, answer: OfficeAnswer, at: datetime) -> None:
        """The office decided: keep what."""
        ...

    async def unanswered(self, wish: Wish, why: Unanswered, again_at: datetime) -> None:
        """Ask again at that time."""
        ...

    async def lapse(self, key: str, at: datetime) -> None:
        """Its time is over, and it certainly never arrived at the office."""
        ...


class HandDown:
    """Any number of them may work at once."""

    def __init__(
        self,
        wishes: OpenWishes,
        line: DownLine,
        now: Callable[[], datetime],
        longest: timedelta = LONGEST_PAUSE,
    ) -> None:
        """`longest` is the pause before an office that is away for long is asked again."""
        self._wishes = wishes
        self._line = line
        self._now = now
        self._longest = longest

    async def due(self, most: int) -> Sequence[Wish]:
        """Take those whose time to ask has come, each for `one`.

        Raises:
            CityStoreAway: none was taken.
        """
        return await self._wishes.due(self._now(), most)

    async def one(self, wish: Wish) -> None:
        """Ask for one and note what came of it; any number at once.

        Raises:
            CityStoreAway: it was not noted, and is asked again.
        """
        try:
            answer = await self._ask(wish)
        except StreamAway:
            answer = Unanswered.SILENT
        await self._note(wish, answer)

    async def _ask(self, wish: Wish) -> OfficeAnswer | Unanswered:
        in_time = wish.until > self._now()
        if not in_time and not wish.perhaps:
            return Unanswered.NOBODY
        asked = HandedDown(key=wish.key, kind=wish.kind, body=wish.body, in_time=in_time)
        return await self._line.ask(wish.province, wish.office, asked, ANSWER_S)

    async def _note(self, wish: Wish, answer: OfficeAnswer | Unanswered) -> None:
        now = self._now()
        if isinstance(answer, OfficeAnswer) and answer.outcome != "again":
            await self._wishes.answered(answer, now)
            return
        why = answer if isinstance(answer, Unanswered) else Unanswered.SILENT
        if why is Unanswered.NOBODY and not wish.perhaps and wish.until <= now:
            await self._wishes.lapse(wish.key, now)
            return
        pause = min(self._longest, FIRST_PAUSE * 2 ** min(wish.tries, 7))
        await self._wishes.unanswered(wish, why, now + pause)
