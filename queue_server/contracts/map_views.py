"""Offices on a map with their waits: nothing here that their public displays do not show."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from queue_server.contracts.satisfaction_views import SmileShare
from queue_server.contracts.smile_windows import LEAST_PEOPLE
from queue_server.contracts.views import BoardTargets, View, Words


class OfficeSmile(SmileShare):
    """The smile index of an office today; `words` must stand wherever it is shown.

    One about fewer than ten people is no view of ours: whoever sends it is not shown at all.
    """

    n: int = Field(ge=LEAST_PEOPLE)
    words: Words


class OfficeWait(View):
    """`GET /office`: what everybody may know of one office now; minutes, None while unknown.

    `forecast_min` is the median wait of a newcomer in the busiest line that has a counter open;
    `smile` is None without a camera and until one window of the day is full.
    """

    id: str
    name: Words
    at: datetime
    waiting: int
    mean_wait_min: float | None
    forecast_min: float | None
    counters_open: int
    smile: OfficeSmile | None = None
    training: bool = False


class OfficeOnMap(View):
    """One office; `wait` is None where it was never heard, `link` says whether it is heard now."""

    id: str
    name: Words
    latitude: float | None
    longitude: float | None
    link: Literal["own", "live", "silent"]
    wait: OfficeWait | None


class OfficesView(View):
    """`GET /offices`: the own office first, then the others by id."""

    at: datetime
    targets: BoardTargets
    offices: list[OfficeOnMap]


class GeoFeature(View):
    """A point of RFC 7946; longitude before latitude."""

    type: Literal["Feature"] = "Feature"
    id: str
    geometry: dict[str, Any]
    properties: dict[str, Any]


class GeoOffices(View):
    """`GET /offices.geojson`: the offices that have a place."""

    type: Literal["FeatureCollection"] = "FeatureCollection"
    features: list[GeoFeature]
