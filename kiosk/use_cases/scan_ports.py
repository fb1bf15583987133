"""What scanning papers needs of the world; pictures pass through memory and are never written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from kiosk.domain.paper_page import PageLook
from kiosk.domain.paper_text import TextLine
from kiosk.use_cases.camera_ports import CameraFault

Picture = Any
"""Height x width x 3 bytes of red, green, blue."""
Corner = tuple[float, float]


class NothingYet(CameraFault):
    """The scanner works and has scanned nothing since it was asked; one waits for it."""


@dataclass(frozen=True, slots=True)
class FoundPage:
    """A page in a picture: its corners as shares of width and height, clockwise from top left.

    `straight` is the page alone, as if seen from above; None while only its place was asked for.
    """

    corners: tuple[Corner, Corner, Corner, Corner]
    look: PageLook
    straight: Picture

    def __repr__(self) -> str:
        return "FoundPage(…)"


class PageFinder(Protocol):
    """Finds the page in a picture and straightens it."""

    def place(self, picture: Picture) -> tuple[Corner, Corner, Corner, Corner] | None:
        """Where the page lies, quickly, for the picture that moves; None where there is none."""
        ...

    def page(self, picture: Picture) -> FoundPage | None:
        """The page, straightened and measured; None where there is none."""
        ...

    def turned(self, page: FoundPage) -> FoundPage:
        """The page a quarter turn further, clockwise."""
        ...

    def file(self, page: FoundPage) -> bytes:
        """The page as a JPEG that the server keeps: no marks of the camera in it."""
        ...


class TextFault(Exception):  # noqa: N818 - the state of the reader, said as a state
    """Text cannot be read here; the message is one line that staff can act on."""


class TextReader(Protocol):
    """Reads print."""

    def lines(self, straight: Picture) -> tuple[TextLine, ...]:
        """The lines of a page, from top to bottom.

        Raises:
            TextFault: the reader is not there, or did not end in time.
        """
        ...
