"""Sets a line of a slip in the typeface that each script needs: Khmer stands among other letters.

Khmer letters are joined and put below each other by a layout engine (raqm, with HarfBuzz and
FriBidi); where Pillow has none of it, slips are Vietnamese.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import fontpkg_be_vietnam_pro
import fontpkg_noto_sans_khmer
from PIL import ImageDraw, ImageFont, features

KHMER = "\u1780-\u17ff\u19e0-\u19ff\u200b"
KHMER_RUN = re.compile(f"([{KHMER}]+(?: +[{KHMER}]+)*)")
KHMER_FILE = fontpkg_noto_sans_khmer.ROOT / "files" / "NotoSansKhmer[wdth,wght].ttf"
WIDTH = 100
WEIGHTS = {"Medium": 500, "SemiBold": 600, "Bold": 700}
Font = ImageFont.FreeTypeFont


def khmer_can_be_set() -> bool:
    """Whether Khmer comes out joined as it is read, and not letter after letter."""
    return bool(features.check("raqm"))


def is_khmer(text: str) -> bool:
    """Whether a text has Khmer letters: their lines need more height."""
    return bool(KHMER_RUN.search(text))


class Letters:
    """One weight and size; `size` is in dots."""

    def __init__(self, weight: str, size: int) -> None:
        self.size = size
        path = fontpkg_be_vietnam_pro.ROOT / "files" / f"BeVietnamPro-{weight}.ttf"
        self._usual = ImageFont.truetype(str(path), size)
        self._weight = weight

    def length(self, text: str) -> float:
        """Width of a line in dots."""
        return sum(font.getlength(run) for run, font in self._runs(text))

    def draw(self, pen: ImageDraw.ImageDraw, x: float, base: float, text: str) -> None:
        """Ink a line from `x` on its base line."""
        for run, font in self._runs(text):
            pen.text((x, base), run, fill=0, font=font, anchor="ls")
            x += font.getlength(run)

    def _runs(self, text: str) -> Iterator[tuple[str, Font]]:
        for run in KHMER_RUN.split(text):
            if run:
                khmer = KHMER_RUN.fullmatch(run)
                yield run, _khmer(self._weight, self.size) if khmer else self._usual


@cache
def letters(weight: str, size: int) -> Letters:
    """The letters of a weight and size, loaded once."""
    return Letters(weight, size)


@cache
def _khmer(weight: str, size: int) -> Font:
    font = ImageFont.truetype(str(KHMER_FILE), size)
    font.set_variation_by_axes([WEIGHTS[weight], WIDTH])
    return font
