"""A phone held over a printed paper."""

from __future__ import annotations

import pypdfium2
import zxingcpp


def codes_in(paper: bytes) -> list[str]:
    """The codes that it reads from the first page of a PDF."""
    document = pypdfium2.PdfDocument(paper)
    picture = document[0].render(scale=3).to_pil().convert("L")
    document.close()
    return [code.text for code in zxingcpp.read_barcodes(picture)]
