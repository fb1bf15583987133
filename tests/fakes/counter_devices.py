"""A keypad and a link in memory; `tests/ports` holds them to the same suites as the real ones."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.domain.counter_sign import CounterFacts
from kiosk.domain.keypad_line import KeyStroke
from kiosk.use_cases.ports import Press, nobody_minds


class FakeKeypad:
    """Presses what a test presses."""

    def __init__(self) -> None:
        self._on_key: Callable[[KeyStroke], None] | None = None
        self._on_link: Callable[[bool], None] | None = None
        self.hold: Callable[[str], None] = nobody_minds
        self._plugged = True

    def start(
        self,
        on_key: Callable[[KeyStroke], None],
        on_link: Callable[[bool], None],
        on_stuck: Callable[[str], None] = nobody_minds,
    ) -> None:
        self._on_key, self._on_link, self.hold = on_key, on_link, on_stuck
        on_link(self._plugged)

    def press(self, stroke: KeyStroke) -> None:
        if self._on_key is not None and self._plugged:
            self._on_key(stroke)

    def plug(self, *, plugged: bool) -> None:
        self._plugged = plugged
        if self._on_link is not None:
            self._on_link(plugged)

    def close(self) -> None:
        if self._on_link is not None and self._plugged:
            self._plugged = False
            self._on_link(self._plugged)
        self._on_key = self._on_link = None


class FakeCounterLink:
    """A link to nobody; a test plays broker and server."""

    def __init__(self) -> None:
        self.sent: list[Press] = []
        self.detail = ""
        self._up = False
        self._on_facts: Callable[[CounterFacts], None] | None = None
        self._on_link: Callable[[bool], None] | None = None

    def start(
        self, on_facts: Callable[[CounterFacts], None], on_link: Callable[[bool], None]
    ) -> None:
        self._on_facts, self._on_link = on_facts, on_link

    def link(self, *, up: bool) -> None:
        self._up = up
        assert self._on_link is not None
        self._on_link(up)

    def hear(self, facts: CounterFacts) -> None:
        assert self._on_facts is not None
        self._on_facts(facts)

    def send(self, press: Press) -> bool:
        if self._up:
            self.sent.append(press)
        return self._up

    def report(self, detail: str) -> None:
        self.detail = detail

    def close(self) -> None:
        self._up = False
