"""The city's offices as they are now: a view over events, made anew at each start."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, Protocol

from queue_server.contracts.views import BoardTargets, Words
from queue_server.hub.contracts.city_views import CityView, LineNow, OfficeInCity, OfficeLines
from queue_server.hub.domain.clock_off import is_wrong
from queue_server.hub.domain.office_today import Happened, LineForecast, OfficeToday

State = Literal["open", "closed", "never", "linked", "away", "clock", "set_aside"]
NOT_KNOWN = {"waiting": 0, "counters_open": 0, "p50_min": None, "p90_min": None}
BELIEVED = frozenset({"open", "closed", "clock"})


@dataclass(frozen=True, slots=True)
class Listed:
    """An office as registered at the hub.

    `agency` is whose online target it has, `area` the part of the city it serves.
    """

    id: str
    province: str
    name: Words
    latitude: float | None = None
    longitude: float | None = None
    url: str | None = None
    agency: str | None = None
    area: str | None = None


@dataclass(frozen=True, slots=True)
class Sending:
    """How far the hub is with an office; `redo` counts events that came late."""

    office: str
    newest: int
    redo: int
    clock_off_s: float
    set_aside: int


@dataclass(frozen=True, slots=True)
class Contact:
    """When an office answered the hub last; `away`: it does so no longer."""

    heard_at: datetime | None
    away: bool


@dataclass(frozen=True, slots=True)
class Changes:
    """What the database has that it had not at an earlier `mark`; some may come twice."""

    mark: int
    listed: Sequence[Listed]
    sending: Sequence[Sending]


class CityReader(Protocol):
    """Reading the hub's database. Every method may raise `CityStoreAway`."""

    async def changes(self, after: int) -> Changes:
        """What was committed since the mark that the last answer gave; 0: everything."""
        ...

    async def since(self, after: Mapping[str, int]) -> Mapping[str, Sequence[Happened]]:
        """The events of these offices after these numbers, of the last days, in order."""
        ...

    async def why_set_aside(self) -> Mapping[str, Words]:
        """The open explanations by office."""
        ...


class CityBoard:
    """One task refreshes it; whoever asks gets what it knows."""

    def __init__(
        self,
        reader: CityReader,
        new_forecast: Callable[[], LineForecast],
        run: str,
        targets: BoardTargets,
    ) -> None:
        self._reader = reader
        self._new_forecast = new_forecast
        self._run = run
        self._targets = targets
        self._listed: dict[str, Listed] = {}
        self._sending: dict[str, Sending] = {}
        self._today: dict[str, OfficeToday] = {}
        self._why: Mapping[str, Words] = {}
        self._contacts: Mapping[str, Contact] = {}
        self._mark = 0
        self._shown: dict[str, tuple[int, OfficeInCity]] = {}
        self._stale: set[str] = set()
        self.revision = 0

    async def refresh(self) -> int:
        """Bring everything up to date; how many offices look other than before.

        Raises:
            CityStoreAway: it stays as it was.
        """
        found = await self._reader.changes(self._mark)
        self._stale |= {one.id for one in found.listed if self._listed.get(one.id) != one}
        self._listed |= {one.id: one for one in found.listed}
        changed: dict[str, int] = {}
        for one in found.sending:
            before = self._sending.get(one.office)
            if before is None or before.redo != one.redo:
                self._today[one.office] = OfficeToday(self._new_forecast)
            if before != one:
                changed[one.office] = self._today[one.office].seq
            self._sending[one.office] = one
        try:
            if any(self._sending[office].set_aside for office in changed):
                self._why = await self._reader.why_set_aside()
            await self._fold(changed)
        except BaseException:
            # What was not folded must be asked for again.
            for office in changed:
                self._sending.pop(office, None)
            raise
        self._mark = found.mark
        self._stale |= changed.keys()
        return self._show()

    def heard(self, contacts: Mapping[str, Contact]) -> int:
        """Take over who is away, and who is there without an event; how many look other now."""
        both = self._contacts.keys() | contacts.keys()
        self._stale |= {one for one in both if self._contacts.get(one) != contacts.get(one)}
        self._contacts = contacts
        return self._show()

    def view(self, at: datetime, run: str = "", after: int = 0) -> CityView:
        """All offices, or those that changed after a revision of this run."""
        whole = run != self._run or after > self.revision
        least = -1 if whole else after
        offices = [office for revision, office in self._shown.values() if revision > least]
        return CityView(
            at=at,
            run=self._run,
            revision=self.revision,
            whole=whole,
            targets=self._targets,
            offices=offices,
        )

    def listed(self, office: str) -> Listed | None:
        """The office as registered; None where it is unknown."""
        return self._listed.get(office)

    def lines(self, office: str) -> OfficeLines | None:
        """One office with its lines, these empty while it is away; None where it is unknown."""
        shown = self._shown.get(office)
        if shown is None:
            return None
        today = self._today.get(office)
        lines = [] if today is None else [line_now(today, service) for service in today.services]
        if shown[1].state == "away":
            lines = [one.model_copy(update=NOT_KNOWN) for one in lines]
        return OfficeLines(office=shown[1], lines=lines)

    def days(self) -> Iterator[tuple[str, OfficeToday, bool]]:
        """Every shown office with its day, and whether that is how it is there now."""
        for office, today in self._today.items():
            shown = self._shown.get(office)
            if shown is not None:
                yield office, today, shown[1].state in BELIEVED

    async def _fold(self, changed: Mapping[str, int]) -> None:
        if changed:
            for office, events in (await self._reader.since(changed)).items():
                for event in events:
                    self._today[office].take(event)

    def _show(self) -> int:
        """Show anew what is stale: of thousands of offices few have news within a moment."""
        changed = 0
        for listed in (self._listed[office] for office in self._stale & self._listed.keys()):
            office = self._office(listed)
            before = self._shown.get(listed.id)
            if before is None or before[1] != office:
                changed += 1
                self._shown[listed.id] = (self.revision + 1, office)
        self._stale.clear()
        self.revision += bool(changed)
        return changed

    def _office(self, listed: Listed) -> OfficeInCity:
        sending = self._sending.get(listed.id)
        today = self._today.get(listed.id) or OfficeToday(self._new_forecast)
        busiest = max(
            (wait for service in today.services if (wait := today.for_newcomer(service))),
            default=None,
        )
        contact = self._contacts.get(listed.id)
        state, note = self._state(sending, today, contact)
        if state == "away":  # What was true there once is no promise now.
            busiest = None
        mean = today.mean_wait_min()
        return OfficeInCity(
            id=listed.id,
            province=listed.province,
            name=listed.name,
            latitude=listed.latitude,
            longitude=listed.longitude,
            url=listed.url,
            state=state,
            waiting=0 if state == "away" else sum(today.waiting.values()),
            counters_open=0 if state == "away" else len(today.open),
            p50_min=None if busiest is None else round(busiest[0], 1),
            p90_min=None if busiest is None else round(busiest[1], 1),
            mean_wait_min=None if mean is None else round(mean, 1),
            called=today.called,
            sessions=today.sessions,
            event_at=today.at,
            note=note,
            away_since=contact.heard_at if contact and contact.away else None,
        )

    def _state(
        self, sending: Sending | None, today: OfficeToday, contact: Contact | None
    ) -> tuple[State, Words | None]:
        if sending is None or not sending.newest:
            there = contact is not None and contact.heard_at is not None and not contact.away
            return ("linked" if there else "never"), None
        if sending.set_aside:
            return "set_aside", self._why.get(sending.office)
        if contact is not None and contact.away and today.open:
            return "away", None
        if is_wrong(timedelta(seconds=sending.clock_off_s)):
            return "clock", _clock_words(sending.clock_off_s)
        return ("open" if today.open else "closed"), None


def _clock_words(off_s: float) -> Words:
    minutes = round(abs(off_s) / 60)
    vi, en = ("nhanh", "fast") if off_s > 0 else ("chậm", "slow")
    return Words(
        vi=f"Đồng hồ của nơi này {vi} {minutes} phút: hãy chỉnh lại giờ. Thời gian chờ vẫn đúng.",
        en=f"This office's clock is {minutes} minutes {en}: set it right. Waits still hold.",
    )


def line_now(today: OfficeToday, service: str) -> LineNow:
    """One service's line of an office."""
    vi, en = today.services[service]
    wait = today.for_newcomer(service)
    return LineNow(
        service=service,
        name=Words(vi=vi, en=en),
        waiting=today.waiting.get(service, 0),
        counters_open=today.counters(service),
        p50_min=None if wait is None else round(wait[0], 1),
        p90_min=None if wait is None else round(wait[1], 1),
    )
