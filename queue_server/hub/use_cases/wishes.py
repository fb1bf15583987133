"""People ask an office from afar: the wish is kept first, then handed down, then answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from queue_server.contracts.appointment_views import SlotDay
from queue_server.contracts.views import Words
from queue_server.hub.contracts import wish_views as v
from queue_server.hub.contracts.downward import APPOINTMENT, SLOTS, TICKET
from queue_server.hub.use_cases.city_board import Listed
from queue_server.hub.use_cases.hand_down import Wish

PATIENCE = {
    TICKET: timedelta(minutes=10),
    APPOINTMENT: timedelta(minutes=30),
    SLOTS: timedelta(seconds=20),
}
"""How long an office that is away is asked; a number is wanted now or not at all."""


@dataclass(frozen=True, slots=True)
class KeptWish:
    """A wish as it is kept; `nobody`: at the last try nobody listened at the office."""

    key: str
    office: str
    kind: str
    body: dict[str, Any]
    asked_at: datetime
    until: datetime
    state: str
    tries: int
    perhaps: bool
    nobody: bool
    answer: dict[str, Any] | None
    words: Words | None


class KeptWishes(Protocol):
    """Where wishes are kept. Every method may raise `CityStoreAway`."""

    async def keep(self, wish: Wish, at: datetime) -> KeptWish:
        """Keep it durably, once for its key; what is kept under the key."""
        ...

    async def find(self, key: str) -> KeptWish | None:
        """The wish with this key; None where there is none, or no more."""
        ...

    async def give_up(self, key: str, at: datetime) -> None:
        """Who asked waits no longer."""
        ...


class KeyTaken(Exception):  # noqa: N818 - a refusal
    """This key stands for something else."""


class Wishes:
    """What the page asks."""

    def __init__(
        self,
        kept: KeptWishes,
        listed: Callable[[str], Listed | None],
        now: Callable[[], datetime],
    ) -> None:
        """`listed` knows the offices."""
        self._kept = kept
        self._listed = listed
        self._now = now

    async def ask(self, office: str, wanted: v.WishRequest) -> v.WishView:
        """Keep a wish; from then on it is not lost. The same key again gives the same wish.

        Raises:
            LookupError: there is no such office.
            KeyTaken: the key was used for another wish.
            CityStoreAway: it was not kept.
        """
        listed = self._listed(office)
        if listed is None:
            raise LookupError(office)
        body = wanted.model_dump(mode="json", include={"service", "at"}, exclude_none=True)
        if wanted.kind != SLOTS:
            body["language"] = wanted.language
        now = self._now()
        until = now + PATIENCE[wanted.kind]
        wish = Wish(wanted.key, office, listed.province, wanted.kind, body, until)
        kept = await self._kept.keep(wish, now)
        if (kept.office, kept.kind, kept.body) != (office, wanted.kind, body):
            raise KeyTaken(wanted.key)
        return self._view(kept)

    async def find(self, key: str) -> v.WishView:
        """What became of it.

        Raises:
            LookupError: there is no such wish, or no more.
            CityStoreAway: nobody knows now.
        """
        kept = await self._kept.find(key)
        if kept is None:
            raise LookupError(key)
        return self._view(kept)

    async def give_up(self, key: str) -> v.WishView:
        """Wait no longer; what the office gave already stays given.

        Raises:
            LookupError, CityStoreAway: as for `find`.
        """
        await self._kept.give_up(key, self._now())
        return await self.find(key)

    def _view(self, kept: KeptWish) -> v.WishView:
        answer = kept.answer if kept.state == "done" and kept.answer is not None else None
        listed = self._listed(kept.office)
        said: dict[str, Any] = {} if answer is None else ANSWERS[kept.kind](answer)
        path = said.pop("path", None)
        url = None if listed is None else listed.url
        return v.WishView(
            key=kept.key,
            office=kept.office,
            kind=kept.kind,
            service=kept.body["service"],
            state=_state(kept),
            asked_at=kept.asked_at,
            until=kept.until,
            words=kept.words,
            page=f"{url}{path}" if url and path else None,
            **said,
        )


def _state(kept: KeptWish) -> v.WishState:
    match kept.state:
        case "done":
            return "done"
        case "refused":
            return "refused"
        case "never":
            return "never"
    if kept.perhaps:
        return "unsure"
    return "offline" if kept.nobody else "asking"


def _number(answer: dict[str, Any]) -> dict[str, Any]:
    forecast = answer.get("forecast") or {}
    ticket = v.RemoteNumber(
        number=answer["number"],
        ahead=answer["ahead"],
        p50_min=forecast.get("p50_min"),
        p90_min=forecast.get("p90_min"),
        issued_at=answer["issued_at"],
    )
    # The office does not know under which address the world sees it; its code is the last part.
    return {"ticket": ticket, "path": "/t/" + answer["follow_url"].rpartition("/")[2]}


def _time(answer: dict[str, Any]) -> dict[str, Any]:
    names = ("code", "at", "check_in_from", "late_after")
    time = v.RemoteTime.model_validate({name: answer[name] for name in names})
    return {"appointment": time, "path": f"/a/{time.code}"}


def _days(answer: dict[str, Any]) -> dict[str, Any]:
    return {"days": [SlotDay.model_validate(day) for day in answer["items"]]}


ANSWERS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    TICKET: _number,
    APPOINTMENT: _time,
    SLOTS: _days,
}
"""How what an office answered is shown, by kind."""
