"""A loudspeaker that writes: one WAV for each sound and a list of when it was heard.

For an office that wants to hear at its desk what the hall would hear, and for tests. It takes as
long as the sound lasts, like a real one.
"""

from __future__ import annotations

import csv
import threading
import time
from collections.abc import Callable
from pathlib import Path

from kiosk.adapters.wav_files import write_wav
from kiosk.domain.sound import Sound
from kiosk.use_cases.voice_ports import AudioError

LIST = "played.csv"
HEAD = ("file", "started_s", "seconds")


class DiskAudio:
    """Files `00001.wav`, `00002.wav`, … and `played.csv`, in a folder that must exist."""

    def __init__(
        self,
        folder: Path,
        *,
        now: Callable[[], float] = time.monotonic,
        wait: Callable[[float], object] | None = None,
    ) -> None:
        """Write into a folder.

        Args:
            folder: what is in it already is kept; the count goes on.
            now: a monotonic clock in seconds.
            wait: lets the sound's seconds pass; by default they really pass, until `close`.
        """
        self._folder = folder
        self._now = now
        self._closing = threading.Event()
        self._wait = wait or self._closing.wait

    def play(self, sound: Sound) -> None:
        """Write it and return when it would have been heard, or when `close` cut it off.

        Raises:
            AudioError: the folder is gone or full.
        """
        if self._closing.is_set():
            return
        started_s = self._now()
        try:
            name = f"{1 + sum(1 for _ in self._folder.glob('*.wav')):05}.wav"
            write_wav(self._folder / name, sound)
            self._note(name, started_s, sound.seconds)
        except OSError as fault:
            raise AudioError(f"{self._folder}: {fault.strerror}") from None
        self._wait(sound.seconds)

    def close(self) -> None:
        """Fall silent at once."""
        self._closing.set()

    def _note(self, name: str, started_s: float, seconds: float) -> None:
        path = self._folder / LIST
        new = not path.exists()
        with path.open("a", encoding="utf-8", newline="") as file:
            rows = csv.writer(file)
            if new:
                rows.writerow(HEAD)
            rows.writerow([name, f"{started_s:.4f}", f"{seconds:.4f}"])
