"""`[brand]` of `motcua.toml`: two colours of the office, and who signs its reports where."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from queue_server.config.section import Section

Colour = Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$")]
PAPER, DARK_PAPER = "#FFFFFF", "#10181F"
LEAST_CONTRAST = 4.5
"""WCAG 2.2, 1.4.3: text against its ground; a button has the ground's colour as its text."""


class BrandSection(Section):
    """Buttons, headings and papers; every other colour stays, it was chosen for its contrast.

    `place` and the signer stand at the end of a printed report; empty ones stay dots to write on.
    """

    colour: Colour = "#0B5A4A"
    colour_dark: Colour = Field("#5CC2A8", description="The same on a dark ground")
    place: str = Field("", max_length=60, description="Where reports are signed")
    signer_vi: str = Field("", max_length=80, description="Title of who signs, Vietnamese")
    signer_en: str = Field("", max_length=80, description="The same in English")
    signer_name: str = Field("", max_length=80, description="Name under the signature")

    @model_validator(mode="after")
    def _can_be_read(self) -> BrandSection:
        for name, colour, paper in (
            ("colour", self.colour, PAPER),
            ("colour_dark", self.colour_dark, DARK_PAPER),
        ):
            found = contrast(colour, paper)
            if found < LEAST_CONTRAST:
                raise ValueError(
                    f"màu {colour} trên nền {paper} có độ tương phản {found:.1f}:1, cần ít nhất "
                    f"{LEAST_CONTRAST}:1 để đọc được / "
                    f"{name} {colour} on {paper} has a contrast of {found:.1f}:1, "
                    f"at least {LEAST_CONTRAST}:1 can be read"
                )
        return self


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - the formula's own numbers
