"""Builds what is heard at the kiosk: the voice on the headset and the warning in the room."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from kiosk.adapters.alsa_audio import AlsaPlayer
from kiosk.adapters.clip_voice import ClipVoice
from kiosk.adapters.disk_audio import DiskAudio
from kiosk.adapters.espeak_voice import VOICES, EspeakVoice
from kiosk.agents.headset import HeadsetSpeaker
from kiosk.config.kiosk import SoundSection
from kiosk.use_cases.choose_voice import ChooseVoice
from kiosk.use_cases.voice_ports import AudioOut, Headset
from queue_server.contracts.config_file import ConfigError

log = logging.getLogger(__name__)

DISK = "disk:"
SILENT = frozenset({None, "none"})


def make_headset(sound: SoundSection, folder: Path, stack: ExitStack) -> Headset | None:
    """Build it, None where both devices are silent; relative paths count from `folder`.

    Without a headset it has no voice: only the warning is heard.

    Raises:
        ConfigError: a clip pack or a folder of `disk:` cannot be used.
    """
    if {sound.headset, sound.room} <= SILENT:
        return None
    packs = [ClipVoice(folder / pack) for pack in sound.packs]
    for fault in (fault for pack in packs for fault in pack.faults):
        log.warning("a clip is left out: %s", fault)
    voice = ChooseVoice([*packs, EspeakVoice(words_per_minute=sound.words_per_minute)])
    languages = {*VOICES, *(pack.language for pack in packs)}
    headset, room = (_opener(device, folder) for device in (sound.headset, sound.room))
    speaker = HeadsetSpeaker(voice, languages, headset, room)
    stack.callback(speaker.close)
    return speaker


def _opener(device: str | None, folder: Path) -> Callable[[], AudioOut] | None:
    if device is None or device in SILENT:
        return None
    if not device.startswith(DISK):
        return partial(AlsaPlayer, device)
    target = folder / device.removeprefix(DISK)
    if not target.is_dir():
        raise ConfigError(f"sound: there is no folder {target}")
    return partial(DiskAudio, target)
