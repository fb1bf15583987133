"""Turns a text of the screen into words that any voice reads right: figures, labels, times, money.

A ticket number is read letter by letter and digit by digit; a quantity is read as a number.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable

from kiosk.domain.number_words import EN_SMALL, VI_DIGITS, number_en, number_vi
from kiosk.domain.words import Language

_NAMES = (
    "a,bê,xê,dê,e,ép,giê,hát,i,gi,ca,e-lờ,em-mờ,en-nờ,o,pê,quy,e-rờ,ét,tê,u,vê,vê kép,ích,i dài,dét"
)
VI_LETTERS = {**dict(zip(string.ascii_uppercase, _NAMES.split(","), strict=True)), "Đ": "đê"}
"""The names of the letters as the prompts of a clip pack ask for them."""

TOKEN = re.compile(
    r"(?P<label>\b[A-ZĐ]\d{1,6}\b)"
    r"|(?P<date>\b\d{1,2}/\d{1,2}/\d{4}\b)"
    r"|(?P<time>\b\d{1,2}:\d{2}\b)"
    r"|(?P<money>\b\d{1,3}(?:[.,]\d{3})+(?:\s*đ\b)?|\b\d+\s*đ\b)"
    r"|(?P<share>\b\d{1,4}\s*/\s*\d{1,4}\b)"
    r"|(?P<number>\b\d{1,9}\b)"
    r"|(?P<per>\s/\s)"
    r"|(?P<digits>\d)"
    r"|(?P<sign>[·•…«»\"()])"
)


def read_aloud(text: str, language: Language) -> str:
    """The text with everything spelled that a voice would read wrong."""
    say = _say_en if language is Language.EN else _say_vi
    spelled = TOKEN.sub(lambda found: f" {say(str(found.lastgroup), found.group())} ", text)
    return re.sub(r"\s+([,.?!;:])", r"\1", " ".join(spelled.split()))


def spell_label(label: str, language: Language) -> str:
    """A ticket number sign by sign: "A012" is "a không một hai"."""
    if language is Language.EN:
        return " ".join(EN_SMALL[int(s)] if s.isdigit() else s for s in label)
    return " ".join(VI_DIGITS[int(s)] if s.isdigit() else VI_LETTERS.get(s, s) for s in label)


def _number_of(text: str) -> int:
    return int("".join(sign for sign in text if sign.isdigit()))


def _say_vi(kind: str, text: str) -> str:
    parts = [int(part) for part in re.findall(r"\d+", text)]
    says: dict[str, Callable[[], str]] = {
        "label": lambda: spell_label(text, Language.VI),
        "date": lambda: (
            f"ngày {number_vi(parts[0])} tháng {number_vi(parts[1])} năm {number_vi(parts[2])}"
        ),
        "time": lambda: (
            f"{number_vi(parts[0])} giờ" + (f" {number_vi(parts[1])} phút" if parts[1] else "")
        ),
        "money": lambda: number_vi(_number_of(text)) + (" đồng" if "đ" in text else ""),
        "share": lambda: f"{number_vi(parts[0])} trên {number_vi(parts[1])}",
        "number": lambda: number_vi(parts[0]),
        "digits": lambda: VI_DIGITS[parts[0]],
        "per": lambda: "một",
        "sign": lambda: ",",
    }
    return says[kind]()


def _say_en(kind: str, text: str) -> str:
    parts = [int(part) for part in re.findall(r"\d+", text)]
    says: dict[str, Callable[[], str]] = {
        "label": lambda: spell_label(text, Language.EN),
        "date": lambda: f"{number_en(parts[0])} {MONTHS[(parts[1] - 1) % 12]} {parts[2]}",
        "time": lambda: f"{parts[0]}:{parts[1]:02d}",
        "money": lambda: number_en(_number_of(text)) + (" dong" if "đ" in text else ""),
        "share": lambda: f"{number_en(parts[0])} of {number_en(parts[1])}",
        "number": lambda: number_en(parts[0]),
        "digits": lambda: EN_SMALL[parts[0]],
        "per": lambda: "per",
        "sign": lambda: ",",
    }
    return says[kind]()


MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
