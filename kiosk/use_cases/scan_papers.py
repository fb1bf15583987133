"""Scans a paper at the kiosk: a picture, the page in it, what to do better, and what it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.domain.paper_page import USELESS, Advice, PageLook, judged
from kiosk.domain.paper_text import Asked, likely_paper, page_number, proposals
from kiosk.use_cases.camera_ports import Camera
from kiosk.use_cases.scan_ports import Corner, FoundPage, PageFinder, Picture, TextReader
from queue_server.contracts.forms import FormField

SHOWN = 800
"""The longer side of the picture that moves on the screen, about."""


@dataclass(frozen=True, slots=True)
class LiveView:
    """What the camera sees now, and where the page lies in it, if there is one."""

    picture: Picture
    corners: tuple[Corner, Corner, Corner, Corner] | None

    def __repr__(self) -> str:
        return "LiveView(…)"


@dataclass(frozen=True, slots=True)
class TakenPage:
    """A page as it was taken: with what could be better, the gravest first."""

    page: FoundPage
    advice: tuple[Advice, ...]

    @property
    def useless(self) -> bool:
        """Whether it is not kept at all."""
        return not USELESS.isdisjoint(self.advice)

    def __repr__(self) -> str:
        return f"TakenPage({', '.join(self.advice)})"


@dataclass(frozen=True, slots=True)
class PrintRead:
    """What the print of a page says: answers to confirm, and the paper of the list it seems to be.

    `seems` is None where the print leads to no paper, or to the one that was scanned; `number` is
    what the page is numbered, where it is.
    """

    proposed: Mapping[str, str]
    seems: str | None
    number: int | None = None

    def __repr__(self) -> str:
        return "PrintRead(…)"


class ScanPapers:
    """One kiosk's camera for papers; each method is slow and runs beside the screen."""

    def __init__(
        self,
        camera: Camera,
        finder: PageFinder,
        reader: TextReader | None,
        *,
        flatbed: bool = False,
    ) -> None:
        """`flatbed`: a page comes when the citizen presses the scanner's own button."""
        self.flatbed = flatbed
        self._camera = camera
        self._finder = finder
        self._reader = reader

    @property
    def reads(self) -> bool:
        """Whether print is read here; else every answer is typed."""
        return self._reader is not None

    def open(self) -> None:
        """Take the camera.

        Raises:
            CameraFault: it is not there, or somebody else has it.
        """
        self._camera.open()

    def close(self) -> None:
        """Let the camera go; harmless when it is closed."""
        self._camera.close()

    def look(self) -> LiveView:
        """What the camera sees now.

        Raises:
            NothingYet: a flatbed that scanned nothing so far.
            CameraFault: nothing comes.
        """
        picture = self._camera.frame()
        # Every n-th point: quick to find a page in, and all that the screen can show.
        step = max(1, max(picture.shape[:2]) // SHOWN)
        small = picture[::step, ::step]
        return LiveView(small, self._finder.place(small))

    def take(self, before: tuple[PageLook, ...]) -> TakenPage | None:
        """Take the page; None where none is seen. `before`: the pages kept in this filing.

        Raises:
            CameraFault: nothing comes.
        """
        page = self._finder.page(self._camera.frame())
        return None if page is None else TakenPage(page, judged(page.look, before))

    def turned(self, taken: TakenPage) -> TakenPage:
        """The page a quarter turn further."""
        return TakenPage(self._finder.turned(taken.page), taken.advice)

    def file(self, taken: TakenPage) -> bytes:
        """The page as the office keeps it."""
        return self._finder.file(taken.page)

    def read(
        self, taken: TakenPage, fields: list[FormField], paper: str, papers: list[str]
    ) -> PrintRead:
        """What the print says.

        Args:
            taken: a page.
            fields: the questions that the print may answer.
            paper: what it was scanned as.
            papers: the list that it belongs to.

        Raises:
            TextFault: print cannot be read now.
        """
        if self._reader is None:
            return PrintRead({}, None)
        lines = self._reader.lines(taken.page.straight)
        asked = [Asked(field.id, field.label.vi, field.kind.value) for field in fields]
        seems = likely_paper(lines, papers)
        return PrintRead(
            proposals(lines, asked), seems if seems != paper else None, page_number(lines)
        )
