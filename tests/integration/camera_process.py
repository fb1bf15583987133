"""`motcua camera` on a fast clock, in a process of its own that a test can watch from outside.

`python -m tests.integration.camera_process CONFIG SPEED`
"""

from __future__ import annotations

import sys
import threading
import time
from datetime import datetime, timedelta
from pathlib import Path

from kiosk.bootstrap.camera import VIETNAM, start
from kiosk.config.camera import read_camera_config
from kiosk.use_cases.look_with_consent import LookTimes

EIGHT = datetime(2026, 5, 12, 7, 59, 59, tzinfo=VIETNAM)


def main(config: Path, speed: float) -> None:
    began = time.monotonic()

    def now() -> datetime:
        return EIGHT + timedelta(seconds=(time.monotonic() - began) * speed)

    agent = start(read_camera_config(config), now=now, tick_s=0.1, times=LookTimes(10, 0))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.read()  # until the test closes it
    agent.close()
    assert threading.active_count() >= 1


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]))
