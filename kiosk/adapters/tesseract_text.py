"""Reads Vietnamese print with the program tesseract: a page goes in, words come out, by pipe.

A process of its own that gives way to others: the screen never waits for it.
"""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
from typing import Any

import cv2
import numpy as np

from kiosk.adapters.opencv_page_look import FULL, bare_paper
from kiosk.domain.paper_text import TextLine
from kiosk.use_cases.scan_ports import Picture, TextFault

PROGRAM = "tesseract"
LANGUAGE = "vie"
WITHIN_S = 20.0
LEAST_WIDE = 1100
"""Width to which a smaller page is enlarged: A4 then has letters of about 15 pixels. Tried on
made-up pages beside 1500 and 1800, which read slower and no better."""
PAPER = 235
WORD = "5"
ABSENT = (
    "không đọc được chữ: cài tesseract-ocr và tesseract-ocr-vie / no text reading, install them"
)


class TesseractText:
    """One page after the other."""

    def __init__(self, program: str = PROGRAM, *, within_s: float = WITHIN_S) -> None:
        """Nothing is started. A page that takes longer than `within_s` is not read.

        Raises:
            TextFault: the program or its Vietnamese is not installed.
        """
        found = shutil.which(program)
        if found is None or LANGUAGE not in _languages(found):
            raise TextFault(ABSENT)
        self._program = found
        self._within_s = within_s

    def lines(self, straight: Picture) -> tuple[TextLine, ...]:
        """The lines of a page, from top to bottom.

        Raises:
            TextFault: the reader failed, or did not end in time.
        """
        _, picture = cv2.imencode(".pgm", _evenly_lit(straight))
        command = ["nice", self._program, "stdin", "stdout", "-l", LANGUAGE, "--psm", "6", "tsv"]
        try:
            done = subprocess.run(  # noqa: S603 - our own words, no shell
                command,
                input=picture.tobytes(),
                capture_output=True,
                timeout=self._within_s,
                check=True,
                env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            )
        except (OSError, subprocess.SubprocessError) as error:
            # What it printed may hold words of the paper: only the kind of the failure is told.
            raise TextFault(f"tesseract: {type(error).__name__}") from None
        return lines_of(done.stdout.decode("utf-8", "replace"))


def _evenly_lit(straight: Picture) -> Any:
    """The page in grey, wide enough, the shade on its paper taken out."""
    grey = cv2.cvtColor(straight, cv2.COLOR_RGB2GRAY)
    if grey.shape[1] < LEAST_WIDE:
        scale = LEAST_WIDE / grey.shape[1]
        grey = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_LINEAR)
    lit = cv2.divide(grey.astype(np.float32), bare_paper(grey), scale=PAPER)
    return np.clip(lit, 0, FULL).astype(np.uint8)


def lines_of(table: str) -> tuple[TextLine, ...]:
    """The lines in tesseract's table of words."""
    rows: dict[tuple[str, ...], list[tuple[str, float]]] = {}
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        word = (row.get("text") or "").strip()
        if row.get("level") == WORD and word:
            place = tuple(row[name] for name in ("block_num", "par_num", "line_num"))
            rows.setdefault(place, []).append((word, float(row["conf"]) / 100))
    return tuple(
        TextLine(" ".join(word for word, _ in words), _sure(words)) for words in rows.values()
    )


def _sure(words: list[tuple[str, float]]) -> float:
    """Of the worst word after the colon; of the whole line where there is none."""
    colon = next((n for n, (word, _) in enumerate(words, 1) if word.endswith(":")), 0)
    return min(sure for _, sure in words[colon:] or words)


def _languages(program: str) -> set[str]:
    try:
        said = subprocess.run(  # noqa: S603 - found above
            [program, "--list-langs"], capture_output=True, text=True, timeout=WITHIN_S, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return set()
    return set(said.stdout.split())
