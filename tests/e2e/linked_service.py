"""Stands in for systemd: starts what a link names as a process of its own, and stops it.

`python -m tests.e2e.linked_service start|stop LINK DATA`; its number is kept in DATA's parent.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep

ENDS_WITHIN_S = 60


def start(link: Path, data: Path) -> None:
    with (data.parent / "service.log").open("ab") as log:
        child = subprocess.Popen(
            [str(link / "bin" / "motcua"), "server", "--data", str(data)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    _number(data).write_text(str(child.pid), "ascii")


def stop(data: Path) -> None:
    with suppress(FileNotFoundError, ProcessLookupError):
        number = int(_number(data).read_text("ascii"))
        os.kill(number, signal.SIGTERM)
        until = monotonic() + ENDS_WITHIN_S
        while monotonic() < until and _lives(number):
            sleep(0.05)
    _number(data).unlink(missing_ok=True)


def _lives(number: int) -> bool:
    """A child that nobody waits for is a zombie of whoever started it, and as good as gone."""
    try:
        state = Path(f"/proc/{number}/stat").read_text("ascii").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def _number(data: Path) -> Path:
    return data.parent / "service.pid"


if __name__ == "__main__":
    what, link_, data_ = sys.argv[1:]
    if what == "start":
        start(Path(link_), Path(data_))
    else:
        stop(Path(data_))
