"""A city sets catalogue and targets for its offices: checked, numbered, and who has which."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from queue_server.config.catalogue_sheet import SheetFault, read_sheet, sheet_of
from queue_server.contracts.views import Words
from queue_server.domain.office import ZONE
from queue_server.hub.contracts.handed_versions import LONGEST_SHEET, too_long
from queue_server.hub.use_cases.handed_table import services_in

TIME = "%Y-%m-%d %H:%M"
SHOWN = 3


@dataclass(frozen=True, slots=True)
class Aim:
    """For whom: the offices of a province, those that are named, or all that are listed."""

    province: str | None = None
    offices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OfficeHas:
    """Where an office is: the version it should have, the one it said it has, or why not.

    `since` is when it first said so. `nobody`: at the last try nobody listened there. `answer` is
    what it said last, with the places where it has something of its own.
    """

    office: str
    wanted: int
    state: str
    has: int | None = None
    since: datetime | None = None
    tries: int = 0
    nobody: bool = False
    answer: Mapping[str, Any] | None = None
    words: Words | None = None


class Versions(Protocol):
    """Where versions are kept. Every method may raise `CityStoreAway`."""

    async def publish(
        self, kind: str, body: Mapping[str, Any], by: str, aim: Aim, at: datetime
    ) -> tuple[int, int]:
        """Keep a new version; its number, higher than any before, and how many offices it is for.

        Raises:
            LookupError: an office that is named is not listed, or there is none.
        """
        ...

    async def spread(self, at: datetime) -> None:
        """Give offices that were listed since the newest version that is for them."""
        ...

    async def state(self, kind: str) -> Sequence[OfficeHas]:
        """Every office for which there is a version, by id."""
        ...


class HandVersions:
    """What the command line asks."""

    def __init__(self, versions: Versions, now: Callable[[], datetime]) -> None:
        self._versions = versions
        self._now = now

    async def publish(
        self, kind: str, body: Mapping[str, Any], by: str, aim: Aim
    ) -> tuple[int, int]:
        """Hand down what was checked; number and count of offices.

        Raises:
            LookupError, CityStoreAway: nothing was kept, nothing is sent.
        """
        return await self._versions.publish(kind, body, by, aim, self._now())

    async def state(self, kind: str) -> list[str]:
        """A line for each office."""
        return [state_line(one) for one in await self._versions.state(kind)]


def checked_sheet(text: str) -> tuple[str, Collection[SheetFault]]:
    """The sheet as it is sent, or everything that is wrong with it."""
    entries, faults = read_sheet(text, services_in(text))
    if faults:
        return "", faults
    sheet = sheet_of(entries)
    if too_long(sheet):
        reason = f"longer than the {LONGEST_SHEET} bytes that an office takes"
        return "", (SheetFault(sheet.count("\n"), "–", reason),)
    return sheet, ()


def state_line(one: OfficeHas) -> str:
    """What a person reads: the version, since when, what is other, or why it has not come."""
    if one.has is None:
        has = "has none"
    else:
        since = "" if one.since is None else f" since {one.since.astimezone(ZONE):{TIME}}"
        has = f"has version {one.has}{since}"
    return f"{one.office}: {has}{_why_not(one)}{_own_hand(one)}"


def _why_not(one: OfficeHas) -> str:
    if one.state == "has":
        if one.has is not None and one.has > one.wanted:
            return f", newer than the hub's {one.wanted}; publish again"
        return ""
    why = f"; version {one.wanted} "
    if one.state == "refused" and one.words is not None:
        return f"{why}was refused there: {one.words.en}"
    if not one.tries:
        return f"{why}is on its way"
    said = "nobody listens there" if one.nobody else "no answer came"
    return f"{why}is sent again and again, {one.tries} so far: {said}"


def _own_hand(one: OfficeHas) -> str:
    if one.answer is None:
        return ""
    restart = "; holds from the next start of its server" if one.answer.get("restart_due") else ""
    differ = int(one.answer.get("differ", 0))
    if not differ:
        return restart
    places = [
        f"{place['where']} city {place['city']}, office {place['office']}"
        for place in one.answer["differing"][:SHOWN]
    ]
    more = "; …" if differ > SHOWN else ""
    return f"{restart}; kept by its own hand in {differ}: {'; '.join(places)}{more}"
