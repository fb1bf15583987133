"""A call that is to be spoken, and what the board says about it meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.domain.words import Words

STILL_NEWS_S = 30.0
"""A call this old is said although only the board told of it; an older one only confuses."""


@dataclass(frozen=True, slots=True)
class SpokenCall:
    """One call of the server; `seq` is the number of its event, which names it for good."""

    seq: int
    number: str
    counter: int
    language: str
    speech: Words


@dataclass(frozen=True, slots=True)
class OfficeNow:
    """What the board says after event `seq`.

    `called` has the number that each counter has called and that has not come yet, None where
    there is none. `calls` has the events of the last calls, `recent` those calls, newest first,
    that are news still.
    """

    seq: int
    called: Mapping[int, str | None]
    calls: frozenset[int]
    recent: tuple[SpokenCall, ...] = ()

    def ended(self, call: SpokenCall) -> bool:
        """Whether the call was undone, or its citizen has come, gone or been sent elsewhere."""
        if self.seq < call.seq or call.counter not in self.called:
            return False
        return self.called[call.counter] != call.number
