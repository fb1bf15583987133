"""A scanned paper as one PDF by PDFium, in memory: the JPEGs are taken over as they are."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from threading import Lock

import pypdfium2

from queue_server.use_cases.page_picture import PagePicture

POINTS_PER_MM = 72 / 25.4
SHORT_MM, LONG_MM = 210.0, 297.0
_ONE_AT_A_TIME = Lock()
"""PDFium knows no threads."""


def scanned_paper(pages: Sequence[PagePicture]) -> bytes:
    """One PDF, a page for each picture, of its proportions and as large as A4 allows.

    Args:
        pages: in order, at least one.
    """
    with _ONE_AT_A_TIME:
        paper = pypdfium2.PdfDocument.new()
        try:
            for picture in pages:
                _add(paper, picture)
            made = BytesIO()
            paper.save(made)
            return made.getvalue()
        finally:
            paper.close()


def _add(paper: pypdfium2.PdfDocument, picture: PagePicture) -> None:
    width, height = page_points(picture.width, picture.height)
    image = pypdfium2.PdfImage.new(paper)
    image.load_jpeg(BytesIO(picture.jpeg), inline=True)
    image.set_matrix(pypdfium2.PdfMatrix().scale(width, height))
    page = paper.new_page(width, height)
    page.insert_obj(image)
    page.gen_content()
    page.close()


def page_points(width: int, height: int) -> tuple[float, float]:
    """The size of a page, in points of 1/72 inch, for a picture of so many pixels."""
    most = (SHORT_MM, LONG_MM) if height >= width else (LONG_MM, SHORT_MM)
    scale = min(most[0] / width, most[1] / height) * POINTS_PER_MM
    return width * scale, height * scale
