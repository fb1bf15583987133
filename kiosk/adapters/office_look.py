"""The look that the office chose on its server: name, colours, picture; kept while it is away."""

from __future__ import annotations

import logging
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kiosk.adapters.http_gateway import HttpTicketGateway
from kiosk.adapters.whole_file import put_whole
from kiosk.config.theme import Colour, Theme, in_colours
from kiosk.domain.words import Words
from kiosk.use_cases.ports import GatewayError

log = logging.getLogger(__name__)

LOOK, LOGO = "look.json", "logo-{}.png"


class OfficeName(BaseModel):
    """In both languages."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    vi: str
    en: str


class OfficeLook(BaseModel):
    """As `GET /brand` gives it; `logo` is the digest of the picture, empty where there is none."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    office: OfficeName
    colour: Colour
    colour_dark: Colour
    logo: str = Field(pattern="^([0-9a-f]{64})?$")

    @property
    def name(self) -> Words:
        """The office's name."""
        return Words(self.office.vi, self.office.en)

    def on(self, theme: Theme) -> Theme:
        """The theme in the office's colours; who needs contrast keeps the theme's own."""
        return in_colours(theme, self.colour, self.colour_dark)


def office_look(gateway: HttpTicketGateway, folder: Path) -> tuple[OfficeLook, str] | None:
    """The look and the path of its picture ("" for none), fresh or as kept; None: never heard."""
    try:
        look, kept = _read(gateway.ask("GET", "/brand", None, None)), _kept(folder)
        if kept is not None and kept[0] == look and bool(kept[1]) is bool(look.logo):
            return kept
        picture = folder / LOGO.format(look.logo[:16])
        if look.logo and not picture.exists():
            put_whole(picture, gateway.ask("GET", "/brand/logo", None, None))
        put_whole(folder / LOOK, look.model_dump_json().encode())
    except (GatewayError, ValidationError, OSError) as error:
        log.info("the office's look is the one kept: %s", type(error).__name__)
    return _kept(folder)


def _kept(folder: Path) -> tuple[OfficeLook, str] | None:
    try:
        look = _read((folder / LOOK).read_bytes())
    except (OSError, ValidationError):
        return None
    picture = folder / LOGO.format(look.logo[:16])
    return look, str(picture) if look.logo and picture.exists() else ""


def _read(content: bytes) -> OfficeLook:
    return OfficeLook.model_validate_json(content)
