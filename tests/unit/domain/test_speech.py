"""Calls are spelled for the ear."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.speech import (
    EN_DIGITS,
    VI_DIGITS,
    call_en,
    call_vi,
    number_en,
    number_vi,
)


@pytest.mark.parametrize(
    ("label", "counter", "vi", "en"),
    [
        (
            "A012",
            3,
            "Mời công dân có số A không một hai đến quầy số ba.",
            "Number A zero one two, please go to counter three.",
        ),
        (
            "B99999",
            21,
            "Mời công dân có số B chín chín chín chín chín đến quầy số hai mươi mốt.",
            "Number B nine nine nine nine nine, please go to counter twenty-one.",
        ),
    ],
)
def test_a_call_in_both_languages(label: str, counter: int, vi: str, en: str) -> None:
    assert (call_vi(label, counter), call_en(label, counter)) == (vi, en)


@given(number=st.integers(1, 99_999), letter=st.sampled_from("ABCDXYZ"))
def test_every_digit_is_said_once_in_order(number: int, letter: str) -> None:
    label = f"{letter}{number:03d}"
    for text, words in ((call_vi(label, 1), VI_DIGITS), (call_en(label, 1), EN_DIGITS)):
        said = text.split(f" {letter} ", 1)[1].replace(",", "").split()[: len(label) - 1]
        assert [str(words.index(word)) for word in said] == list(label[1:])


@pytest.mark.parametrize(
    ("number", "vi", "en"),
    [
        (0, "không", "zero"),
        (5, "năm", "five"),
        (10, "mười", "ten"),
        (11, "mười một", "eleven"),
        (15, "mười lăm", "fifteen"),
        (20, "hai mươi", "twenty"),
        (24, "hai mươi bốn", "twenty-four"),
        (55, "năm mươi lăm", "fifty-five"),
        (100, "một trăm", "one hundred"),
        (105, "một trăm linh năm", "one hundred five"),
        (110, "một trăm mười", "one hundred ten"),
        (111, "một trăm mười một", "one hundred eleven"),
        (999, "chín trăm chín mươi chín", "nine hundred ninety-nine"),
    ],
)
def test_a_counter_is_said_as_a_number(number: int, vi: str, en: str) -> None:
    assert (number_vi(number), number_en(number)) == (vi, en)


def test_no_two_counters_sound_the_same() -> None:
    assert len({number_vi(n) for n in range(1000)}) == 1000
    assert len({number_en(n) for n in range(1000)}) == 1000


@pytest.mark.parametrize("number", [-1, 1000])
def test_what_cannot_be_said_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="only 0 to 999"):
        number_vi(number)
