"""Voices, loudspeakers, microphones in memory; `tests/ports` holds them to the real ones."""

from __future__ import annotations

import math
import threading
from array import array
from collections.abc import Callable

from kiosk.domain.sound import Sound
from kiosk.domain.spoken_call import OfficeNow, SpokenCall
from kiosk.domain.words import Words
from kiosk.use_cases.voice_ports import AudioError, VoiceError

RATE = 16000


def tone(hz: float, seconds: float, *, rate: int = RATE, peak: int = 8000) -> Sound:
    """A sine, so that a sound can be told from another by its pitch."""
    steps = range(round(rate * seconds))
    return Sound(
        rate, array("h", (round(peak * math.sin(2 * math.pi * hz * s / rate)) for s in steps))
    )


def call(seq: int, number: str, counter: int = 3, language: str = "vi") -> SpokenCall:
    """A call whose words name its event, so that played words can be traced back."""
    return SpokenCall(seq, number, counter, language, Words(f"mời {seq}", f"please {seq}"))


class FakeVoice:
    """Says each letter of a text as a short tone."""

    def __init__(self, languages: tuple[str, ...] = ("vi", "en")) -> None:
        self._languages = languages

    def say(self, text: str, language: str) -> Sound:
        if language not in self._languages:
            raise VoiceError(f"no voice for '{language}'")
        return tone(440, 0.05 * len(text))


class FakeLoudspeaker:
    """Keeps what was played and when, on a clock that it moves itself."""

    def __init__(self) -> None:
        self.now = 0.0
        self.plugged = True
        self.played: list[tuple[float, Sound]] = []
        self._closed = False

    def play(self, sound: Sound) -> None:
        if self._closed:
            return
        if not self.plugged:
            raise AudioError("unplugged")
        self.played.append((self.now, sound))
        self.now += sound.seconds

    def close(self) -> None:
        self._closed = True


class FakeMicrophone:
    """Hears the same sound again and again."""

    def __init__(self, heard: Sound) -> None:
        self._heard = heard
        self.plugged = True

    def record(self, seconds: float, rate: int) -> Sound:
        if not self.plugged:
            raise AudioError("unplugged")
        wanted = round(seconds * rate)
        turns = wanted // len(self._heard.samples) + 1
        return Sound(rate, (self._heard.samples * turns)[:wanted])


class FakeCallsLink:
    """A link to nobody; a test plays broker and server."""

    def __init__(self) -> None:
        self.detail = ""
        self.details: list[str] = []
        self.reported = threading.Condition()
        self._on_call: Callable[[SpokenCall], None] | None = None
        self._on_office: Callable[[OfficeNow], None] | None = None
        self._on_link: Callable[[bool], None] | None = None

    def start(
        self,
        on_call: Callable[[SpokenCall], None],
        on_office: Callable[[OfficeNow], None],
        on_link: Callable[[bool], None],
    ) -> None:
        self._on_call, self._on_office, self._on_link = on_call, on_office, on_link

    def link(self, *, up: bool) -> None:
        assert self._on_link is not None
        self._on_link(up)

    def hear(self, one: SpokenCall) -> None:
        assert self._on_call is not None
        self._on_call(one)

    def look(self, office: OfficeNow) -> None:
        assert self._on_office is not None
        self._on_office(office)

    def report(self, detail: str) -> None:
        with self.reported:
            self.detail = detail
            self.details.append(detail)
            self.reported.notify_all()

    def wait_for(self, words: str) -> None:
        """Wait until the detail has these words; empty words wait for an empty detail."""
        with self.reported:
            assert self.reported.wait_for(
                lambda: words in self.detail if words else not self.detail, timeout=10
            ), self.details

    def close(self) -> None:
        self._on_call = self._on_office = self._on_link = None
