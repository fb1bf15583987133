"""Builds what scans papers, or nothing where the kiosk has no camera for them."""

from __future__ import annotations

import logging
from contextlib import ExitStack
from pathlib import Path

from kiosk.config.kiosk import PapersSection
from kiosk.use_cases.camera_ports import Camera
from kiosk.use_cases.scan_papers import ScanPapers
from kiosk.use_cases.scan_ports import TextFault, TextReader

log = logging.getLogger(__name__)


def make_papers(section: PapersSection | None, folder: Path, stack: ExitStack) -> ScanPapers | None:
    """Build it; OpenCV is large, so only a kiosk that scans loads it."""
    if section is None:
        return None
    from kiosk.adapters.opencv_camera import OpencvCamera  # noqa: PLC0415 - see above
    from kiosk.adapters.opencv_pages import OpencvPages  # noqa: PLC0415 - see above
    from kiosk.adapters.picture_folder import PictureFolder  # noqa: PLC0415 - see above

    camera: Camera
    if section.pictures is not None:
        camera = PictureFolder(folder / section.pictures)
    else:
        size = section.width, section.height
        camera = OpencvCamera(str(section.camera), size, section.colours)
    flatbed = section.pictures is not None
    reader = make_reader() if section.read else None
    papers = ScanPapers(camera, OpencvPages(whole=flatbed), reader, flatbed=flatbed)
    stack.callback(papers.close)
    return papers


def make_reader() -> TextReader | None:
    """What reads print; None, and a line in the log, where it is not installed."""
    from kiosk.adapters.tesseract_text import TesseractText  # noqa: PLC0415 - needs OpenCV

    try:
        return TesseractText()
    except TextFault as fault:
        log.warning("papers: %s", fault)
        return None
