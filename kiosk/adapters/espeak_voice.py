"""The voice that is always there: espeak-ng, run as a process for each text, never by a shell."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping

from kiosk.adapters.wav_files import WavError, wav_of
from kiosk.domain.sound import Sound, trimmed
from kiosk.use_cases.voice_ports import VoiceError

PROGRAM = "espeak-ng"
WORDS_PER_MINUTE = 140
PATIENCE_S = 5.0
VOICES = {"vi": "vi", "en": "en-gb"}


class EspeakVoice:
    """Says any text in the languages it has a voice for."""

    def __init__(
        self,
        *,
        words_per_minute: int = WORDS_PER_MINUTE,
        voices: Mapping[str, str] | None = None,
        program: str = PROGRAM,
    ) -> None:
        self._speed = words_per_minute
        self._voices = VOICES if voices is None else voices
        self._program = program

    def say(self, text: str, language: str) -> Sound:
        """Return the sound of a text; the text goes by standard input, so no sign is an option.

        Raises:
            VoiceError: espeak-ng is not installed, has no such voice, or gave no sound.
        """
        voice = self._voices.get(language)
        if voice is None:
            raise VoiceError(f"espeak-ng has no voice for the language '{language}'")
        program = shutil.which(self._program)
        if program is None:
            raise VoiceError(f"{self._program} is not installed: apt-get install espeak-ng")
        command = [program, "-v", voice, "-s", str(self._speed), "--stdin", "--stdout"]
        try:
            done = subprocess.run(  # noqa: S603 - a list of our own words, no shell
                command, input=text.encode(), capture_output=True, check=False, timeout=PATIENCE_S
            )
        except (OSError, subprocess.TimeoutExpired) as fault:
            raise VoiceError(f"{self._program} does not work: {fault}") from None
        if done.returncode or not done.stdout:
            words = done.stderr.decode(errors="replace").strip().splitlines()
            raise VoiceError(f"{self._program}: {words[0] if words else 'no sound'}")
        try:
            return trimmed(wav_of(done.stdout))
        except WavError as fault:
            raise VoiceError(f"{self._program}: {fault}") from None
