"""A whole clip pack spoken by espeak-ng when a test asks: no recording of anybody is kept."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kiosk.adapters.clip_folder import read_prompts
from kiosk.adapters.espeak_voice import EspeakVoice
from kiosk.adapters.wav_files import write_wav
from kiosk.bootstrap.voice import make

RATE = 22050


def need(program: str) -> None:
    """Skip where a Debian package is missing."""
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")


def make_pack(folder: Path, language: str = "vi") -> Path:
    """Make a pack in a folder and speak all its clips."""
    need("espeak-ng")
    make(folder, language=language, voice="espeak", licence="made for this test", rate=RATE)
    voice = EspeakVoice()
    for prompt in read_prompts(language):
        write_wav(folder / prompt.file, voice.say(prompt.text, language))
    return folder
