"""The headset of the kiosk with the real espeak-ng, heard as files: words, warning, volume."""

from __future__ import annotations

import csv
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from kiosk.adapters.disk_audio import LIST
from kiosk.adapters.wav_files import read_wav
from kiosk.bootstrap.kiosk_sound import make_headset
from kiosk.config.kiosk import SoundSection
from kiosk.domain.sound import Sound
from kiosk.use_cases.voice_ports import Headset
from tests.fakes.clip_pack import need

PATIENCE_S = 60.0
SHORT, LONG = "Lấy số thứ tự.", "Ông bà cần làm gì hôm nay? " * 20


class Room:
    """A kiosk's headset and loudspeaker that write what they would play."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder = folder
        for name in ("ears", "room"):
            (folder / name).mkdir()
        made = make_headset(SoundSection(headset="disk:ears", room="disk:room"), folder, stack)
        assert made is not None
        self.headset: Headset = made

    def heard(self, place: str, number: int) -> Sound:
        """The sound of this number, as soon as it is written as a whole."""
        end = time.monotonic() + PATIENCE_S
        while len(rows := self._rows(place)) < number:
            assert time.monotonic() < end, f"{place} has {len(rows)} sounds, not {number}"
            threading.Event().wait(0.01)
        return read_wav(self.folder / place / rows[number - 1]["file"])

    def _rows(self, place: str) -> list[dict[str, str]]:
        path = self.folder / place / LIST
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        return list(csv.DictReader(text.splitlines()))


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    need("espeak-ng")
    with ExitStack() as stack:
        yield Room(tmp_path, stack)


@pytest.mark.parametrize(
    ("language", "text"), [("vi", SHORT), ("en", "What do you need today?"), ("vi", "B 0 0 7")]
)
def test_words_become_speech_on_the_headset_alone(room: Room, language: str, text: str) -> None:
    assert room.headset.speaks(language)
    room.headset.say(text, language)
    sound = room.heard("ears", 1)
    assert 0.3 < sound.seconds < 10
    assert sound.peak > 1500
    assert sound.level > 150
    assert not (room.folder / "room" / LIST).exists()


def test_the_newest_words_win_and_are_louder_when_asked_for(room: Room) -> None:
    room.headset.say(LONG, "vi")
    long = room.heard("ears", 1)
    assert long.seconds > 20
    room.headset.louder(up=True)
    room.headset.louder(up=True)
    # The long one would still be played for many seconds: it is broken off.
    room.headset.say(SHORT, "vi")
    loud = room.heard("ears", 2)
    room.headset.reset()
    room.headset.say(SHORT, "vi")
    assert loud.peak > room.heard("ears", 3).peak * 1.2


def test_the_warning_is_heard_in_the_room_before_the_words(room: Room) -> None:
    room.headset.chime()
    room.headset.say(SHORT, "vi")
    assert room.heard("room", 1).peak > 1500
    assert room.heard("ears", 1).seconds > 0.3
