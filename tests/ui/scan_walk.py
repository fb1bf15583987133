"""A desk under the kiosk's camera: papers are laid on it, photographed and kept by touch."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import cv2

from kiosk.adapters.opencv_pages import OpencvPages
from kiosk.adapters.picture_folder import PictureFolder
from kiosk.domain.paper_text import TextLine
from kiosk.ui.filing.bodies import ChoiceRow
from kiosk.ui.filing.scan_bodies import ScanBody
from kiosk.use_cases.filing import Place
from kiosk.use_cases.scan_papers import ScanPapers
from kiosk.use_cases.scan_ports import Picture, TextReader
from tests.fakes.paper_scenes import Pixels
from tests.ui.filing_walk import Finger


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
class Desk:
    """The plate under the camera, by the same files that a flatbed would write."""

    folder: Path
    reader: TextReader | None = field(default_factory=SaidPrint)
    laid: int = 0

    def lay(self, picture: Pixels) -> None:
        """Put a paper there: the newest picture."""
        self.laid += 1
        before = self.folder / f"{self.laid}.part"
        _, made = cv2.imencode(".png", picture[..., ::-1])
        before.write_bytes(made.tobytes())
        before.rename(before.with_suffix(".png"))

    def papers(self) -> ScanPapers:
        return ScanPapers(PictureFolder(self.folder), OpencvPages(), self.reader)


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
