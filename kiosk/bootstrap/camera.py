"""Puts the camera process together from its config and runs it."""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta, timezone
from importlib.metadata import version
from pathlib import Path

from kiosk.adapters.consent_door import ConsentDoor
from kiosk.adapters.led_file import LedFile, OwnLamp
from kiosk.adapters.mqtt_presence import BrokerAddress
from kiosk.adapters.mqtt_smile_link import MqttSmileLink
from kiosk.adapters.opencv_camera import OpencvCamera
from kiosk.adapters.rating_table_file import RatingTableFile
from kiosk.adapters.smile_models import SmileModels
from kiosk.agents.camera import TICK_S, CameraAgent
from kiosk.config.camera import CameraConfig, read_camera_config
from kiosk.config.credentials import read_credentials
from kiosk.use_cases.camera_ports import CameraFault
from kiosk.use_cases.count_smiles import CountSmiles
from kiosk.use_cases.look_with_consent import LookTimes, LookWithConsent
from queue_server.contracts.config_file import ConfigError

DONE, FAILED, UNUSABLE = 0, 1, 2
VIETNAM = timezone(timedelta(hours=7))


def run(config_path: Path, *, test: bool = False) -> int:
    """Work until SIGINT or SIGTERM; with `test` try lamp and camera once and end.

    Returns:
        0 stopped as asked or all well, 1 the test failed, 2 the config cannot be used; each fault
        is one line on standard error.
    """
    stop = threading.Event()
    for wanted in (signal.SIGINT, signal.SIGTERM):
        signal.signal(wanted, lambda _number, _frame: stop.set())
    try:
        config = read_camera_config(config_path)
        if test:
            return _test(config)
        agent = start(config)
    except ConfigError as error:
        return _complain(str(error), UNUSABLE)
    sys.stdout.write(f"motcua camera: closed and dark, waiting for consent at {config.door}\n")
    sys.stdout.flush()
    stop.wait()
    agent.close()
    return DONE


def start(
    config: CameraConfig,
    *,
    now: Callable[[], datetime] | None = None,
    tick_s: float = TICK_S,
    times: LookTimes | None = None,
) -> CameraAgent:
    """Start the agent in the background; the caller closes it.

    Raises:
        ConfigError: credentials, models, region or door cannot be used.
    """
    clock = now or _now
    credentials = read_credentials(config.credentials)
    judge = SmileModels(config.region)
    table = RatingTableFile(config.state / "smiles-by-rating.json")
    mqtt = config.mqtt
    broker = BrokerAddress(mqtt.host, mqtt.port, config.office, tls=mqtt.tls())
    link = MqttSmileLink(broker, credentials, {"motcua": version("motcua-edge")}, clock)
    counts = CountSmiles(judge, table, table, link, clock)
    wanted = times or LookTimes(longest_s=config.longest_s)
    lamp = _lamp(config)
    with suppress(CameraFault):  # it is told at the first look, and the camera then stays closed
        lamp.show(on=False)  # a process that was killed may have left it lit
    look = LookWithConsent(_camera(config), lamp, judge, time.monotonic, wanted)
    agent = CameraAgent(look, counts, link, tick_s)
    try:
        agent.start(ConsentDoor(config.door, agent.begin))
    except OSError as error:
        raise ConfigError(f"door: {config.door}: {error.strerror or error}") from error
    return agent


def _camera(config: CameraConfig) -> OpencvCamera:
    return OpencvCamera(config.device, (config.width, config.height), config.colours)


def _lamp(config: CameraConfig) -> LedFile | OwnLamp:
    return LedFile(config.lamp) if config.lamp is not None else OwnLamp()


def _test(config: CameraConfig) -> int:
    """For staff who put the camera up; the picture is thrown away unseen."""
    SmileModels(config.region)
    camera, lamp = _camera(config), _lamp(config)
    try:
        lamp.show(on=True)
        camera.open()
        camera.frame()
    except CameraFault as fault:
        return _complain(str(fault), FAILED)
    finally:
        camera.close()
        with suppress(CameraFault):
            lamp.show(on=False)
    sys.stdout.write("motcua camera: models, lamp and camera are well; camera closed again\n")
    return DONE


def _now() -> datetime:
    return datetime.now(VIETNAM)


def _complain(words: str, code: int) -> int:
    sys.stderr.write(f"motcua camera: {words}\n")
    return code
