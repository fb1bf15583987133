"""A clerk's key presses go to the server one after another, and the sign shows what came of it.

Only one press is on its way at a time, so their order holds. Each lives five seconds from the
finger: until then it is sent again whenever the link returns, under the same id, so the server
carries it out once. After that it is given up where the clerk sees it: a call that comes out of
nowhere a minute later is worse than pressing again. A press that the server has not answered at
once is seen on the sign within a tenth of a second, so nobody wonders whether the key was felt.

All times are seconds of one monotonic clock, given by the caller.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kiosk.domain.counter_sign import REMARK_TEXTS, CounterFacts, Remark, sign_text
from kiosk.domain.keypad_line import KeyStroke
from kiosk.use_cases.ports import Press

KEEP_S = 5.0
REMARK_S = 2.0
FEEDBACK_S = 0.08
MOST_WAITING = 8


@dataclass(slots=True)
class _Waiting:
    seq: int
    stroke: KeyStroke
    pressed_at: float
    sent: bool = False


class OperateCounter:
    """The rules of one counter's keypad and sign; not safe for several threads."""

    def __init__(
        self,
        boot: str,
        send: Callable[[Press], bool],
        show: Callable[[str], None],
        *,
        texts: Mapping[Remark, str] = REMARK_TEXTS,
    ) -> None:
        """Start with nothing pressed and no link.

        Args:
            boot: new for every start of this device, as `seq` begins at 1 again.
            send: `CounterLink.send`.
            show: puts a text on the sign; called only when it changes.
            texts: what stands on the sign for each remark.
        """
        self._boot = boot
        self._send = send
        self._show = show
        self._texts = texts
        self._line: deque[_Waiting] = deque()
        self._seq = 0
        self._linked = False
        self._kept = False
        self._facts: CounterFacts | None = None
        self._remark: Remark | None = None
        self._remark_until = -math.inf
        self._shown: str | None = None

    def key(self, stroke: KeyStroke, now: float) -> None:
        """A key was pressed."""
        if len(self._line) >= MOST_WAITING:
            self._say(Remark.SERVER_AWAY, now)
        else:
            self._seq += 1
            self._line.append(_Waiting(self._seq, stroke, now))
        self.tick(now)

    def link(self, *, up: bool, now: float) -> None:
        """The link to the server came or went; what was on its way is sent again."""
        self._linked = up
        for press in self._line:
            press.sent = False
        self.tick(now)

    def facts(self, facts: CounterFacts, now: float) -> None:
        """The server said how the counter is, perhaps in answer to a press."""
        self._facts = facts
        if self._line and facts.answers == f"{self._boot}-{self._line[0].seq}":
            self._line.popleft()
            self._remark = None
            if facts.remark is not None:
                self._say(facts.remark, now)
        self.tick(now)

    def tick(self, now: float) -> None:
        """Do what is due: give up old presses, send the next one, paint the sign."""
        while self._line and now >= self._line[0].pressed_at + KEEP_S:
            self._line.popleft()
            self._say(Remark.SERVER_AWAY, now)
        if now >= self._remark_until:
            self._remark = None
        self._send_first(now)
        self._kept = bool(self._line) and now >= self._line[0].pressed_at + FEEDBACK_S
        self._paint()

    def due_at(self) -> float:
        """When `tick` must be called at the latest; infinite when nothing is pending."""
        unanswered = math.inf
        if self._line:
            wait_s = KEEP_S if self._kept else FEEDBACK_S
            unanswered = self._line[0].pressed_at + wait_s
        return min(unanswered, self._remark_until if self._remark else math.inf)

    def _send_first(self, now: float) -> None:
        if not self._linked or not self._line or self._line[0].sent:
            return
        first = self._line[0]
        age_ms = max(0, round((now - first.pressed_at) * 1000))
        first.sent = self._send(Press(self._boot, first.seq, first.stroke, age_ms))

    def _say(self, remark: Remark, now: float) -> None:
        self._remark = remark
        self._remark_until = now + REMARK_S

    def _paint(self) -> None:
        if self._remark is not None:
            text = self._texts[self._remark]
        elif self._kept:
            text = self._texts[Remark.KEPT]
        else:
            text = sign_text(self._facts, linked=self._linked, texts=self._texts)
        if text != self._shown:
            self._shown = text
            self._show(text)
