"""Where the office stands on the map, and which other offices are shown beside it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from queue_server.config.section import Id, Section

Latitude = Annotated[float, Field(ge=-90, le=90)]
Longitude = Annotated[float, Field(ge=-180, le=180)]


class NeighbourSection(Section):
    """Another office: its server is asked for what everybody may see."""

    id: Id
    name_vi: str
    name_en: str
    latitude: Latitude
    longitude: Longitude
    url: str = Field(pattern=r"^https?://[^\s/?#]+$", description="Where its server answers")


class MapSection(Section):
    """Degrees, WGS 84."""

    latitude: Latitude | None = None
    longitude: Longitude | None = None
    neighbours: tuple[NeighbourSection, ...] = ()
