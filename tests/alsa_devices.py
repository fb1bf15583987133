"""ALSA devices without hardware: `aplay` plays into a file and `arecord` hears one."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.adapters.wav_files import from_pcm
from kiosk.domain.sound import Sound
from tests.fakes.clip_pack import need

DEVICES = """
pcm.nothing {{ type null }}
pcm.hall {{ type file slave.pcm "nothing" file "{played}" format "raw" }}
pcm.mic {{ type file slave.pcm "nothing" file "/dev/null" infile "{heard}" format "raw" }}
"""


class AlsaDevices:
    """Two devices, `hall` and `mic`, in an ALSA configuration of their own."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        need("aplay")
        self.played_file = folder / "played.raw"
        self.heard_file = folder / "heard.raw"
        self._config = folder / "asound.conf"
        monkeypatch.setenv("ALSA_CONFIG_PATH", str(self._config))
        self.plug()

    def plug(self) -> None:
        text = DEVICES.format(played=self.played_file, heard=self.heard_file)
        self._config.write_text(text)

    def unplug(self) -> None:
        self._config.write_text("pcm.nothing { type null }\n")

    def played(self, rate: int) -> Sound:
        """What came out since the last time, with what `aplay` adds to fill its last buffer."""
        sound = from_pcm(self.played_file.read_bytes(), rate)
        self.played_file.unlink()
        return sound
