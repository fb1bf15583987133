"""How loud the office speaks at which time of the day, and when it is quiet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time


@dataclass(frozen=True, slots=True)
class Span:
    """From a time of day until another, which is no longer in it; may cross midnight."""

    start: time
    end: time

    def holds(self, at: time) -> bool:
        """Whether a time of day lies in it."""
        if self.start <= self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end


@dataclass(frozen=True, slots=True)
class VoiceHours:
    """The volume in percent; the first span that fits wins, quiet before all."""

    usual: int = 80
    volumes: Sequence[tuple[Span, int]] = ()
    quiet: Sequence[Span] = ()

    def times(self, percent: int) -> VoiceHours:
        """The same hours at a part of the volume, for one room."""
        return VoiceHours(
            self.usual * percent // 100,
            [(span, volume * percent // 100) for span, volume in self.volumes],
            self.quiet,
        )

    def percent(self, at: time) -> int:
        """The volume at a time of day; 0 means that nothing is said."""
        if any(span.holds(at) for span in self.quiet):
            return 0
        return next((percent for span, percent in self.volumes if span.holds(at)), self.usual)
