"""Draws each script with a typeface that has it: one line may hold Khmer and Vietnamese.

Kivy draws a line with one typeface and joins no Khmer letters unless it is told the script. Here a
line is cut into runs, and each is measured and drawn with the typeface and the script it needs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from kivy.core.text._text_sdl2 import _SurfaceContainer
from kivy.core.text.text_sdl2 import LabelSDL2
from kivy.factory import Factory
from kivy.uix import label as kivy_label

KHMER = "\u1780-\u17ff\u19e0-\u19ff\u200b"
KHMER_RUN = re.compile(f"([{KHMER}]+(?: +[{KHMER}]+)*)")
LATIN_SCRIPT, KHMER_SCRIPT = "Latn", "Khmr"


class ScriptLabel(LabelSDL2):
    """Kivy's own text drawing, run by run; `khmer` is the typeface of the Khmer runs."""

    khmer: ClassVar[str] = ""
    _told: ClassVar[set[str]] = set()

    def get_extents(self, text: str) -> tuple[int, int]:
        """Return width and height of a line in pixels."""
        measure = super().get_extents
        sizes = [self._as(khmer, measure, run) for run, khmer in runs(text)]
        return sum(width for width, _ in sizes), max((height for _, height in sizes), default=0)

    def _render_text(self, text: str, x: int, y: int) -> None:
        draw, measure = super()._render_text, super().get_extents
        for run, khmer in runs(text):
            self._as(khmer, draw, run, x, y)
            x += self._as(khmer, measure, run)[0]

    def _as(self, khmer: bool, act: Callable[..., Any], *what: Any) -> Any:  # noqa: FBT001 - of a run
        if not khmer or not self.khmer:
            return act(*what)
        options = self.options
        before = options["font_name_r"], options["font_script_name"]
        options["font_name_r"], options["font_script_name"] = self.khmer, KHMER_SCRIPT
        try:
            self._tell_script()
            return act(*what)
        finally:
            options["font_name_r"], options["font_script_name"] = before

    def _tell_script(self) -> None:
        """Draw into nothing once: a typeface in a new size learns its script only by drawing."""
        size = self._get_font_id()
        if size not in self._told:
            self._told.add(size)
            _SurfaceContainer(8, 8).render(self, "\u1780", 0, 0)


class KioskLabel(kivy_label.Label):
    """Every text of the screens; once it is empty, nothing of what stood there is kept."""

    def texture_update(self, *largs: Any) -> None:
        """Draw the text; Kivy would keep the lines that it drew before an empty one."""
        super().texture_update(*largs)
        if not self.text.strip():
            self._label._cached_lines = []  # noqa: SLF001 - Kivy has no other way to forget them

    def measure(self) -> None:
        """Draw the text now instead of before the next picture, if anything of it has changed."""
        if self._trigger_texture.is_triggered:
            self._trigger_texture.cancel()
            self.texture_update()

    def _create_label(self) -> None:
        plain = kivy_label.CoreLabel
        kivy_label.CoreLabel = ScriptLabel
        try:
            super()._create_label()
        finally:
            kivy_label.CoreLabel = plain


def runs(text: str) -> Iterator[tuple[str, bool]]:
    """The parts of a text that share a typeface, and whether it is the Khmer one."""
    for part in KHMER_RUN.split(text):
        if part:
            yield part, bool(KHMER_RUN.fullmatch(part))


def use_khmer(path: str) -> None:
    """Make every `Label` of the arrangements able to show Khmer."""
    ScriptLabel.khmer = path
    Factory.unregister("Label")
    Factory.register("Label", cls=KioskLabel)
