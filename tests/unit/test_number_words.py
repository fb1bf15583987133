"""Numbers as they are said: every one to 9,999, read back by a parser that knows no speller."""

from __future__ import annotations

import pytest

from kiosk.domain.number_words import NORTH, SOUTH, number_en, number_vi
from queue_server.domain import speech

WORDS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
UNITS = {word: digit for digit, word in enumerate(WORDS)} | {"mốt": 1, "tư": 4, "lăm": 5}


def heard_vi(text: str) -> int:
    """What a listener understands."""
    total, part, digit = 0, 0, 0
    for word in text.split():
        if word in {"nghìn", "ngàn"}:
            total, part, digit = total + (part + digit) * 1000, 0, 0
        elif word == "trăm":
            part, digit = part + digit * 100, 0
        elif word == "mươi":
            part, digit = part + digit * 10, 0
        elif word == "mười":
            part += 10
        elif word not in {"linh", "lẻ"}:
            digit = UNITS[word]
    return total + part + digit


@pytest.mark.parametrize("manner", [NORTH, SOUTH], ids=["north", "south"])
def test_every_number_to_9999_is_understood(manner: object) -> None:
    said = [number_vi(number, manner) for number in range(10_000)]  # type: ignore[arg-type]  # a manner
    assert [heard_vi(text) for text in said] == list(range(10_000))
    assert len(set(said)) == 10_000


def test_every_number_follows_the_rules_of_the_last_digit() -> None:
    for number in range(10_000):
        words = number_vi(number).split()
        tens, ones = number // 10 % 10, number % 10
        last = words[-1]
        if tens > 1:
            assert last == {0: "mươi", 1: "mốt", 4: "tư", 5: "lăm"}.get(
                ones, speech.VI_DIGITS[ones]
            )
        elif tens == 1:
            assert last == {0: "mười", 5: "lăm"}.get(ones, speech.VI_DIGITS[ones])
        elif number > 100 and ones:
            assert words[-2:] == ["linh", speech.VI_DIGITS[ones]]
        assert (number > 1000 and number % 1000 < 100 and number % 1000 > 0) == (
            words[2:4] == ["không", "trăm"]
        )


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"), (10, "mười"), (11, "mười một"), (14, "mười bốn"), (15, "mười lăm"),
        (20, "hai mươi"), (21, "hai mươi mốt"), (24, "hai mươi tư"), (25, "hai mươi lăm"),
        (55, "năm mươi lăm"), (100, "một trăm"), (101, "một trăm linh một"),
        (104, "một trăm linh bốn"), (105, "một trăm linh năm"), (111, "một trăm mười một"),
        (121, "một trăm hai mươi mốt"), (1000, "một nghìn"),
        (1005, "một nghìn không trăm linh năm"), (1024, "một nghìn không trăm hai mươi tư"),
        (2026, "hai nghìn không trăm hai mươi sáu"), (9999, "chín nghìn chín trăm chín mươi chín"),
        (20_000, "hai mươi nghìn"), (1_000_000, "một triệu"),
        (1_000_005, "một triệu không trăm linh năm"),
    ],
)  # fmt: skip
def test_numbers_in_vietnamese(number: int, words: str) -> None:
    assert number_vi(number) == words


def test_the_south_says_some_words_otherwise() -> None:
    assert number_vi(1105, SOUTH) == "một ngàn một trăm lẻ năm"


def test_the_announcer_says_the_same_numbers_but_for_four_after_a_ten() -> None:
    for number in range(1000):
        mine = number_vi(number).replace("mươi tư", "mươi bốn")
        assert mine == speech.number_vi(number)
        assert number_en(number).replace(" and ", " ") == speech.number_en(number)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1005, "one thousand and five"), (1100, "one thousand one hundred"),
        (9999, "nine thousand nine hundred and ninety-nine"), (20_000, "twenty thousand"),
        (1_250_000, "one million two hundred and fifty thousand"),
    ],
)  # fmt: skip
def test_numbers_in_english(number: int, words: str) -> None:
    assert number_en(number) == words


def test_every_english_number_to_9999_is_another() -> None:
    assert len({number_en(number) for number in range(10_000)}) == 10_000


@pytest.mark.parametrize("number", [-1, 1_000_000_000])
def test_what_cannot_be_said_is_refused(number: int) -> None:
    for say in (number_vi, number_en):
        with pytest.raises(ValueError, match="cannot say"):
            say(number)
