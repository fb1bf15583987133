"""Which calls of the office were heard: a repeated delivery is told apart, a lost one is noticed.

The `seq` of calls counts every event of the office, so a jump between two calls means nothing by
itself. The board names the events of the last calls: one of them that was never heard was lost, for
example because the broker was started again in that moment. While it is news, it is said after all.
"""

from __future__ import annotations

from collections import deque

from kiosk.domain.spoken_call import OfficeNow, SpokenCall

REMEMBERED = 256


class CallLedger:
    """Remembers the last calls of one connection after the other."""

    def __init__(self) -> None:
        # With number and counter: a store put back from a backup counts its events once more.
        self._heard: deque[tuple[int, str, int]] = deque(maxlen=REMEMBERED)
        self._named: deque[int] = deque(maxlen=REMEMBERED)
        self._fresh_link = True
        self._first_board = True

    def link(self) -> None:
        """The connection was made anew: what was called meanwhile is not asked for."""
        self._fresh_link = True

    def catch_up(self, office: OfficeNow) -> list[SpokenCall]:
        """Calls that never arrived, still hold and are news still, oldest first.

        What was called before this program started is not said again by it.
        """
        unheard = [
            call
            for call in reversed(office.recent)
            if _mark(call) not in self._heard and not office.ended(call)
        ]
        if self._first_board:
            self._first_board = False
            self._heard.extend(_mark(call) for call in unheard)
            return []
        return unheard

    def hear(self, call: SpokenCall) -> bool:
        """Whether this call was not heard before."""
        mark = _mark(call)
        if mark in self._heard:
            return False
        self._heard.append(mark)
        return True

    def missed(self, office: OfficeNow) -> list[int]:
        """Events of calls that the board has and that never arrived here; each is named once."""
        heard = {seq for seq, _, _ in self._heard}
        unknown = sorted(office.calls - heard - set(self._named))
        self._named.extend(unknown)
        if self._fresh_link:
            self._fresh_link = False
            return []
        return unknown


def _mark(call: SpokenCall) -> tuple[int, str, int]:
    return call.seq, call.number, call.counter
