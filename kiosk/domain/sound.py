"""Sound as numbers: 16-bit samples of one channel, joined, measured and made softer."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

FULL = 32767
SILENT_LEVEL = 328
"""One hundredth of full scale: below it a room only hums."""
HALF_AS_LOUD_DB = 10.0
"""A sound of ten decibels less is heard as half as loud."""


@dataclass(frozen=True, slots=True)
class Sound:
    """Samples from -32768 to 32767, `rate` of them a second."""

    rate: int
    samples: array[int]

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return len(self.samples) / self.rate

    @property
    def peak(self) -> int:
        """The largest swing; 0 for silence."""
        return max(map(abs, self.samples), default=0)

    @property
    def level(self) -> float:
        """The root of the mean square, 0 to 32767: how loud it is on the whole."""
        if not self.samples:
            return 0.0
        return math.sqrt(math.fsum(s * s for s in self.samples) / len(self.samples))


def silence(rate: int, seconds: float) -> Sound:
    """Nothing to hear, for so long."""
    return Sound(rate, array("h", bytes(2 * round(rate * seconds))))


def joined(sounds: Sequence[Sound], *, gap_s: float = 0.0) -> Sound:
    """One sound after the other with a little silence between them.

    Raises:
        ValueError: there is none, or they differ in rate.
    """
    rates = {sound.rate for sound in sounds}
    if len(rates) != 1:
        raise ValueError(f"cannot join sounds of the rates {sorted(rates)}")
    rate = rates.pop()
    gap = silence(rate, gap_s).samples
    samples = array("h")
    for place, sound in enumerate(sounds):
        if place:
            samples.extend(gap)
        samples.extend(sound.samples)
    return Sound(rate, samples)


def at_volume(sound: Sound, percent: float) -> Sound:
    """The sound at a volume from 0 to 100 percent; 50 is heard as half as loud, -10 dB."""
    factor = amplitude(percent)
    if factor >= 1:
        return sound
    return Sound(sound.rate, array("h", (round(s * factor) for s in sound.samples)))


def amplitude(percent: float) -> float:
    """By what every sample is multiplied for a volume, 0 to 1."""
    if percent <= 0:
        return 0.0
    exponent = HALF_AS_LOUD_DB / 20 / math.log10(2)
    return float(min(1.0, (percent / 100) ** exponent))


def trimmed(sound: Sound, *, keep_s: float = 0.03) -> Sound:
    """Without the silence around it; `keep_s` seconds of it stay on either side."""
    heard = [place for place, sample in enumerate(sound.samples) if abs(sample) > SILENT_LEVEL]
    if not heard:
        return Sound(sound.rate, array("h"))
    keep = round(keep_s * sound.rate)
    first, last = max(0, heard[0] - keep), heard[-1] + 1 + keep
    return Sound(sound.rate, sound.samples[first:last])


def chime(
    rate: int, *, notes_hz: Iterable[float] = (659.26, 523.25), each_s: float = 0.45
) -> Sound:
    """Two falling notes that ring out, E5 and C5: heard over talk, and nobody's recording."""
    length = round(rate * each_s * 2)
    mixed = [0.0] * length
    for order, hz in enumerate(notes_hz):
        start = round(order * each_s * rate)
        for step in range(length - start):
            at_s = step / rate
            swell = min(1.0, at_s / 0.005) * math.exp(-at_s * 5)
            ring = math.sin(2 * math.pi * hz * at_s) + 0.3 * math.sin(4 * math.pi * hz * at_s)
            mixed[start + step] += 0.4 * swell * ring
    fade = round(rate * 0.03)
    for place in range(fade):
        mixed[length - 1 - place] *= place / fade
    return Sound(rate, array("h", (round(FULL * value) for value in mixed)))
