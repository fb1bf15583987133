"""Every fault of a clip is one line; a good pack has none."""

from __future__ import annotations

from array import array

import pytest

from kiosk.domain.clip_faults import Clip, Prompt, clip_faults, pack_faults
from kiosk.domain.sound import Sound, at_volume, joined, silence
from tests.fakes.voices import RATE, tone

GOOD = tone(300, 0.5)


def clip(sound: Sound | None, word: str = "một", fault: str | None = None) -> Clip:
    return Clip(f"{word}.wav", (word,), sound, fault)


@pytest.mark.parametrize(
    ("sound", "words"),
    [
        (None, "missing"),
        (tone(300, 0.5, rate=8000), "8000 samples a second, the pack says 16000"),
        (silence(RATE, 0.5), "silent"),
        (Sound(RATE, array("h")), "silent"),
        (Sound(RATE, array("h", [32767, -32768] * 4000)), "clipped: 8000 samples"),
        (tone(300, 2.5), "too long: 2.5 s for 1 word(s), at most 1.8 s"),
        (joined([silence(RATE, 0.4), GOOD]), "0.4 s of silence at the start"),
        (joined([GOOD, silence(RATE, 0.4)]), "0.4 s of silence at the end"),
    ],
)
def test_faults_are_named(sound: Sound | None, words: str) -> None:
    (fault,) = clip_faults(clip(sound), RATE)
    assert words in fault


def test_a_good_clip_has_no_fault() -> None:
    assert not clip_faults(clip(GOOD), RATE)


def test_a_pack_is_judged_as_a_whole() -> None:
    clips = [
        clip(GOOD),
        clip(tone(400, 0.5), "hai"),
        clip(at_volume(GOOD, 40), "ba"),
        clip(None, "bốn", "not a WAV"),
    ]
    prompts = [
        Prompt("so-bon.wav", "bốn", ("bốn",)),
        Prompt("so-hai-ba.wav", "hai ba", ("hai", "ba")),
    ]
    assert list(pack_faults(clips, RATE, prompts)) == [
        "bốn.wav: not a WAV",
        "ba.wav: 13 dB softer than the other clips",
        "no clip says 'bốn': record it as so-bon.wav",
    ]
    assert not list(pack_faults(clips[:2], RATE, prompts[:0]))
