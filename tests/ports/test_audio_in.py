"""One suite for every microphone: the fake, and ALSA by the real `arecord`."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import pytest

from kiosk.adapters.alsa_audio import AlsaRecorder
from kiosk.adapters.wav_files import to_pcm
from kiosk.use_cases.voice_ports import AudioError, AudioIn
from tests.alsa_devices import AlsaDevices
from tests.fakes.voices import RATE, FakeMicrophone, tone

HEARD = tone(440, 2.0)


class Rig(Protocol):
    microphone: AudioIn

    def unplug(self) -> None: ...


class FakeRig:
    def __init__(self, _folder: Path, _monkeypatch: pytest.MonkeyPatch) -> None:
        self.microphone = FakeMicrophone(HEARD)

    def unplug(self) -> None:
        self.microphone.plugged = False


class AlsaRig:
    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.devices = AlsaDevices(folder, monkeypatch)
        self.devices.heard_file.write_bytes(to_pcm(HEARD))
        self.microphone = AlsaRecorder("mic")

    def unplug(self) -> None:
        self.devices.unplug()


@pytest.fixture(params=[FakeRig, AlsaRig])
def rig(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Rig:
    rig: Rig = request.param(tmp_path, monkeypatch)
    return rig


def test_it_records_what_is_heard_for_so_long(rig: Rig) -> None:
    sound = rig.microphone.record(0.5, RATE)
    assert (sound.rate, len(sound.samples)) == (RATE, RATE // 2)
    assert sound.samples == HEARD.samples[: RATE // 2]


def test_unplugged_is_an_error_of_one_line(rig: Rig) -> None:
    rig.unplug()
    with pytest.raises(AudioError) as fault:
        rig.microphone.record(0.1, RATE)
    assert str(fault.value)
    assert "\n" not in str(fault.value)


def test_without_arecord_the_cure_is_named() -> None:
    with pytest.raises(AudioError, match="apt-get install alsa-utils"):
        AlsaRecorder("default", program="no-such-arecord").record(0.1, RATE)
