"""The city's offices as they are now: a view over events, made anew at each start."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, Protocol

from queue_server.contracts.views import BoardTargets, Words
from queue_server.hub.contracts.city_views import CityView, LineNow, OfficeInCity, OfficeLines
from queue_server.hub.domain.clock_off import is_wrong
from queue_server.hub.domain.office_today import Happened, LineForecast, OfficeToday

State = Literal["open", "closed", "never", "clock", "set_aside"]


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


class CityReader(Protocol):
    """Reading the hub's database. Every method may raise `CityStoreAway`."""

    async def listed(self) -> Sequence[Listed]:
        """All offices that are registered."""
        ...

    async def sending(self) -> Sequence[Sending]:
        """How far it is with each office."""
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
        self._shown: dict[str, tuple[int, OfficeInCity]] = {}
        self._stale: set[str] = set()
        self.revision = 0

    async def refresh(self) -> int:
        """Bring everything up to date; how many offices look other than before.

        Raises:
            CityStoreAway: it stays as it was.
        """
        listed = {one.id: one for one in await self._reader.listed()}
        self._stale |= {one.id for one in listed.values() if self._listed.get(one.id) != one}
        self._listed = listed
        changed: dict[str, int] = {}
        for one in await self._reader.sending():
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
        self._stale |= changed.keys()
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
        """One office with its lines; None where it is unknown."""
        shown = self._shown.get(office)
        if shown is None:
            return None
        today = self._today.get(office)
        lines = [] if today is None else [_line(today, service) for service in today.services]
        return OfficeLines(office=shown[1], lines=lines)

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
        state, note = self._state(sending, today)
        mean = today.mean_wait_min()
        return OfficeInCity(
            id=listed.id,
            province=listed.province,
            name=listed.name,
            latitude=listed.latitude,
            longitude=listed.longitude,
            url=listed.url,
            state=state,
            waiting=sum(today.waiting.values()),
            counters_open=len(today.open),
            p50_min=None if busiest is None else round(busiest[0], 1),
            p90_min=None if busiest is None else round(busiest[1], 1),
            mean_wait_min=None if mean is None else round(mean, 1),
            called=today.called,
            sessions=today.sessions,
            event_at=today.at,
            note=note,
        )

    def _state(self, sending: Sending | None, today: OfficeToday) -> tuple[State, Words | None]:
        if sending is None or not sending.newest:
            return "never", None
        if sending.set_aside:
            return "set_aside", self._why.get(sending.office)
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


def _line(today: OfficeToday, service: str) -> LineNow:
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
