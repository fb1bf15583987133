"""Asks one voice after the other until one can say the text: recorded clips first, espeak last."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.domain.sound import Sound
from kiosk.use_cases.voice_ports import Voice, VoiceError


class ChooseVoice:
    """A voice that is made of voices."""

    def __init__(self, voices: Sequence[Voice]) -> None:
        self._voices = voices

    def say(self, text: str, language: str) -> Sound:
        """Return the sound of the first voice that can say it.

        Raises:
            VoiceError: none can; the message has the reason of each.
        """
        reasons = []
        for voice in self._voices:
            try:
                return voice.say(text, language)
            except VoiceError as fault:
                reasons.append(str(fault))
        raise VoiceError("; ".join(reasons) or "no voice is set up")
