"""Puts the counter agent together from its config and runs it."""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from kiosk.adapters.ascii_display import AsciiDisplay
from kiosk.adapters.evdev_keypad import EvdevKeypad
from kiosk.adapters.modbus_display import ModbusDisplay, Registers
from kiosk.adapters.mqtt_counter_link import MqttCounterLink
from kiosk.adapters.mqtt_presence import BrokerAddress
from kiosk.adapters.serial_keypad import SerialKeypad
from kiosk.adapters.serial_port import SerialPort
from kiosk.agents.counter import CounterAgent
from kiosk.agents.sign_painter import SignPainter
from kiosk.config.counter import (
    CounterConfig,
    DisplaySection,
    KeypadSection,
    read_counter_config,
)
from kiosk.config.credentials import read_credentials
from kiosk.config.numpad import default_numpad, read_numpad
from kiosk.domain.keypad_line import KeypadLines
from kiosk.domain.numpad import Numpad
from kiosk.use_cases.ports import Keypad, NumberDisplay
from queue_server.contracts.config_file import ConfigError
from queue_server.contracts.service_notify import Heartbeat, ServiceNotify

DONE, UNUSABLE = 0, 2


def run(config_path: Path) -> int:
    """Work until SIGINT or SIGTERM.

    Returns:
        The exit code: 0 stopped as asked, 2 the config cannot be used (one line on stderr).
    """
    stop = threading.Event()
    # Before anything is online: whoever sees the counter there may already ask it to stop.
    for wanted in (signal.SIGINT, signal.SIGTERM):
        signal.signal(wanted, lambda _number, _frame: stop.set())
    try:
        agent = start(read_counter_config(config_path))
    except ConfigError as error:
        sys.stderr.write(f"motcua counter: {error}\n")
        return UNUSABLE
    heart = Heartbeat(ServiceNotify())
    heart.watch(agent.works)
    stop.wait()
    heart.stopping()
    agent.close()
    return DONE


def start(
    config: CounterConfig,
    *,
    now: Callable[[], float] = time.monotonic,
    first_wait_s: float = 0.5,
    repaint_s: float = 2.0,
) -> CounterAgent:
    """Start the agent in the background; the caller closes it.

    Args:
        config: what `counter.toml` says.
        now: a monotonic clock in seconds.
        first_wait_s: how long to wait before the first try to reconnect anything.
        repaint_s: how often an unchanged sign is written again.

    Raises:
        ConfigError: the credentials or the numpad's key map cannot be used.
    """
    credentials = read_credentials(config.credentials)
    link = MqttCounterLink(
        BrokerAddress(
            config.mqtt.host, config.mqtt.port, config.office, first_wait_s, config.mqtt.tls()
        ),
        credentials,
        config.counter,
        {"motcua": version("motcua-edge")},
    )
    agent = CounterAgent(
        _keypad(config.keypad, first_wait_s) if config.keypad else None,
        link,
        SignPainter(_display(config.display), repaint_s=repaint_s) if config.display else None,
        now=now,
        texts=config.texts,
    )
    agent.start()
    return agent


def _keypad(config: KeypadSection, first_wait_s: float) -> Keypad:
    if config.kind == "evdev":
        keys = read_numpad(config.keys or default_numpad())
        return EvdevKeypad(config.path, Numpad(keys), first_wait_s=first_wait_s)
    return SerialKeypad(
        SerialPort(config.path, config.baud),
        KeypadLines(checksum_required=config.checksum == "required"),
        first_wait_s=first_wait_s,
    )


def _display(config: DisplaySection) -> NumberDisplay:
    port = SerialPort(config.path, config.baud)
    if config.family == "ascii":
        return AsciiDisplay(port, address=config.address, width=config.width)
    registers = Registers(**config.registers.model_dump()) if config.registers else Registers()
    return ModbusDisplay(port, address=config.address, width=config.width, registers=registers)
