"""What is wrong with a recorded clip, alone and beside the others of its pack."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kiosk.domain.clip_words import Words, WordsMissing, cover
from kiosk.domain.sound import FULL, SILENT_LEVEL, Sound

LONGEST_WORD_S = 1.2
LONGEST_START_S = 0.6
"""A clip may last 0.6 s and 1.2 s for each of its words; more is a pause or a mistake."""
CLIPPED_SAMPLES = 3
EDGE_S = 0.25
UNEVEN_DB = 8.0


@dataclass(frozen=True, slots=True)
class Clip:
    """One file of a pack: the words it says, and its sound or why there is none."""

    file: str
    words: Words
    sound: Sound | None
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class Prompt:
    """One thing to record; `hint` is for the person who speaks."""

    file: str
    text: str
    words: Words
    hint: str = ""


def clip_faults(clip: Clip, rate: int) -> list[str]:
    """Everything that is wrong with one clip; empty when it can be used as it is."""
    sound = clip.sound
    if sound is None:
        return [clip.fault or "missing"]
    if sound.rate != rate:
        return [f"{sound.rate} samples a second, the pack says {rate}"]
    if sound.peak <= SILENT_LEVEL:
        return ["silent"]
    return [
        fault
        for fault in (_clipped(sound), _too_long(sound, len(clip.words)), *_edges(sound))
        if fault is not None
    ]


def pack_faults(clips: Sequence[Clip], rate: int, prompts: Iterable[Prompt]) -> Iterator[str]:
    """Every fault of a pack, one line each: first the files, then what nobody can say."""
    good: list[tuple[Clip, Sound]] = []
    for clip in clips:
        faults = clip_faults(clip, rate)
        yield from (f"{clip.file}: {fault}" for fault in faults)
        if clip.sound is not None and not faults:
            good.append((clip, clip.sound))
    yield from _uneven(good)
    known = [clip.words for clip in clips if clip.sound is not None and clip.sound.rate == rate]
    for prompt in prompts:
        try:
            cover(prompt.words, known)
        except WordsMissing:
            yield f"no clip says '{prompt.text}': record it as {prompt.file}"


def _clipped(sound: Sound) -> str | None:
    over = sum(abs(sample) >= FULL for sample in sound.samples)
    return f"clipped: {over} samples at the limit" if over >= CLIPPED_SAMPLES else None


def _too_long(sound: Sound, words: int) -> str | None:
    longest_s = LONGEST_START_S + LONGEST_WORD_S * words
    if sound.seconds <= longest_s:
        return None
    return f"too long: {sound.seconds:.1f} s for {words} word(s), at most {longest_s:.1f} s"


def _edges(sound: Sound) -> Iterator[str]:
    heard = [place for place, sample in enumerate(sound.samples) if abs(sample) > SILENT_LEVEL]
    for where, seconds in (
        ("start", heard[0] / sound.rate),
        ("end", (len(sound.samples) - 1 - heard[-1]) / sound.rate),
    ):
        if seconds > EDGE_S:
            yield f"{seconds:.1f} s of silence at the {where}"


def _uneven(clips: Sequence[tuple[Clip, Sound]]) -> Iterator[str]:
    if not clips:
        return
    usual = statistics.median(sound.level for _, sound in clips)
    for clip, sound in clips:
        off_db = 20 * math.log10(sound.level / usual)
        if abs(off_db) > UNEVEN_DB:
            how = "louder" if off_db > 0 else "softer"
            yield f"{clip.file}: {abs(off_db):.0f} dB {how} than the other clips"
