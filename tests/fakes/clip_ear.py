"""An ear that knows the clips of a pack: it tells from the samples alone which were played."""

from __future__ import annotations

import math
from array import array
from collections.abc import Mapping

from kiosk.domain.sound import Sound

ALIKE = 0.999
STRIDE = 5
QUIET = 8


def recognise(sound: Sound, clips: Mapping[str, Sound]) -> list[str]:
    """Name the clips in a sound, in order; the clips must be as loud as in it.

    Raises:
        AssertionError: something is heard that is no clip, or a clip is cut off.
    """
    samples, at, names = sound.samples, 0, []
    while (at := _next_sound(samples, at)) < len(samples):
        found = [
            (len(clip.samples), name, at - lead)
            for name, clip in clips.items()
            if (lead := _next_sound(clip.samples, 0)) <= at
            and _alike(samples, at - lead, clip.samples) > ALIKE
        ]
        assert found, f"unknown sound at {at / sound.rate:.2f} s, after {names}"
        length, name, start = max(found)
        names.append(name)
        at = start + length
    return names


def _next_sound(samples: array[int], at: int) -> int:
    while at < len(samples) and abs(samples[at]) < QUIET:
        at += 1
    return at


def _alike(samples: array[int], at: int, clip: array[int]) -> float:
    """The correlation of a clip with what is heard at a place, 1 for the same."""
    heard = samples[at : at + len(clip) : STRIDE]
    known = clip[::STRIDE]
    if len(heard) != len(known):
        return 0.0
    power = math.sqrt(sum(a * a for a in heard) * sum(b * b for b in known))
    return sum(a * b for a, b in zip(heard, known, strict=True)) / power if power else 0.0
