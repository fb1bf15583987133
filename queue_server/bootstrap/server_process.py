"""The process of `motcua server`: check the folder, or serve until a signal comes."""

from __future__ import annotations

import logging
import signal
import sys
import threading
from pathlib import Path
from types import FrameType

from queue_server.bootstrap.process_manners import (
    collect_garbage_seldom,
    open_as_many_files_as_allowed,
)
from queue_server.bootstrap.running_office import RunningOffice
from queue_server.bootstrap.settings import settle

log = logging.getLogger("motcua")


def check_office(data: Path, http: str | None, mqtt: str | None) -> str:
    """Validate an office's folder; one line that says what it is.

    Raises:
        ConfigError, CredentialError: with one line that says what to change.
    """
    settings = settle(data, http, mqtt)
    file = settings.file
    return (
        f"{data / 'motcua.toml'}: {file.office.name_vi}, {len(file.services)} services, "
        f"{len(file.counters)} counters, {len(file.devices)} devices: ok"
    )


def run_server(data: Path, http: str | None, mqtt: str | None) -> int:
    """Serve until SIGINT or SIGTERM."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    open_as_many_files_as_allowed()
    stop = threading.Event()

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, on_signal)
    with RunningOffice(settle(data, http, mqtt)) as office:
        collect_garbage_seldom()
        sys.stdout.write(f"motcua server: {office.http_url} mqtt {office.broker}\n")
        sys.stdout.flush()
        stop.wait()
        log.info("stopping")
    return 0
