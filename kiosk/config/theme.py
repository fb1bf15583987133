"""The part of the theme file that the kiosk draws with; other surfaces read the rest."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Colour = Annotated[str, Field(pattern="^#[0-9A-Fa-f]{6}$")]
Size = Annotated[float, Field(gt=0)]


class _Part(BaseModel):
    # Not strict: the file also serves displays and paper, whose keys are not ours to judge.
    model_config = ConfigDict(extra="ignore", frozen=True)


class Brand(_Part):
    """Whose kiosk it is; `logo` is a picture beside the theme file, empty for the name alone."""

    name: str
    logo: str = ""


class Palette(_Part):
    """Colours by role; a state is never a colour alone."""

    ink: Colour
    paper: Colour
    quiet_ink: Colour
    quiet_paper: Colour
    line: Colour
    edge: Colour
    brand: Colour
    on_brand: Colour
    on_target: Colour
    near_limit: Colour
    over_limit: Colour
    called_ink: Colour
    called_paper: Colour
    focus: Colour = "#0050C8"


class TypeSizes(_Part):
    """Letter sizes in pixels at the kiosk's design size, 1080 × 1920."""

    kiosk_body: Size
    kiosk_body_large: Size
    kiosk_number: Size


class Space(_Part):
    """The grid step in pixels at the design size."""

    step: Size


class Theme(_Part):
    """One look of one office."""

    brand: Brand
    light: Palette
    dark: Palette
    contrast: Palette
    type: TypeSizes
    space: Space


def default_theme_path() -> Path:
    """Return the shipped theme; `firmware_configs` lies beside `kiosk` in check-out and wheel."""
    return Path(__file__).parents[2] / "firmware_configs" / "theme" / "default.toml"


def in_colours(theme: Theme, light: str, dark: str) -> Theme:
    """The theme in the office's colours; who needs contrast keeps the theme's own."""
    return theme.model_copy(
        update={
            "light": theme.light.model_copy(update={"brand": light}),
            "dark": theme.dark.model_copy(update={"brand": dark}),
        }
    )
