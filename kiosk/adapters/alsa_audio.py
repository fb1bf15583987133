"""ALSA devices by its own programs `aplay` and `arecord`: a stuck driver hangs them, not us."""

from __future__ import annotations

import subprocess
import threading

from kiosk.adapters.wav_files import from_pcm, to_pcm
from kiosk.domain.sound import Sound
from kiosk.use_cases.voice_ports import AudioError

PATIENCE_S = 5.0
"""How much longer than the sound itself a device may take before it counts as stuck."""
STDERR_LIMIT = 160


class AlsaPlayer:
    """Plays on one device, for example `default` or `plughw:CARD=Device`; never by a shell."""

    def __init__(
        self, device: str, *, program: str = "aplay", patience_s: float = PATIENCE_S
    ) -> None:
        self._device = device
        self._program = program
        self._patience_s = patience_s
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._closed = False

    def play(self, sound: Sound) -> None:
        """Play it and return when it has been heard, or when `close` cut it off.

        Raises:
            AudioError: the device is gone, busy or stuck, or `aplay` is not installed.
        """
        with self._lock:
            if self._closed:
                return
            child = self._child = _started(self._program, self._device, sound.rate)
        try:
            _, said = child.communicate(to_pcm(sound), timeout=sound.seconds + self._patience_s)
        except subprocess.TimeoutExpired:
            child.kill()
            child.communicate()
            raise AudioError(f"{self._device}: stuck, nothing was taken in time") from None
        finally:
            with self._lock:
                self._child = None
                closed = self._closed
        if child.returncode and not closed:
            raise AudioError(f"{self._device}: {_last_line(said)}")

    def close(self) -> None:
        """Fall silent at once, also in the middle of a sound."""
        with self._lock:
            self._closed = True
            if self._child is not None:
                self._child.kill()


class AlsaRecorder:
    """Records from one device."""

    def __init__(
        self, device: str, *, program: str = "arecord", patience_s: float = PATIENCE_S
    ) -> None:
        self._device = device
        self._program = program
        self._patience_s = patience_s

    def record(self, seconds: float, rate: int) -> Sound:
        """Record for so long.

        Raises:
            AudioError: there is no such device, or it gave nothing.
        """
        child = _started(self._program, self._device, rate, "-s", str(round(seconds * rate)))
        try:
            heard, said = child.communicate(timeout=seconds + self._patience_s)
        except subprocess.TimeoutExpired:
            child.kill()
            child.communicate()
            raise AudioError(f"{self._device}: stuck, nothing came in time") from None
        if child.returncode or not heard:
            raise AudioError(f"{self._device}: {_last_line(said)}")
        return from_pcm(heard, rate)


def _started(program: str, device: str, rate: int, *more: str) -> subprocess.Popen[bytes]:
    shape = ["-t", "raw", "-f", "S16_LE", "-c", "1", "-r", str(rate)]
    try:
        return subprocess.Popen(  # noqa: S603 - a list of our own words, no shell
            [program, "-q", "-D", device, *shape, *more],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
    except OSError:
        raise AudioError(f"{program} is not installed: apt-get install alsa-utils") from None


def _last_line(said: bytes) -> str:
    """What the program gave as its last reason, kept short; the first lines are ALSA's own."""
    lines = said.decode(errors="replace").strip().splitlines()
    return lines[-1][:STDERR_LIMIT] if lines else "no reason given"
