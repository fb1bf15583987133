"""Puts the announcer together from its config and runs it."""

from __future__ import annotations

import logging
import signal
import sys
import threading
import time as clock
from collections.abc import Callable
from datetime import datetime, time
from importlib.metadata import version
from pathlib import Path

from kiosk.adapters.alsa_audio import AlsaPlayer
from kiosk.adapters.clip_voice import ClipVoice
from kiosk.adapters.disk_audio import DiskAudio
from kiosk.adapters.espeak_voice import EspeakVoice
from kiosk.adapters.mqtt_calls_link import MqttCallsLink
from kiosk.adapters.mqtt_presence import BrokerAddress
from kiosk.agents.announcer import AnnouncerAgent
from kiosk.agents.zone_speaker import Clocks, ZoneSpeaker
from kiosk.config.announcer import AnnouncerConfig, ZoneSection, read_announcer_config
from kiosk.config.credentials import read_credentials
from kiosk.use_cases.announce_calls import AnnounceCalls, AnnounceRules
from kiosk.use_cases.choose_voice import ChooseVoice
from kiosk.use_cases.voice_ports import AudioOut, Voice
from queue_server.contracts.config_file import ConfigError

log = logging.getLogger(__name__)

DONE, UNUSABLE = 0, 2
DISK = "disk:"

Devices = Callable[[str], AudioOut]


def run(config_path: Path) -> int:
    """Work until SIGINT or SIGTERM.

    Returns:
        The exit code: 0 stopped as asked, 2 the config cannot be used (one line on stderr).
    """
    stop = threading.Event()
    for wanted in (signal.SIGINT, signal.SIGTERM):
        signal.signal(wanted, lambda _number, _frame: stop.set())
    try:
        agent = start(read_announcer_config(config_path))
    except ConfigError as error:
        sys.stderr.write(f"motcua announcer: {error}\n")
        return UNUSABLE
    stop.wait()
    agent.close()
    return DONE


def start(
    config: AnnouncerConfig,
    *,
    clocks: Clocks | None = None,
    devices: Devices | None = None,
    first_wait_s: float = 0.5,
) -> AnnouncerAgent:
    """Start the agent in the background; the caller closes it.

    Args:
        config: what `announcer.toml` says.
        clocks: what time it is; by default the machine's own.
        devices: opens a device of the config; by default ALSA or a folder.
        first_wait_s: how long to wait before the first try to reach broker or device again.

    Raises:
        ConfigError: credentials, clip pack or disk folder cannot be used.
    """
    credentials = read_credentials(config.credentials)
    link = MqttCallsLink(
        BrokerAddress(
            config.mqtt.host, config.mqtt.port, config.office, first_wait_s, config.mqtt.tls()
        ),
        credentials,
        {"motcua": version("motcua-edge")},
    )
    voice = voice_from(config)
    devices = devices or device_from
    clocks = clocks or Clocks(clock.monotonic, _wall_clock)
    speakers = [
        ZoneSpeaker(
            zone.name,
            AnnounceCalls(_rules(config, zone, first_wait_s)),
            devices(zone.device),
            voice,
            clocks,
        )
        for zone in config.zones
    ]
    homes = list(zip(config.zones, speakers, strict=True))
    agent = AnnouncerAgent(
        speakers,
        {number: speaker for zone, speaker in homes for number in zone.counters},
        next((speaker for zone, speaker in homes if not zone.counters), None),
        voice,
        link,
    )
    agent.start()
    return agent


def voice_from(config: AnnouncerConfig) -> Voice:
    """The voices of a config: clip packs in their order, then espeak-ng.

    Raises:
        ConfigError: a clip pack cannot be used.
    """
    packs = [ClipVoice(folder) for folder in config.packs]
    for fault in (fault for pack in packs for fault in pack.faults):
        log.warning("a clip is left out: %s", fault)
    espeak = EspeakVoice(
        words_per_minute=config.espeak.words_per_minute, voices=config.espeak.voices
    )
    return ChooseVoice([*packs, *([espeak] if config.espeak.enabled else [])])


def device_from(device: str) -> AudioOut:
    """Open an ALSA device, or a folder behind `disk:`.

    Raises:
        ConfigError: the folder does not exist.
    """
    if not device.startswith(DISK):
        return AlsaPlayer(device)
    folder = Path(device.removeprefix(DISK))
    if not folder.is_dir():
        raise ConfigError(f"zones.device: there is no folder {folder}")
    return DiskAudio(folder)


def _rules(config: AnnouncerConfig, zone: ZoneSection, retry_s: float) -> AnnounceRules:
    return AnnounceRules(
        repeats=config.repeats,
        hurry_over=config.hurry_over,
        oldest_s=config.oldest_s,
        hours=config.hours.times(zone.volume),
        chime=config.chime,
        retry_s=retry_s,
    )


def _wall_clock() -> time:
    return datetime.now().astimezone().time()
