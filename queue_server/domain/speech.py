"""What the announcer says when a citizen is called, spelled so that any voice reads it right.

A ticket number is read digit by digit, because A012 and A12 are the same slip to an ear but not to
an eye; a counter is read as a number, because that is how people name it.
"""

from __future__ import annotations

VI_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
EN_DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
EN_TEENS = (
    *("ten", "eleven", "twelve", "thirteen", "fourteen"),
    *("fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
EN_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
BELOW = 1000


def call_vi(label: str, counter: int) -> str:
    """The call in Vietnamese, for example "Mời công dân có số A không một hai đến quầy số ba."."""
    return f"Mời công dân có số {_spelled(label, VI_DIGITS)} đến quầy số {number_vi(counter)}."


def call_en(label: str, counter: int) -> str:
    """The call in English, for example "Number A zero one two, please go to counter three."."""
    return f"Number {_spelled(label, EN_DIGITS)}, please go to counter {number_en(counter)}."


def number_vi(number: int) -> str:
    """A number from 0 to 999 as it is said in Vietnamese.

    Raises:
        ValueError: it is outside this range.
    """
    hundreds, tens, ones = _digits_of(number)
    words = [VI_DIGITS[hundreds], "trăm"] if hundreds else []
    if tens > 1:
        words += [VI_DIGITS[tens], "mươi"]
    elif tens:
        words.append("mười")
    elif hundreds and ones:
        words.append("linh")
    if ones or not words:
        words.append(_last_digit_vi(tens, ones))
    return " ".join(words)


def number_en(number: int) -> str:
    """A number from 0 to 999 as it is said in English.

    Raises:
        ValueError: it is outside this range.
    """
    hundreds, tens, ones = _digits_of(number)
    words = [EN_DIGITS[hundreds], "hundred"] if hundreds else []
    if tens == 1:
        words.append(EN_TEENS[ones])
    elif tens:
        words.append("-".join([EN_TENS[tens - 2], *([EN_DIGITS[ones]] if ones else [])]))
    elif ones or not words:
        words.append(EN_DIGITS[ones])
    return " ".join(words)


def _last_digit_vi(tens: int, ones: int) -> str:
    """One and five change their sound after a ten: hai mươi mốt, mười lăm."""
    if ones == 1 and tens > 1:
        return "mốt"
    if ones == 5 and tens:  # noqa: PLR2004 - the digit five
        return "lăm"
    return VI_DIGITS[ones]


def _digits_of(number: int) -> tuple[int, int, int]:
    if not 0 <= number < BELOW:
        raise ValueError(f"cannot say {number}: only 0 to {BELOW - 1}")
    return number // 100, number // 10 % 10, number % 10


def _spelled(label: str, digits: tuple[str, ...]) -> str:
    return " ".join(digits[int(sign)] if sign in "0123456789" else sign for sign in label)
