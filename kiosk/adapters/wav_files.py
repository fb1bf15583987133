"""Sound to and from WAV: 16-bit PCM of one channel, and nothing else."""

from __future__ import annotations

import io
import sys
import wave
from array import array
from pathlib import Path

from kiosk.domain.sound import Sound

WIDTH = 2


class WavError(Exception):
    """Not a WAV of 16 bits and one channel; the message is one line without the file's name."""


def to_pcm(sound: Sound) -> bytes:
    """The samples as little-endian 16-bit numbers."""
    return _little(sound.samples).tobytes()


def from_pcm(data: bytes, rate: int) -> Sound:
    """Sound of little-endian 16-bit numbers; half a sample at the end is left out."""
    return Sound(rate, _little(array("h", data[: len(data) // WIDTH * WIDTH])))


def wav_of(data: bytes) -> Sound:
    """Read a WAV, also one whose header promises more than there is, as from a pipe.

    Raises:
        WavError: it is something else.
    """
    try:
        with wave.open(io.BytesIO(data)) as wav:
            shape = wav.getnchannels(), wav.getsampwidth() * 8
            rate, frames = wav.getframerate(), wav.readframes(len(data))
    except (wave.Error, EOFError) as fault:
        raise WavError(f"not a WAV of whole numbers: {fault or 'it ends too soon'}") from None
    if shape != (1, WIDTH * 8):
        raise WavError("{} channel(s) of {} bits, wanted 1 of 16".format(*shape))
    return from_pcm(frames, rate)


def read_wav(path: Path) -> Sound:
    """Read a WAV file.

    Raises:
        WavError: it is missing, unreadable, or not 16-bit PCM of one channel.
    """
    try:
        return wav_of(path.read_bytes())
    except FileNotFoundError:
        raise WavError("missing") from None
    except OSError as fault:
        raise WavError(f"cannot be read: {fault.strerror}") from None


def write_wav(path: Path, sound: Sound) -> None:
    """Write a WAV file, whole or not at all."""
    whole = io.BytesIO()
    with wave.open(whole, "wb") as wav:
        wav.setparams((1, WIDTH, sound.rate, 0, "NONE", "not compressed"))
        wav.writeframes(to_pcm(sound))
    unfinished = path.with_name(f".{path.name}.part")
    unfinished.write_bytes(whole.getvalue())
    unfinished.replace(path)


def _little(samples: array[int]) -> array[int]:
    if sys.byteorder == "little":
        return samples
    swapped = array("h", samples)
    swapped.byteswap()
    return swapped
