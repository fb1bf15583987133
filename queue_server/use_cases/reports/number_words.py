"""Numbers as people read them on a report, in Vietnamese or English."""

from __future__ import annotations

from typing import Literal

from queue_server.contracts.report_views import Unit

Language = Literal["vi", "en"]
DECIMALS: dict[Unit, int] = {
    "min": 1,
    "count": 0,
    "share": 1,
    "per_year": 0,
    "points": 1,
    "hours": 1,
}
SIGNS: dict[Unit, tuple[str, str]] = {
    "min": ("phút", "min"),
    "count": ("", ""),
    "share": ("%", "%"),
    "per_year": ("/năm", "a year"),
    "points": ("điểm", "points"),
    "hours": ("giờ", "h"),
}
NOTHING = "–"
PLAIN_BELOW = 10_000


def number_words(value: float | None, unit: Unit, language: Language) -> str:
    """A value with its unit: `12,4 phút`, `1.234`, `9.5 %`; a dash for nothing."""
    if value is None:
        return NOTHING
    shown = value * 100 if unit == "share" else value
    text = f"{shown:,.{DECIMALS[unit]}f}"
    if language == "vi":
        text = text.translate(str.maketrans(",.", ".,"))
    sign = SIGNS[unit][0 if language == "vi" else 1]
    return f"{text} {sign}".rstrip()
