"""Calls that wait to be spoken: each once, the newest word about a citizen or a counter wins."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.domain.spoken_call import OfficeNow, SpokenCall


@dataclass(frozen=True, slots=True)
class Waiting:
    """A call and when it was heard, in seconds of the caller's clock."""

    call: SpokenCall
    heard_at: float


class CallLine:
    """First in, first spoken; all methods return how many calls they took out of the line."""

    def __init__(self, oldest_s: float) -> None:
        self._oldest_s = oldest_s
        self._line: list[Waiting] = []

    def __len__(self) -> int:
        return len(self._line)

    def add(self, call: SpokenCall, now: float) -> int:
        """A call was heard.

        One that waits for the same citizen gives its place to the new one: a recall, or a call
        to another counter. One that waits for the same counter is over: the counter has gone on.
        """
        newest = Waiting(call, now)
        kept: list[Waiting] = []
        for other in self._line:
            if other.call.number == call.number and newest not in kept:
                kept.append(newest)
            elif not overtakes(call, other.call):
                kept.append(other)
        if newest not in kept:
            kept.append(newest)
        gone = len(self._line) + 1 - len(kept)
        self._line = kept
        return gone

    def give_back(self, waiting: Waiting) -> None:
        """A call that could not be spoken is the next one again, unless a newer one waits."""
        if not any(overtakes(other.call, waiting.call) for other in self._line):
            self._line.insert(0, waiting)

    def end(self, office: OfficeNow) -> int:
        """Take out what the board says is over."""
        return self._keep([one for one in self._line if not office.ended(one.call)])

    def age(self, now: float) -> int:
        """Take out what has waited too long: the citizen has seen the number by now, or is gone."""
        return self._keep([one for one in self._line if now - one.heard_at <= self._oldest_s])

    def clear(self) -> int:
        """Take out all."""
        return self._keep([])

    def take(self) -> Waiting | None:
        """The next call to speak."""
        return self._line.pop(0) if self._line else None

    def _keep(self, kept: list[Waiting]) -> int:
        gone = len(self._line) - len(kept)
        self._line = kept
        return gone


def overtakes(newer: SpokenCall, older: SpokenCall) -> bool:
    """Whether the older call should no longer be spoken once the newer one is known."""
    return newer.number == older.number or newer.counter == older.counter
