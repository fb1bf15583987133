"""Measures the smile camera: `python -m tests.benchmarks.bench_smiles`.

One frame on one thread (goal 25 ms), whole and by parts, in wall and processor time; then how long
a touch on the kiosk takes while a camera looks without a pause beside it, against without it.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable

import cv2
import numpy as np

from edge_models.satisfaction.expressions import Expressions
from edge_models.satisfaction.face_finder import FaceFinder
from edge_models.satisfaction.frames import Frame, square_crop
from edge_models.satisfaction.looker import CROP, Looker
from edge_models.satisfaction.region import Region
from edge_models.satisfaction.sitting import Sitting
from tests.fakes.smile_clips import astronaut, person

FRAMES = 200
LOOKING = "--looking"
REGION = [(0.05, 0.0), (0.95, 0.0), (0.95, 1.0), (0.05, 1.0)]


def tell(line: str) -> None:
    """Print at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def say(what: str, work: Callable[[int], object], count: int = FRAMES) -> None:
    """Print the median and the P95 in milliseconds, and the processor time of one."""
    wall, used = [], time.process_time()
    for at in range(count):
        began = time.perf_counter()
        work(at)
        wall.append((time.perf_counter() - began) * 1000)
    processor = (time.process_time() - used) * 1000 / count
    p95 = sorted(wall)[int(count * 0.95)]
    told = f"{statistics.median(wall):7.2f} ms  P95 {p95:7.2f}  processor {processor:7.2f}"
    tell(f"{what:44} {told}")


def hd(frame: Frame) -> Frame:
    """A camera's 1280 x 720."""
    return cv2.resize(frame, (1280, 960))[:720].astype(np.uint8)


def frames() -> None:
    """One frame, by parts."""
    clip = [hd(frame) for frame in person(frames=12)]
    finder, expressions, looker = FaceFinder(), Expressions(), Looker(Region(REGION))
    (face,) = finder.find(astronaut())
    crop = square_crop(astronaut(), face.box, CROP)
    say("find faces in 1280 x 720", lambda at: finder.find(clip[at % 12]))
    say("three expressions of one crop", lambda _at: expressions.judge(crop))
    say("a whole look at 1280 x 720", lambda at: looker.look(clip[at % 12]))
    sitting = Sitting(looker.look)
    say("a look with the checks for photo and frost", lambda at: sitting.add(clip[at % 12]))


def look_on() -> None:
    """What the camera process does in a look, a frame each 0.3 s, until it is killed."""
    looker = Looker(Region(REGION))
    clip = [hd(frame) for frame in person(frames=12)]
    tell("looking")
    while True:
        sitting = Sitting(looker.look)
        for frame in clip:
            sitting.add(frame)
            time.sleep(0.3)


def touches() -> None:
    """The touch benchmark without and with the camera beside it."""
    command = [sys.executable, "-m", "tests.benchmarks.bench_touch"]
    for name in ("without", "with", "without", "with"):
        beside = None
        if name == "with":
            here = [sys.executable, "-m", "tests.benchmarks.bench_smiles", LOOKING]
            beside = subprocess.Popen(here, stdout=subprocess.PIPE, text=True)
            assert beside.stdout is not None
            beside.stdout.readline()
        tell(f"-- touch, {name} the camera looking beside it")
        subprocess.run(command, check=True)
        if beside is not None:
            beside.kill()
            beside.wait()


if __name__ == "__main__":
    if LOOKING in sys.argv:
        look_on()
    else:
        frames()
        touches()
