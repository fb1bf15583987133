"""A counter as `motcua counter` builds it: keypad and LED on ptys, beside the real bridge."""

from __future__ import annotations

import json
from pathlib import Path

from kiosk.bootstrap.counter import start
from kiosk.config.counter import read_counter_config
from kiosk.domain.keypad_line import KeyStroke, encode
from tests.integration.office_brokers import OFFICE, secret
from tests.ptys import PtyDevice

COUNTER, DEVICE = 3, "keypad-3"


class CounterDesk:
    """Counter 3 of the office on a broker."""

    def __init__(self, folder: Path, port: int) -> None:
        self.keypad = PtyDevice(folder / "keypad")
        self.sign = PtyDevice(folder / "sign")
        self._port = port
        login = {"id": DEVICE, "role": "counter", "secret": secret(DEVICE)}
        (folder / f"{DEVICE}.json").write_text(json.dumps(login), encoding="utf-8")
        self.config = self._write(
            folder / "counter.toml",
            f'[keypad]\npath = "{self.keypad.path}"\n'
            f'[display]\nfamily = "ascii"\npath = "{self.sign.path}"\n',
        )
        self.agent = start(read_counter_config(self.config), first_wait_s=0.05, repaint_s=0.02)

    def config_without_devices(self, folder: Path) -> Path:
        """The same login on a machine whose keypad is not plugged in."""
        return self._write(folder / "copy.toml", '[keypad]\npath = "/dev/not-here"\n')

    def _write(self, path: Path, devices: str) -> Path:
        path.write_text(
            f'office = "{OFFICE}"\ncounter = {COUNTER}\ncredentials = "{DEVICE}.json"\n'
            f"mqtt.port = {self._port}\n{devices}",
            encoding="utf-8",
        )
        return path

    def press(self, stroke: KeyStroke) -> None:
        self.keypad.send(encode(stroke))

    def wait_for_sign(self, text: str) -> None:
        """Read what is painted until it is this text; repainting makes it come again and again."""
        self.sign.wait_for_frame(text)

    def close(self) -> None:
        self.agent.close()
        self.keypad.unplug()
        self.sign.unplug()
