"""Offices with their live waits: the own one from its day, others as they say themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from queue_server.contracts.map_views import (
    GeoFeature,
    GeoOffices,
    OfficeOnMap,
    OfficeSmile,
    OfficesView,
    OfficeWait,
)
from queue_server.contracts.smile_windows import LEAST_PEOPLE
from queue_server.contracts.views import BoardTargets, Words
from queue_server.domain.counter_now import CounterState
from queue_server.domain.ticket import TicketState
from queue_server.use_cases.board import Board, Targets
from queue_server.use_cases.live_office import LiveOffice
from queue_server.use_cases.smile_index import SmileIndex

SILENT_AFTER = timedelta(seconds=90)
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Place:
    """An office that is shown; degrees, None where nobody configured them."""

    id: str
    name: Words
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True, slots=True)
class Heard:
    """What another office said of itself, and when that reached us by our own clock."""

    wait: OfficeWait
    heard_at: datetime


class Neighbours(Protocol):
    """The other offices. Never blocks and never raises."""

    def places(self) -> Sequence[Place]:
        """Which there are."""
        ...

    def heard(self) -> Mapping[str, Heard]:
        """The newest word of each that was ever heard."""
        ...


@dataclass(frozen=True, slots=True)
class OfficeMap:
    """Builds the views of the map."""

    live: LiveOffice
    board: Board
    targets: Targets
    own: Place
    neighbours: Neighbours
    smiles: SmileIndex

    def wait(self, at: datetime) -> OfficeWait:
        """The own office, as everybody may see it."""
        services = self.board.services(at)
        with self.live.look() as day:
            figures = self.live.figures
            states = [now.state for now in day.counters.values()]
            training = day.office.training
            waiting = figures.states[TicketState.WAITING]
            mean = figures.all.mean_min()
        served = [one.forecast.p50_min for one in services if one.counters_open and one.forecast]
        return OfficeWait(
            id=self.own.id,
            name=self.own.name,
            at=at,
            waiting=waiting,
            mean_wait_min=None if mean is None else round(mean, 1),
            forecast_min=max(served, default=None),
            counters_open=states.count(CounterState.OPEN),
            smile=self._smile(at),
            training=training,
        )

    def _smile(self, at: datetime) -> OfficeSmile | None:
        """Whole windows only, each of ten people or more: what changes is never about fewer."""
        index = self.smiles.view(at)
        if index.today is None or index.today.n < LEAST_PEOPLE:
            return None
        return OfficeSmile(words=index.words, **index.today.model_dump())

    def view(self, at: datetime) -> OfficesView:
        """All offices."""
        heard = self.neighbours.heard()
        others = [self._other(place, heard.get(place.id), at) for place in self.neighbours.places()]
        others.sort(key=lambda office: office.id)
        own = OfficeOnMap(
            id=self.own.id,
            name=self.own.name,
            latitude=self.own.latitude,
            longitude=self.own.longitude,
            link="own",
            wait=self.wait(at),
        )
        return OfficesView(
            at=at,
            targets=BoardTargets(good_min=self.targets.good_min, limit_min=self.targets.limit_min),
            offices=[own, *others],
        )

    def geojson(self, at: datetime) -> GeoOffices:
        """The offices that have a place, as RFC 7946 wants it."""
        return GeoOffices(
            features=[
                GeoFeature(
                    id=office.id,
                    geometry={
                        "type": "Point",
                        "coordinates": [office.longitude, office.latitude],
                    },
                    properties={
                        "name": office.name.model_dump(),
                        "link": office.link,
                        "wait": office.wait.model_dump(mode="json") if office.wait else None,
                    },
                )
                for office in self.view(at).offices
                if office.latitude is not None and office.longitude is not None
            ]
        )

    @staticmethod
    def _other(place: Place, heard: Heard | None, at: datetime) -> OfficeOnMap:
        live = heard is not None and at - heard.heard_at <= SILENT_AFTER
        return OfficeOnMap(
            id=place.id,
            name=place.name,
            latitude=place.latitude,
            longitude=place.longitude,
            link="live" if live else "silent",
            wait=heard.wait if heard else None,
        )
