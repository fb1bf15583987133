"""What a scanned page must be: what was measured of it, judged against named limits.

The limits were set on made-up scenes (`tests/fakes/paper_scenes.py`), not on an office's own
camera; `tests/unit/test_pages_found.py` holds them to those scenes.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from statistics import correlation

MOST_PAGES = 40
"""Pages of one paper; a thicker one is brought to the counter."""
LEAST_AREA = 0.18
"""Share of the picture that the page must fill, else its letters are too small to read."""
LEAST_WIDTH = 640
"""Pixels over the width of a page: about 75 to the inch of A4, the fewest that a person reads."""
LEAST_SHARPNESS = 0.30
LEAST_LIGHT = 0.32
MOST_LIGHT = 0.992
MOST_GLARE = 0.012
LEAST_INK = 0.0012
LEAST_ALIKE = 0.97
"""Two pages whose ink is spread with at least this correlation are the same page."""


class Side(StrEnum):
    """An edge of the picture beyond which a page may lie."""

    TOP = "top"
    RIGHT = "right"
    BOTTOM = "bottom"
    LEFT = "left"


class Advice(StrEnum):
    """What to do about a page; the screens have the words."""

    NO_PAGE = "no_page"
    CUT = "cut"
    TOO_SMALL = "too_small"
    BLURRED = "blurred"
    TOO_DARK = "too_dark"
    TOO_BRIGHT = "too_bright"
    GLARE = "glare"
    BLANK = "blank"
    SAME_AGAIN = "same_again"


USELESS = frozenset({Advice.BLANK})
"""With this a page is not kept at all: nobody can work with it."""


@dataclass(frozen=True, slots=True)
class PageLook:
    """What was measured of one page.

    Shares lie between 0 and 1. `area`: share of the picture that it fills. `width`, `height`:
    pixels that the camera really saw of it. `cut`: the sides where it leaves the picture.
    `sharpness`: steepness of its edges, 1 for a step within one pixel. `light`: brightness of the
    bare paper. `glare`: share that reflects. `ink`: share that is written on. `ink_map`: how
    much ink is in which field, row by row, the same number of fields for every page.
    """

    area: float
    width: float
    height: float
    cut: tuple[Side, ...]
    sharpness: float
    light: float
    glare: float
    ink: float
    ink_map: bytes


def judged(look: PageLook | None, before: tuple[PageLook, ...] = ()) -> tuple[Advice, ...]:
    """What to do better, the gravest first; nothing where the page is good.

    Args:
        look: the page; None where none was found.
        before: the pages of the dossier that were kept already.
    """
    if look is None:
        return (Advice.NO_PAGE,)
    blank = look.ink < LEAST_INK
    found = {
        Advice.CUT: bool(look.cut),
        Advice.TOO_SMALL: look.area < LEAST_AREA or look.width < LEAST_WIDTH,
        Advice.TOO_DARK: look.light < LEAST_LIGHT,
        Advice.TOO_BRIGHT: look.light > MOST_LIGHT,
        Advice.GLARE: look.glare > MOST_GLARE,
        Advice.BLANK: blank,
        # Nothing on a blank page has edges that could be sharp, and all blank pages are alike.
        Advice.BLURRED: not blank and look.sharpness < LEAST_SHARPNESS,
        Advice.SAME_AGAIN: not blank and any(alike(look, one) for one in before),
    }
    return tuple(advice for advice, holds in found.items() if holds)


def alike(one: PageLook, other: PageLook) -> bool:
    """Whether two pages look like the same one."""
    if len(set(one.ink_map)) == 1 or len(set(other.ink_map)) == 1:
        return one.ink_map == other.ink_map
    return correlation(one.ink_map, other.ink_map) >= LEAST_ALIKE
