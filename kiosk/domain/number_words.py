"""Says a number as people of the language say it, because voices read figures wrong.

Vietnamese changes the last digit after a ten (hai mươi mốt, hai mươi tư, mười lăm) and names an
empty ten (một trăm linh năm) or hundred (một nghìn không trăm linh năm).
"""

from __future__ import annotations

from dataclasses import dataclass

VI_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
EN_SMALL = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    *("ten", "eleven", "twelve", "thirteen", "fourteen"),
    *("fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
EN_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
EN_GROUPS = ("", "thousand", "million")
BELOW = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Manner:
    """What differs between regions; the defaults are those of the north."""

    empty_ten: str = "linh"
    four_after_ten: str = "tư"
    thousand: str = "nghìn"


NORTH = Manner()
SOUTH = Manner(empty_ten="lẻ", thousand="ngàn")


def number_vi(number: int, manner: Manner = NORTH) -> str:
    """A number from 0 to 999,999,999 in Vietnamese.

    Raises:
        ValueError: it is outside this range.
    """
    groups = _groups(number)
    names = ("", manner.thousand, "triệu")
    words: list[str] = []
    for place in range(len(groups) - 1, -1, -1):
        if groups[place] or (not place and not words):
            words += _hundreds_vi(groups[place], manner, led=bool(words))
            words += [names[place]] if place else []
    return " ".join(words)


def number_en(number: int) -> str:
    """A number from 0 to 999,999,999 in English.

    Raises:
        ValueError: it is outside this range.
    """
    groups = _groups(number)
    words: list[str] = []
    for place in range(len(groups) - 1, -1, -1):
        if groups[place] or (not place and not words):
            words += _hundreds_en(groups[place], led=bool(words) and not place)
            words += [EN_GROUPS[place]] if place else []
    return " ".join(words)


def _groups(number: int) -> list[int]:
    """Hundreds, thousands, millions, each 0 to 999, as many as the number has."""
    if not 0 <= number < BELOW:
        raise ValueError(f"cannot say {number}: only 0 to {BELOW - 1}")
    groups = [number % 1000]
    while number := number // 1000:
        groups.append(number % 1000)
    return groups


def _hundreds_vi(number: int, manner: Manner, *, led: bool) -> list[str]:
    """Up to 999; after a larger part (`led`) an empty hundred is said."""
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    words = [VI_DIGITS[hundreds], "trăm"] if hundreds or led else []
    if tens > 1:
        words += [VI_DIGITS[tens], "mươi"]
    elif tens:
        words.append("mười")
    elif words and ones:
        words.append(manner.empty_ten)
    if ones or not words:
        words.append(_last_digit_vi(tens, ones, manner))
    return words


def _last_digit_vi(tens: int, ones: int, manner: Manner) -> str:
    changed = {5: "lăm"} if tens else {}
    if tens > 1:
        changed |= {1: "mốt", 4: manner.four_after_ten}
    return changed.get(ones, VI_DIGITS[ones])


def _hundreds_en(number: int, *, led: bool) -> list[str]:
    hundreds, rest = divmod(number, 100)
    words = [EN_SMALL[hundreds], "hundred"] if hundreds else []
    if rest and (hundreds or led):
        words.append("and")
    if rest >= len(EN_SMALL):
        tens, ones = divmod(rest, 10)
        words.append("-".join([EN_TENS[tens - 2], *([EN_SMALL[ones]] if ones else [])]))
    elif rest or not words:
        words.append(EN_SMALL[rest])
    return words
