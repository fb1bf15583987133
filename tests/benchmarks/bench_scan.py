"""Scanning a paper: `python -m tests.benchmarks.bench_scan`, figures beside their goals.

Find, straighten and judge a page in a document camera's picture; the live picture's look; read the
print of a page; and how late the screen's frames come while a page is read beside them.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from kiosk.adapters.opencv_pages import OpencvPages
from kiosk.adapters.tesseract_text import TesseractText
from kiosk.use_cases.scan_papers import ScanPapers
from kiosk.use_cases.scan_ports import Picture, TextFault, TextReader
from tests.benchmarks.figures import Row, machine, probe_row, share, timed_ms
from tests.fakes.paper_scenes import BIRTH, Scene, paper, photographed, scenes

CAMERA = (2592, 1944)
"""What a kiosk asks of its document camera unless told otherwise."""
PRINT = (1654, 2339)
"""A4 at 200 dots to the inch: finer than the camera sees it."""
FRAME_MS = 1000 / 60
WATCHED_S = 6.0
PATIENT_S = 300.0
"""The reader gives way to everything else on the machine."""


class Still:
    """A camera before which a paper lies still."""

    def __init__(self, picture: Picture) -> None:
        self._picture = picture

    def open(self) -> None: ...

    def frame(self) -> Picture:
        return self._picture

    def close(self) -> None: ...


DENSE = BIRTH[:4] + BIRTH[12:15] * 10
"""A page that is full from top to bottom: about 480 words."""


def pictures(count: int, lines: tuple[str, ...] = BIRTH) -> list[Picture]:
    """The same page, photographed again and again."""
    page = paper(lines, PRINT)
    base = replace(Scene(), size=CAMERA)
    return [photographed(page, scene)[0] for scene in scenes(count, base)]


def row(what: str, goal: str, taken: list[float], digits: int = 0) -> Row:
    """Median and P95."""
    middle, high = share(taken, 0.5), share(taken, 0.95)
    return Row(what, goal, f"{middle:,.{digits}f}; P95 {high:,.{digits}f} (n = {len(taken)})")


def finding(seen: list[Picture], times: int) -> Iterator[Row]:
    finder = OpencvPages()
    turns = iter(seen * times)
    count = len(seen) * times
    before = time.process_time()
    taken = timed_ms(lambda: finder.page(next(turns)), count)
    used = (time.process_time() - before) * 1000 / count
    told = row("page found, straightened and judged, 2592 × 1944, ms", "≤ 200", taken)
    yield replace(told, seen=f"{told.seen}; {used:.0f} ms of a processor each")
    turns = iter(seen * times)
    live = timed_ms(lambda: ScanPapers(Still(next(turns)), finder, None).look(), count)
    yield row("live picture: page outlined, ms", "", live)


def reading(seen: list[Picture], full: list[Picture]) -> Iterator[Row]:
    try:
        reader = TesseractText(within_s=PATIENT_S)
    except TextFault as fault:
        yield Row("print of a page read, s", "≤ 1.5", str(fault))
        return
    finder = OpencvPages()
    for what, shown in (("a form, 110 words", seen), ("a full page, 480 words", full)):
        found = [page.straight for picture in shown if (page := finder.page(picture)) is not None]
        before = processor_s()
        taken = timed_ms(partial(_next_read, reader, iter(found)), len(found))
        used = (processor_s() - before) / len(found)
        told = row(f"print read: {what}, s", "≤ 1.5", [one / 1000 for one in taken], 2)
        yield replace(told, seen=f"{told.seen}; {used:.2f} s of a processor each")
    yield late("a frame's lateness with nothing beside it, ms", lambda: None)
    yield late("a frame's lateness while pages are read, ms", lambda: reader.lines(found[0]))


def _next_read(reader: TextReader, turns: Iterator[Picture]) -> object:
    return reader.lines(next(turns))


def processor_s() -> float:
    """What the programs that were started and have ended used."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return ended.ru_utime + ended.ru_stime


def late(what: str, beside: Callable[[], object]) -> Row:
    """How much later than asked a loop of 60 frames a second gets its turn."""
    over = threading.Event()

    def work() -> None:
        while not over.is_set():
            beside()
            over.wait(0.01)

    thread, lateness = threading.Thread(target=work), []
    thread.start()
    due, end = time.perf_counter(), time.perf_counter() + WATCHED_S
    while due < end:
        due += FRAME_MS / 1000
        time.sleep(max(0.0, due - time.perf_counter()))
        lateness.append((time.perf_counter() - due) * 1000)
    over.set()
    thread.join()
    return row(what, "", lateness, 1)


def rows(folder: Path, pages: int) -> Iterator[Row]:
    seen = pictures(pages)
    yield from finding(seen, 4)
    yield from reading(seen, pictures(pages, DENSE))
    yield probe_row(folder)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=10)
    options = parser.parse_args()
    sys.stdout.write(machine() + "\n")
    with tempfile.TemporaryDirectory() as folder:
        for one in rows(Path(folder), options.pages):
            sys.stdout.write(f"{one}\n")
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
