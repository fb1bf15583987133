"""A counter with a Modbus sign and no keypad: it says by itself that the server is away."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest

from kiosk.bootstrap.counter import start
from kiosk.config.counter import read_counter_config
from tests.modbus_sign import UNIT, ModbusSign

WAIT_S = 40


@pytest.mark.fault
def test_the_sign_tells_of_a_missing_server_and_goes_dark_at_the_end(tmp_path: Path) -> None:
    sign = ModbusSign(tmp_path)
    secret = {"id": "counter-3", "role": "counter", "secret": "s" * 20}
    (tmp_path / "c.json").write_text(json.dumps(secret), encoding="utf-8")
    with socket.socket() as nobody_listens:
        nobody_listens.bind(("127.0.0.1", 0))
        file = tmp_path / "counter.toml"
        file.write_text(
            f"""
            office = "ward"
            counter = 3
            credentials = "c.json"
            mqtt.port = {nobody_listens.getsockname()[1]}
            [display]
            family = "modbus"
            path = "{sign.plug.path}"
            address = {UNIT}
            [display.registers]
            digits_each = 2
            """,
            encoding="utf-8",
        )
        agent = start(read_counter_config(file), repaint_s=3600)
        assert sign.written.get(timeout=WAIT_S) == [0x2020, 0x4534]  # "  E4"
        agent.close()
    assert sign.written.get(timeout=WAIT_S) == [0x2020, 0x2020]
    assert sign.written.empty()
    sign.close()
