"""Sound is joined, measured and made softer sample by sample."""

from __future__ import annotations

import math
from array import array
from itertools import pairwise

import pytest

from kiosk.domain.sound import FULL, Sound, at_volume, chime, joined, silence, trimmed
from tests.fakes.voices import tone


def test_joining_keeps_every_sample_and_adds_the_gap() -> None:
    one, two = tone(300, 0.2), tone(500, 0.1)
    both = joined([one, two], gap_s=0.05)
    assert both.seconds == pytest.approx(0.35)
    assert both.samples == one.samples + silence(one.rate, 0.05).samples + two.samples


def test_different_rates_cannot_be_joined() -> None:
    with pytest.raises(ValueError, match="8000, 16000"):
        joined([tone(300, 0.1), tone(300, 0.1, rate=8000)])


@pytest.mark.parametrize(("percent", "softer_db"), [(100, 0), (50, 10), (25, 20)])
def test_half_the_volume_is_ten_decibels_less(percent: int, softer_db: float) -> None:
    loud = tone(440, 0.5)
    found = 20 * math.log10(loud.level / at_volume(loud, percent).level)
    assert found == pytest.approx(softer_db, abs=0.05)


def test_no_volume_is_silence_of_the_same_length() -> None:
    soft = at_volume(tone(440, 0.5), 0)
    assert (soft.peak, soft.seconds) == (0, 0.5)


def test_trimming_leaves_the_sound_and_a_little_room() -> None:
    sound = tone(440, 0.3)
    around = joined([silence(sound.rate, 0.5), sound, silence(sound.rate, 0.4)])
    kept = trimmed(around, keep_s=0.02)
    assert kept.seconds == pytest.approx(0.34, abs=0.001)
    assert kept.level > around.level
    assert not trimmed(silence(8000, 1)).samples


def test_the_chime_is_heard_and_never_clipped() -> None:
    ding = chime(22050)
    assert ding.seconds == pytest.approx(0.9, abs=0.01)
    assert 0.3 * FULL < ding.peak < FULL
    assert abs(ding.samples[-1]) < 50
    first, second = ding.samples[:9000], ding.samples[-9000:]
    assert _crossings(first) > _crossings(second), "the second note is lower"


def _crossings(samples: array[int]) -> int:
    return sum(a < 0 <= b for a, b in pairwise(samples))


def test_an_empty_sound_has_no_level() -> None:
    nothing = Sound(8000, array("h"))
    assert (nothing.peak, nothing.level, nothing.seconds) == (0, 0.0, 0.0)
