"""The sign painter: the newest text wins, faults are retried, lost and found are told once."""

from __future__ import annotations

import queue
from collections.abc import Iterator

import pytest

from kiosk.agents.sign_painter import SignPainter
from tests.fakes.number_display import FakeDisplay

WAIT_S = 40
NEVER_S = 3600.0


class Watched(FakeDisplay):
    """Tells what was lit, as soon as it is."""

    def __init__(self) -> None:
        super().__init__(4)
        self.seen: queue.Queue[str] = queue.Queue()

    def show(self, text: str) -> None:
        super().show(text)
        self.seen.put(self.lit)


@pytest.fixture
def display() -> Watched:
    return Watched()


@pytest.fixture
def links() -> queue.Queue[bool]:
    return queue.Queue()


@pytest.fixture
def painter(display: Watched) -> Iterator[SignPainter]:
    painter = SignPainter(display, repaint_s=0.01)
    yield painter
    painter.close()


def test_a_new_text_does_not_wait_for_the_repainting(
    display: Watched, links: queue.Queue[bool]
) -> None:
    painter = SignPainter(display, repaint_s=NEVER_S)
    painter.start(links.put)
    painter.show("A001")
    assert display.seen.get(timeout=WAIT_S) == "A001"
    painter.show("A002")
    assert display.seen.get(timeout=WAIT_S) == "A002"
    painter.close()
    assert display.seen.get(timeout=WAIT_S) == "    "


def test_texts_wanted_before_the_start_are_not_shown_late(
    display: Watched, links: queue.Queue[bool], painter: SignPainter
) -> None:
    painter.show("A001")
    painter.show("A002")
    painter.start(links.put)
    assert display.seen.get(timeout=WAIT_S) == "A002"
    assert display.seen.get(timeout=WAIT_S) == "A002"  # repainted


def test_a_lost_display_is_told_once_and_filled_when_it_is_back(
    display: Watched, links: queue.Queue[bool], painter: SignPainter
) -> None:
    painter.start(links.put)
    assert links.get(timeout=WAIT_S) is True
    display.plugged = False
    assert links.get(timeout=WAIT_S) is False
    while not display.seen.empty():
        display.seen.get()
    painter.show("A003")
    display.plugged = True
    assert links.get(timeout=WAIT_S) is True
    assert display.seen.get(timeout=WAIT_S) == "A003"
    assert links.empty()


def test_a_text_that_no_display_can_show_does_not_stop_the_painter(
    display: Watched, links: queue.Queue[bool], painter: SignPainter
) -> None:
    painter.show("Đ01")
    painter.start(links.put)
    assert links.get(timeout=WAIT_S) is False
    painter.show("A001")
    assert display.seen.get(timeout=WAIT_S) == "A001"
