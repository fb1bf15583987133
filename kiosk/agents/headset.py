"""The thread that speaks to one listener: the newest words win, and what is said breaks off."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass

from kiosk.domain.sound import Sound, at_volume, chime
from kiosk.use_cases.voice_ports import AudioError, AudioOut, Voice, VoiceError

log = logging.getLogger(__name__)

RATE = 22050
FIRST_VOLUME, STEP, LEAST, MOST = 60, 15, 30, 90
Open = Callable[[], AudioOut]


@dataclass(frozen=True, slots=True)
class _Wish:
    """Something to be heard: words, or the warning where `text` is empty."""

    text: str
    language: str


class HeadsetSpeaker:
    """Words go to the headset, the warning to the loudspeaker in the room.

    An audio device is opened for each sound, because breaking one off closes it for good.
    """

    def __init__(
        self,
        voice: Voice,
        languages: Collection[str],
        headset: Open | None,
        room: Open | None,
    ) -> None:
        """Start the thread.

        Args:
            voice: says words.
            languages: what it can say.
            headset: opens the headset; None where there is none.
            room: opens the loudspeaker; None where there is none.
        """
        self._voice, self._languages = voice, frozenset(languages)
        self._outs = {"headset": headset, "loudspeaker": room}
        self._volume = FIRST_VOLUME
        self._changed = threading.Condition()
        self._words: _Wish | None = None
        self._warn = False
        self._playing: AudioOut | None = None
        self._closing = False
        self._faults: dict[str, str] = {}
        self._thread = threading.Thread(target=self._run, name="headset", daemon=True)
        self._thread.start()

    def say(self, text: str, language: str) -> None:
        """Say a spelled text now; whatever is being said breaks off. Without a headset: nothing."""
        if self._outs["headset"] is None:
            return
        with self._changed:
            self._words = _Wish(text, language)
            self._break_off()
            self._changed.notify()

    def chime(self) -> None:
        """Let the warning be heard before any words."""
        with self._changed:
            self._warn = True
            self._changed.notify()

    def hush(self) -> None:
        """Fall silent at once."""
        with self._changed:
            self._words = None
            self._break_off()

    def louder(self, *, up: bool) -> None:
        """Change the volume by one step: never off, never painful."""
        change = STEP if up else -STEP
        self._volume = min(MOST, max(LEAST, self._volume + change))

    def reset(self) -> None:
        """Return to the volume of the start."""
        self._volume = FIRST_VOLUME

    def speaks(self, language: str) -> bool:
        """Whether the voice knows a language, and there is a headset."""
        return self._outs["headset"] is not None and language in self._languages

    def close(self) -> None:
        """Fall silent and end the thread."""
        with self._changed:
            self._closing = True
            self._break_off()
            self._changed.notify()
        self._thread.join()

    def _break_off(self) -> None:
        if self._playing is not None:
            self._playing.close()

    def _run(self) -> None:
        while (wish := self._next()) is not None:
            if not wish.text:
                self._play("loudspeaker", chime(RATE), None)
                continue
            try:
                sound = self._voice.say(wish.text, wish.language)
            except VoiceError as fault:
                self._note("voice", str(fault))
            else:
                self._play("headset", at_volume(sound, self._volume), wish)

    def _next(self) -> _Wish | None:
        with self._changed:
            while not (self._warn or self._words or self._closing):
                self._changed.wait()
            if self._closing:
                return None
            if self._warn:
                self._warn = False
                return _Wish("", "")
            # It stays wished for while it is being made: `hush` and newer words take it away.
            return self._words

    def _play(self, name: str, sound: Sound, wish: _Wish | None) -> None:
        with self._changed:
            if wish is not None and self._words is not wish:
                return
            if wish is not None:
                self._words = None
            out = self._open(name)
            self._playing = out
        try:
            if out is not None:
                out.play(sound)
                self._note(name, "")
        except AudioError as fault:
            self._note(name, str(fault))
        finally:
            with self._changed:
                self._playing = None
            if out is not None:
                out.close()

    def _open(self, name: str) -> AudioOut | None:
        opened = self._outs[name]
        return opened() if opened is not None and not self._closing else None

    def _note(self, part: str, fault: str) -> None:
        """Say a fault in the log once, not at every word."""
        if fault and self._faults.get(part) != fault:
            log.warning("%s: %s", part, fault)
        self._faults[part] = fault
