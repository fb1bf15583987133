"""The kiosk's window in a process of its own, for the one who watches the demo."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import tomlkit

from kiosk.config.printer import PrinterConfig
from queue_server.bootstrap import RunningOffice
from queue_server.demo.virtual_devices import loaded_printer

KIOSK = "kiosk-1"
GOODBYE_S = 3.0


def has_screen() -> bool:
    """Whether a window can be shown."""
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


@contextmanager
def kiosk_window(office: RunningOffice, tell: Callable[[str], None]) -> Iterator[None]:
    """Open the window with a printer simulator; it is closed afterwards, whatever it does.

    `tell` hears, on another thread, when the window ends by itself.
    """
    data = office.settings.data
    with loaded_printer(data / "slips" / "window") as printer:
        config = data / "kiosk-window.toml"
        config.write_text(kiosk_toml(office, printer), encoding="utf-8")
        with (data / "kiosk-window.log").open("wb") as log:
            # A session of its own: Ctrl-C is for the demo, which then ends the window.
            child = subprocess.Popen(  # noqa: S603 - our own program
                [sys.executable, "-m", "queue_server", "kiosk", "--config", str(config)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        ending = threading.Event()

        def watch() -> None:
            code = child.wait()
            if not ending.is_set():
                why = f" with code {code}; its last words are in {log.name}" if code else ""
                tell(f"The kiosk window ended{why}. The office goes on.")

        watcher = threading.Thread(target=watch, name="kiosk-window")
        watcher.start()
        try:
            yield
        finally:
            ending.set()
            _end(child)
            watcher.join()


def _end(child: subprocess.Popen[bytes]) -> None:
    child.terminate()
    try:
        child.wait(GOODBYE_S)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def kiosk_toml(office: RunningOffice, printer: PrinterConfig) -> str:
    """The configuration of the window's kiosk."""
    file = office.settings.file.office
    body = {
        "office": {"id": file.id, "name_vi": file.name_vi, "name_en": file.name_en},
        "server": {"url": office.http_url, "credentials": _credentials(office.settings.data)},
        "mqtt": {"host": office.broker.host, "port": office.broker.port},
        "printer": {"kind": "network", "host": printer.host, "port": printer.port},
        "screen": {"fullscreen": False},
    }
    return tomlkit.dumps(body)


def _credentials(data: Path) -> str:
    return str(data / "credentials" / f"{KIOSK}.json")
