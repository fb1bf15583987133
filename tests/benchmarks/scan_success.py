"""What comes of scanning made-up papers: `python -m tests.benchmarks.scan_success`, as a table.

Each row is one way in which a photograph is bad. Counted are pages: found with every corner within
0.6 % of the page's diagonal; judged good; and answers that the print proposed: right letter by
letter, wrong, or none. Nothing here was used to train or tune the reader.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np

from kiosk.adapters.opencv_pages import OpencvPages
from kiosk.adapters.tesseract_text import TesseractText
from kiosk.domain.paper_page import judged
from kiosk.domain.paper_text import proposals
from kiosk.use_cases.scan_ports import FoundPage, TextReader
from tests.benchmarks.bench_scan import PRINT
from tests.fakes.paper_people import ASKED, printed_person
from tests.fakes.paper_scenes import (
    BOLD,
    FONT,
    Face,
    Scene,
    paper,
    photographed,
    scenes,
    worst_corner,
)

NEAR = 0.006
CAMERA = Scene(size=(2592, 1944))
WAYS: dict[str, Scene] = {
    "plain (turned ≤ 12°, corners off ≤ 7 %)": CAMERA,
    "a cheaper camera, 1600 × 1200": Scene(),
    "strong perspective (corners off ≤ 14 %)": replace(CAMERA, tilt=0.14),
    "soft focus": replace(CAMERA, blur=1.6),
    "blurred": replace(CAMERA, blur=4.0),
    "badly blurred": replace(CAMERA, blur=7.0),
    "a lamp's glare on the page": replace(CAMERA, glare=0.12),
    "noise of a dark room": replace(CAMERA, light=0.55, noise=14),
    "half in shade": replace(CAMERA, shade=0.45),
}


SERIF = Path("/usr/share/fonts/truetype/dejavu")
FACES: dict[str, Face] = {
    "DejaVu Serif": (SERIF / "DejaVuSerif.ttf", SERIF / "DejaVuSerif-Bold.ttf"),
    "Be Vietnam Pro": (FONT, BOLD),
}
"""Papers of offices have serifs; the kiosk's own face has none, and its a is nearly an o."""
PATIENT_S = 300.0
"""The reader gives way to everything else on the machine."""


def tell(found: FoundPage | None, reader: TextReader, facts: dict[str, str]) -> Counter[str]:
    """What came of one page."""
    if found is None:
        return Counter(missing=1, none=len(facts))
    said = proposals(reader.lines(found.straight), ASKED)
    right = sum(said.get(name) == value for name, value in facts.items())
    none = sum(name not in said for name in facts)
    return Counter(
        good=not judged(found.look), right=right, none=none, wrong=len(facts) - right - none
    )


def outcome(way: str, face: str, pages: int, reader: TextReader) -> str:
    """One row of the table."""
    base = WAYS[way]
    finder, seen = OpencvPages(), Counter[str]()
    for number, usual in enumerate(scenes(pages, base)):
        person = printed_person(number)
        scene = replace(usual, tilt=max(usual.tilt, base.tilt), shade=max(usual.shade, base.shade))
        picture, truth = photographed(paper(person.lines, PRINT, FACES[face]), scene)
        found = finder.page(picture)
        seen += tell(found, reader, person.facts)
        if found is not None:
            size = [picture.shape[1], picture.shape[0]]
            seen["near"] += worst_corner(np.array(found.corners) * size, truth) < NEAR
    answers = pages * len(ASKED)
    cells = (seen["near"] / pages, seen["good"] / pages)
    read = (seen["right"] / answers, seen["wrong"] / answers, seen["none"] / answers)
    return f"| {way} | {face} | " + " | ".join(f"{one:.0%}" for one in cells + read) + " |"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=20)
    options = parser.parse_args()
    reader = TesseractText(within_s=PATIENT_S)
    head = "| photograph | face | corners found | judged good | read right | wrong | not proposed |"
    sys.stdout.write(f"{options.pages} pages a row\n\n{head}\n|---|---|---|---|---|---|---|\n")
    for face, (plain, _) in FACES.items():
        for way in WAYS if plain.exists() else ():
            sys.stdout.write(outcome(way, face, options.pages, reader) + "\n")
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
