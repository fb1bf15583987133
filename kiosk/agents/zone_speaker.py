"""The thread of one zone: asks what to play, plays it to its end, says how it went."""

from __future__ import annotations

import logging
import math
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import time

from kiosk.domain.sound import Sound, at_volume, chime, silence
from kiosk.domain.spoken_call import OfficeNow, SpokenCall
from kiosk.use_cases.announce_calls import AnnounceCalls, Kind, Outcome, Part
from kiosk.use_cases.voice_ports import AudioError, AudioOut, Voice, VoiceError

log = logging.getLogger(__name__)

LONGEST_NAP_S = 3600.0
RATE = 22050
PAUSE_S = 0.7
PROBE_S = 0.05


@dataclass(frozen=True, slots=True)
class Clocks:
    """What time it is.

    Attributes:
        now: a monotonic clock in seconds.
        at: the time of day on the office's wall.
    """

    now: Callable[[], float]
    at: Callable[[], time]


class ZoneSpeaker:
    """One loudspeaker with its own calls; `on_state` is told when the loudspeaker or voice changes.

    `on_state` gets the fault of the loudspeaker and that of the voice, None where all is well.
    """

    def __init__(
        self,
        name: str,
        calls: AnnounceCalls,
        out: AudioOut,
        voice: Voice,
        clocks: Clocks,
    ) -> None:
        """Put a zone together.

        Args:
            name: the zone's name in logs and status.
            calls: the rules; nobody else may use this object.
            out: the loudspeaker; the zone closes it.
            voice: says the words; may be shared by zones.
            clocks: what time it is.
        """
        self.name = name
        self.audio_fault: str | None = None
        self.voice_fault: str | None = None
        self._calls = calls
        self._out = out
        self._voice = voice
        self._now = clocks.now
        self._at = clocks.at
        self._chime = chime(RATE)
        self._last_words: tuple[str, str, Sound] | None = None
        self._changed = threading.Condition()
        self._closing = False
        self._on_state: Callable[[], None] = _nobody
        self._thread = threading.Thread(target=self._run, name=f"zone {name}", daemon=True)

    def start(self, on_state: Callable[[], None]) -> None:
        """Speak in the background until `close`."""
        self._on_state = on_state
        self._thread.start()

    def hear(self, call: SpokenCall) -> None:
        """A citizen of this zone is called; returns at once."""
        with self._changed:
            self._calls.hear(call, self._now())
            self._changed.notify()

    def office(self, office: OfficeNow) -> None:
        """The board says how the office is; returns at once."""
        with self._changed:
            self._calls.office(office)
            self._changed.notify()

    def wake(self) -> None:
        """Look at the clock now; for a clock that does not run by itself."""
        with self._changed:
            self._changed.notify()

    def close(self) -> None:
        """Fall silent at once, also in the middle of a word."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        self._out.close()
        self._thread.join()
        said = ", ".join(f"{count} {what}" for what, count in sorted(self._calls.outcomes.items()))
        log.info("zone %s: %s", self.name, said or "nothing was called")

    def _run(self) -> None:
        while (part := self._wait_for_part()) is not None:
            try:
                self._play(part)
            except Exception:  # one call that cannot be spoken must not silence the office
                log.exception("zone %s: a part was left out", self.name)
                with self._changed:
                    self._calls.played(part, said=False)

    def _wait_for_part(self) -> Part | None:
        with self._changed:
            while not self._closing:
                now = self._now()
                before = self._calls.outcomes[Outcome.TOO_OLD]
                part = self._calls.next_part(now, self._at())
                lost = self._calls.outcomes[Outcome.TOO_OLD] - before
                if lost:
                    log.warning("zone %s: %d call(s) left out as too old", self.name, lost)
                if part is not None:
                    return part
                due_at = self._calls.due_at()
                nap_s = LONGEST_NAP_S if due_at == math.inf else max(0.0, due_at - now)
                self._changed.wait(nap_s)
            return None

    def _play(self, part: Part) -> None:
        sound = self._sound(part)
        if sound is None:
            with self._changed:
                self._calls.played(part, said=False)
            return
        try:
            self._out.play(at_volume(sound, part.percent))
        except AudioError as fault:
            with self._changed:
                self._calls.failed(part, self._now())
            self._set_faults(str(fault), self.voice_fault)
        else:
            with self._changed:
                self._calls.played(part)
            self._set_faults(None, self.voice_fault)

    def _sound(self, part: Part) -> Sound | None:
        if part.kind is Kind.CHIME:
            return self._chime
        if part.kind is not Kind.WORDS:
            return silence(RATE, PAUSE_S if part.kind is Kind.PAUSE else PROBE_S)
        if self._last_words is not None and self._last_words[:2] == (part.text, part.language):
            return self._last_words[2]
        try:
            sound = self._voice.say(part.text, part.language)
        except VoiceError as fault:
            self._set_faults(self.audio_fault, str(fault))
            return None
        self._last_words = (part.text, part.language, sound)
        self._set_faults(self.audio_fault, None)
        return sound

    def _set_faults(self, audio: str | None, voice: str | None) -> None:
        if (audio, voice) == (self.audio_fault, self.voice_fault):
            return
        for what, old, new in (
            ("loudspeaker", self.audio_fault, audio),
            ("voice", self.voice_fault, voice),
        ):
            if new is not None and new != old:
                log.warning("zone %s: %s: %s", self.name, what, new)
            elif new is None and old is not None:
                log.info("zone %s: the %s works again", self.name, what)
        self.audio_fault, self.voice_fault = audio, voice
        self._on_state()


def _nobody() -> None:
    """Hears nothing, before `start` names who does."""
