"""How answers are typed and shown: dates as figures, names with capitals, money in groups."""

from __future__ import annotations

import re

from queue_server.contracts.forms import FormField, Kind

FIGURES = {Kind.DATE: 8, Kind.IDENTITY: 12, Kind.PHONE: 11, Kind.NUMBER: 6, Kind.MONEY: 13}
"""Kinds that are typed as figures only, and how many."""
DAY_FIGURES, MONTH_FIGURES = 2, 4
EIGHT = 8


def is_figures(field: FormField) -> bool:
    """Whether a number pad is enough."""
    return field.kind in FIGURES


def shaped(field: FormField, text: str) -> str:
    """A text as it may be typed for this question."""
    if field.kind in FIGURES:
        return re.sub(r"[^0-9]", "", text)[: FIGURES[field.kind]]
    text = text.lstrip()
    if field.kind is Kind.NAME:
        return text.title()
    return text[:1].upper() + text[1:]


def seen(field: FormField, text: str) -> str:
    """What was typed, grouped for the eye."""
    if field.kind is Kind.DATE:
        parts = (text[:DAY_FIGURES], text[DAY_FIGURES:MONTH_FIGURES], text[MONTH_FIGURES:])
        return "/".join(part for part in parts if part)
    if field.kind is Kind.IDENTITY:
        return " ".join(text[n : n + 3] for n in range(0, len(text), 3))
    if field.kind is Kind.PHONE and text:
        return " ".join(part for part in (text[:4], text[4:7], text[7:]) if part)
    if field.kind is Kind.MONEY and text:
        return f"{int(text):,} đ".replace(",", ".")
    return text


def to_answer(field: FormField, text: str) -> str:
    """What was typed as the answer of the form; a date becomes ISO."""
    if field.kind is Kind.DATE and len(text) == EIGHT:
        return f"{text[4:]}-{text[2:4]}-{text[:2]}"
    return text.strip()


def from_answer(field: FormField, answer: str) -> str:
    """An answer as it would be typed."""
    if field.kind is Kind.DATE and re.fullmatch(r"\d{4}-\d\d-\d\d", answer):
        return f"{answer[8:]}{answer[5:7]}{answer[:4]}"
    return answer


def spaced(code: str) -> str:
    """A code in two groups, to be read and written down."""
    return f"{code[:4]} {code[4:]}" if len(code) == EIGHT else code
