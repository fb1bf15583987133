"""Says where the program failed without what it held: a message may carry what somebody typed."""

from __future__ import annotations

import traceback
from pathlib import Path

from kiosk.domain.words import Words

DEEPEST = 3
UNEXPECTED = Words(
    "Máy gặp lỗi, đã ghi lại cho cán bộ",
    "An error in this kiosk; it was noted",
    "ម៉ាស៊ីនមានបញ្ហា បានកត់ត្រា ជូនមន្ត្រីហើយ",
)
"""What the citizen reads instead."""


def place_of(error: BaseException) -> str:
    """The kind of the error and the last lines of code it came through."""
    frames = traceback.extract_tb(error.__traceback__)[-DEEPEST:]
    way = " < ".join(f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in reversed(frames))
    return f"{type(error).__name__} at {way or 'an unknown place'}"


class Failures:
    """Counts failures within a while; too many of them mean that only a restart helps."""

    MANY, WITHIN_S = 3, 60.0

    def __init__(self) -> None:
        self._at_s: list[float] = []

    def note(self, at_s: float) -> bool:
        """Count one more; True when these are too many."""
        self._at_s = [at for at in self._at_s if at_s - at < self.WITHIN_S] + [at_s]
        return len(self._at_s) >= self.MANY
