"""One suite for every loudspeaker: the fake, a folder, and ALSA by the real `aplay`."""

from __future__ import annotations

import csv
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest

from kiosk.adapters.alsa_audio import AlsaPlayer
from kiosk.adapters.disk_audio import DiskAudio
from kiosk.adapters.wav_files import read_wav
from kiosk.domain.sound import Sound
from kiosk.use_cases.voice_ports import AudioError, AudioOut
from tests.alsa_devices import AlsaDevices
from tests.fakes.voices import FakeLoudspeaker, tone

WAIT_S = 40


class Rig(Protocol):
    out: AudioOut

    def heard(self, wanted: Sound, /) -> Sound:
        """What was played last; padding that a device adds at the end is cut to what was wanted."""

    def unplug(self) -> None: ...

    def replug(self) -> None: ...


class FakeRig:
    def __init__(self, _folder: Path, _monkeypatch: pytest.MonkeyPatch) -> None:
        self.out = FakeLoudspeaker()

    def heard(self, _wanted: Sound) -> Sound:
        return self.out.played[-1][1]

    def unplug(self) -> None:
        self.out.plugged = False

    def replug(self) -> None:
        self.out.plugged = True


class DiskRig:
    def __init__(self, folder: Path, _monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder / "sound"
        self.folder.mkdir()
        self.out = DiskAudio(self.folder, wait=lambda _seconds: None)

    def heard(self, _wanted: Sound) -> Sound:
        return read_wav(max(self.folder.glob("*.wav")))

    def unplug(self) -> None:
        self.folder.rename(self.folder.with_name("gone"))

    def replug(self) -> None:
        self.folder.with_name("gone").rename(self.folder)


class AlsaRig:
    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.devices = AlsaDevices(folder, monkeypatch)
        self.out = AlsaPlayer("hall")

    def heard(self, wanted: Sound) -> Sound:
        whole = self.devices.played(wanted.rate)
        assert len(whole.samples) >= len(wanted.samples)
        return Sound(wanted.rate, whole.samples[: len(wanted.samples)])

    def unplug(self) -> None:
        self.devices.unplug()

    def replug(self) -> None:
        self.devices.plug()


@pytest.fixture(params=[FakeRig, DiskRig, AlsaRig])
def rig(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Rig]:
    rig: Rig = request.param(tmp_path, monkeypatch)
    yield rig
    rig.out.close()


@pytest.mark.parametrize("rate", [16000, 22050, 48000])
def test_every_sample_is_played(rig: Rig, rate: int) -> None:
    sound = tone(440, 0.3, rate=rate)
    rig.out.play(sound)
    assert rig.heard(sound) == sound


def test_one_sound_after_the_other(rig: Rig) -> None:
    for hz in (300, 500):
        sound = tone(hz, 0.1)
        rig.out.play(sound)
        assert rig.heard(sound) == sound


def test_unplugged_is_an_error_of_one_line_and_replugged_plays_again(rig: Rig) -> None:
    rig.unplug()
    for _ in range(2):
        with pytest.raises(AudioError) as fault:
            rig.out.play(tone(300, 0.1))
        assert str(fault.value)
        assert "\n" not in str(fault.value)
    rig.replug()
    sound = tone(400, 0.1)
    rig.out.play(sound)
    assert rig.heard(sound) == sound


def test_closed_plays_nothing_and_closing_twice_is_harmless(rig: Rig) -> None:
    rig.out.play(tone(300, 0.1))
    rig.out.close()
    rig.out.close()
    rig.out.play(tone(700, 0.2))
    assert rig.heard(tone(300, 0.1)) == tone(300, 0.1)


def test_without_aplay_the_cure_is_named() -> None:
    with pytest.raises(AudioError, match="apt-get install alsa-utils"):
        AlsaPlayer("default", program="no-such-aplay").play(tone(300, 0.1))


@pytest.mark.fault
def test_a_stuck_device_is_given_up(tmp_path: Path) -> None:
    stuck = tmp_path / "aplay"
    stuck.write_text("#!/bin/sh\nexec sleep 600\n")
    stuck.chmod(0o755)
    with pytest.raises(AudioError, match="hall: stuck"):
        AlsaPlayer("hall", program=str(stuck), patience_s=0.1).play(tone(300, 0.05))


@pytest.mark.fault
def test_closing_cuts_a_playing_program_off(tmp_path: Path) -> None:
    plays = tmp_path / "plays"
    os.mkfifo(plays)
    slow = tmp_path / "aplay"
    slow.write_text(f"#!/bin/sh\necho yes > {plays}\nexec sleep 600\n")
    slow.chmod(0o755)
    out = AlsaPlayer("hall", program=str(slow), patience_s=600)
    thread = threading.Thread(target=out.play, args=(tone(300, 0.1),))
    thread.start()
    assert plays.read_text() == "yes\n"
    out.close()
    thread.join(WAIT_S)
    assert not thread.is_alive()


@pytest.mark.fault
def test_closing_cuts_a_long_sound_in_a_folder_off(tmp_path: Path) -> None:
    reached = threading.Event()

    def now() -> float:
        reached.set()
        return 0.0

    out = DiskAudio(tmp_path, now=now)
    thread = threading.Thread(target=out.play, args=(tone(300, 600, rate=100),))
    thread.start()
    assert reached.wait(WAIT_S)
    out.close()
    thread.join(WAIT_S)
    assert not thread.is_alive()


def test_the_folder_lists_what_was_heard_when(tmp_path: Path) -> None:
    clock = FakeLoudspeaker()

    def pass_by(seconds: float) -> None:
        clock.now += seconds

    for hz in (300, 400):  # a second start goes on counting
        out = DiskAudio(tmp_path, now=lambda: clock.now, wait=pass_by)
        out.play(tone(hz, 0.5))
    with (tmp_path / "played.csv").open(newline="") as file:
        assert list(csv.DictReader(file)) == [
            {"file": "00001.wav", "started_s": "0.0000", "seconds": "0.5000"},
            {"file": "00002.wav", "started_s": "0.5000", "seconds": "0.5000"},
        ]
