"""The process at a counter: keypad in, LED out, the server in between."""

from __future__ import annotations

import queue
import threading
import uuid
from collections.abc import Callable, Mapping

from kiosk.agents.sign_painter import SignPainter
from kiosk.domain.counter_sign import REMARK_TEXTS, CounterFacts, Remark
from kiosk.domain.keypad_line import KeyStroke
from kiosk.use_cases.operate_counter import OperateCounter
from kiosk.use_cases.ports import CounterLink, Keypad

LONGEST_NAP_S = 3600.0
TURNS_WITHIN_S = 10.0

DEVICES = ("keypad", "display", "key")
KEYPAD_LOST = "Mất bàn phím, xem dây cắm / keypad unplugged, check its cable"
DISPLAY_LOST = "Bảng số không nhận, xem dây và nguồn / display silent, check cable and power"
KEY_STUCK = "Phím {} bị kẹt, gỡ vật đè hoặc đổi bàn phím / key {} is stuck, free it"

Happening = Callable[[float], None]


class CounterAgent:
    """Brings what keypad, link and sign say from their threads into one, in order of arrival."""

    def __init__(
        self,
        keypad: Keypad | None,
        link: CounterLink,
        sign: SignPainter | None,
        *,
        now: Callable[[], float],
        texts: Mapping[Remark, str] = REMARK_TEXTS,
    ) -> None:
        """Put a counter together; it may have a keypad, a sign, or both.

        Args:
            keypad: reads the clerk's keys.
            link: the way to the server.
            sign: the LED above the counter.
            now: a monotonic clock in seconds.
            texts: what the sign says for each remark.
        """
        self._keypad = keypad
        self._link = link
        self._sign = sign
        self._now = now
        self._happened: queue.SimpleQueue[Happening | None] = queue.SimpleQueue()
        self._wrong: dict[str, str] = {}
        show = sign.show if sign is not None else _unseen
        self._counter = OperateCounter(uuid.uuid4().hex[:12], link.send, show, texts=texts)
        self._thread = threading.Thread(target=self._run, name="counter", daemon=True)

    def start(self) -> None:
        """Work in the background until `close`."""
        self._thread.start()
        self.wake()  # the sign says from the start that nobody answers yet
        if self._sign is not None:
            self._sign.start(lambda found: self._device("display", "" if found else DISPLAY_LOST))
        if self._keypad is not None:
            self._device("keypad", KEYPAD_LOST)  # until it is found: it may never have been there
            self._keypad.start(
                self._key,
                lambda found: self._device("keypad", "" if found else KEYPAD_LOST),
                lambda key: self._device("key", KEY_STUCK.format(key, key) if key else ""),
            )
        self._link.start(self._facts, self._linked)

    def close(self) -> None:
        """Stop everything in the order in which nothing is lost: keys first, the link last."""
        if self._keypad is not None:
            self._keypad.close()
        self._happened.put(None)
        self._thread.join()
        if self._sign is not None:
            self._sign.close()
        self._link.close()

    def wake(self) -> None:
        """Look at the clock now; for a clock that does not run by itself."""
        self._happened.put(self._counter.tick)

    def works(self) -> bool:
        """Whether it comes to its next piece of work; a thread that hangs does not."""
        turned = threading.Event()
        self._happened.put(lambda _now: turned.set())
        return turned.wait(TURNS_WITHIN_S)

    def _key(self, stroke: KeyStroke) -> None:
        pressed_at = self._now()
        self._happened.put(lambda _now: self._counter.key(stroke, pressed_at))

    def _facts(self, facts: CounterFacts) -> None:
        self._happened.put(lambda now: self._counter.facts(facts, now))

    def _linked(self, up: bool) -> None:  # noqa: FBT001 - the callback of the port
        self._happened.put(lambda now: self._counter.link(up=up, now=now))

    def _device(self, name: str, wrong: str) -> None:
        self._happened.put(lambda _now: self._report(name, wrong))

    def _report(self, name: str, wrong: str) -> None:
        self._wrong[name] = wrong
        # Always in one order: staff read the same words whichever fault was found first.
        said = (self._wrong.get(device) for device in DEVICES)
        self._link.report("; ".join(words for words in said if words))

    def _run(self) -> None:
        while True:
            nap_s = min(max(self._counter.due_at() - self._now(), 0.0), LONGEST_NAP_S)
            try:
                happening = self._happened.get(timeout=nap_s)
            except queue.Empty:
                happening = self._counter.tick
            if happening is None:
                return
            happening(self._now())


def _unseen(_text: str) -> None:
    """A counter without a sign shows nothing."""
