"""The glass of a touch screen: what a finger needs on it, and what there is room for.

Sizes are in pixels unless they say otherwise; a glass is upright when it is higher than wide.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot

FINGER_MM, MM_PER_INCH = 20, 25.4
PORTRAIT_INCH, LANDSCAPE_INCH = 27.0, 15.6
"""Diagonals of the usual screens, for a configuration that says none."""
FINGERS_UPRIGHT, FINGERS_ACROSS = 13.35, 16.7
"""So many fingers have room side by side: the widest row of keys is what needs most of it."""


@dataclass(frozen=True, slots=True)
class Glass:
    """What is drawn on, with the diagonal that its maker names."""

    width: float
    height: float
    inch: float

    @classmethod
    def of(cls, width: float, height: float, inch: float | None) -> Glass:
        """Return the glass of these pixels; None takes the usual diagonal of its orientation."""
        return cls(width, height, inch or (PORTRAIT_INCH if height > width else LANDSCAPE_INCH))

    @property
    def finger(self) -> float:
        """The least side of whatever is touched."""
        return self.finger_mm * self._px_per_mm

    @property
    def finger_mm(self) -> float:
        """20 mm, or what the width has room for: larger targets would leave the screen."""
        return min(FINGER_MM, self._width_mm / self._fingers)

    @property
    def trouble(self) -> str:
        """What staff should know of it; empty where every target has its 20 mm."""
        if self.finger_mm >= FINGER_MM:
            return ""
        needs_mm = FINGER_MM * self._fingers
        return (
            f"touch targets measure {self.finger_mm:.0f} mm, not {FINGER_MM}: the glass is "
            f"{self._width_mm:.0f} mm wide and {FINGER_MM} mm need {needs_mm:.0f}"
        )

    @property
    def _fingers(self) -> float:
        return FINGERS_UPRIGHT if self.height > self.width else FINGERS_ACROSS

    @property
    def _px_per_mm(self) -> float:
        return hypot(self.width, self.height) / self.inch / MM_PER_INCH

    @property
    def _width_mm(self) -> float:
        return self.width / self._px_per_mm
