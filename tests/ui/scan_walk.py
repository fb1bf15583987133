"""A desk under the kiosk's camera: papers are laid on it, photographed and kept by touch."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Event

from kiosk.adapters.opencv_pages import OpencvPages
from kiosk.domain.paper_text import TextLine
from kiosk.ui.filing.bodies import ChoiceRow
from kiosk.ui.filing.scan_bodies import ScanBody
from kiosk.use_cases.filing import Place
from kiosk.use_cases.scan_papers import ScanPapers
from kiosk.use_cases.scan_ports import Picture, TextReader
from tests.fakes.desk_camera import DeskCamera
from tests.fakes.paper_scenes import Pixels
from tests.ui.filing_walk import Finger

WAIT_S = 120


@dataclass
class SaidPrint:
    """A reader that says what a test wants."""

    said: tuple[TextLine, ...] = ()
    pages: int = 0

    def lines(self, straight: Picture) -> tuple[TextLine, ...]:
        assert straight.ndim == 3
        self.pages += 1
        return self.said


@dataclass
class SlowPrint(SaidPrint):
    """A reader that takes as long as a test wants."""

    begun: Event = field(default_factory=Event)
    may_end: Event = field(default_factory=Event)

    def lines(self, straight: Picture) -> tuple[TextLine, ...]:
        self.begun.set()
        assert self.may_end.wait(WAIT_S)
        return super().lines(straight)


@dataclass
class Desk:
    """The plate under the kiosk's document camera."""

    reader: TextReader | None = field(default_factory=SaidPrint)
    camera: DeskCamera = field(default_factory=DeskCamera)

    def lay(self, picture: Pixels) -> None:
        """Put a paper there."""
        self.camera.plate = picture

    def papers(self) -> ScanPapers:
        return ScanPapers(self.camera, OpencvPages(), self.reader)


def choose(finger: Finger, way: str) -> None:
    """Touch what is to be done about the paper at hand."""
    on = finger.on
    on.until(lambda: any(isinstance(w, ChoiceRow) and w.id == way for w in on.shown()))
    (row,) = (w for w in on.shown() if isinstance(w, ChoiceRow) and w.id == way)
    on.press(row)


def take(finger: Finger) -> None:
    """Wait for the live picture, touch Take, and wait for the page."""
    on = finger.on
    assert finger.filing.place is Place.SCAN
    view = finger.screen.body(ScanBody).ids.view
    on.until(lambda: view._texture is not None)
    on.press_main()
    on.until(lambda: finger.filing.place is Place.PAGE)


def keep(finger: Finger) -> None:
    """Keep the page that was taken."""
    before = finger.filing.scanned
    finger.on.press_main()
    finger.on.until(
        lambda: (
            finger.filing.place is Place.PAPER
            and finger.filing.scanned == before + 1
            and not finger.screen._papers._print.reading
        )
    )
