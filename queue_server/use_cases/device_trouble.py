"""What the server itself finds wrong with a device: a stuck key, endless restarts, one login twice.

A device cannot always tell: a keypad that repeats its key believes that somebody presses it, and
one that starts again and again never lives to count its starts. Whoever hears it can.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

STUCK_AFTER = 8
STUCK_GAP_S = 1.0
FREE_AFTER_S = 3.0
"""Eight times the same key, each within a second of the one before, is no finger; three seconds
without it, and it is free. A clerk who hammers on a key is told so and waits these seconds."""

RESTARTS = 4
LOOKED_BACK_S = 120.0
"""Four starts within two minutes are a bad power supply, not somebody who plugs a device in."""

BOOTS_KEPT = 16

STUCK_VI = "Phím {} bị kẹt, đã bỏ qua; gỡ vật đè hoặc đổi bàn phím"
STUCK_EN = "key {} is stuck and ignored; free it or change the keypad"
RESTARTING = "Khởi động lại liên tục, xem nguồn điện / keeps restarting, check its power"
SHARED = "Hai máy dùng chung một tài khoản / two machines use this login"


@dataclass(slots=True)
class _Heard:
    """What one device did lately."""

    stroke: str = ""
    times: int = 0
    at_s: float = 0.0
    stuck: dict[str, float] = field(default_factory=dict)
    boots: deque[tuple[str, float]] = field(default_factory=lambda: deque(maxlen=BOOTS_KEPT))
    shared_at_s: float | None = None


class DeviceTrouble:
    """Judges devices by what they send; `now_s` is a clock that may run fast, but not backwards."""

    def __init__(self, now_s: Callable[[], float]) -> None:
        self._now_s = now_s
        self._heard: dict[str, _Heard] = {}

    def stuck(self, device: str, stroke: str) -> bool:
        """Take a new key press over; True when no finger presses like that: do not obey it.

        Other keys of the same device are obeyed meanwhile.
        """
        heard, now_s = self._of(device), self._now_s()
        again = stroke == heard.stroke and now_s - heard.at_s <= STUCK_GAP_S
        heard.times = heard.times + 1 if again else 1
        heard.stroke, heard.at_s = stroke, now_s
        self._let_go(heard)
        if heard.times >= STUCK_AFTER or stroke in heard.stuck:
            heard.stuck[stroke] = now_s
            return True
        return False

    def born(self, device: str, boot: str) -> None:
        """A device said which start of it this is; the same start may be said again and again."""
        heard, now_s = self._of(device), self._now_s()
        if not boot or (heard.boots and heard.boots[-1][0] == boot):
            return
        if any(boot == earlier for earlier, _ in heard.boots):
            # No device goes back to an earlier start of its own: there are two of them.
            heard.shared_at_s = now_s
        heard.boots.append((boot, now_s))

    def words(self, device: str) -> list[str]:
        """What is wrong with it now, Vietnamese and English, one sentence each."""
        heard = self._heard.get(device)
        if heard is None:
            return []
        self._let_go(heard)
        since_s = self._now_s() - LOOKED_BACK_S
        said = [f"{STUCK_VI.format(key)} / {STUCK_EN.format(key)}" for key in sorted(heard.stuck)]
        if heard.shared_at_s is not None and heard.shared_at_s >= since_s:
            said.append(SHARED)
        elif sum(at_s >= since_s for _, at_s in heard.boots) >= RESTARTS:
            said.append(RESTARTING)
        return said

    def _let_go(self, heard: _Heard) -> None:
        now_s = self._now_s()
        for stroke in [key for key, at_s in heard.stuck.items() if now_s - at_s > FREE_AFTER_S]:
            del heard.stuck[stroke]

    def _of(self, device: str) -> _Heard:
        return self._heard.setdefault(device, _Heard())
