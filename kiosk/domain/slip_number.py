"""The number of a slip as somebody types it, and the code behind the slip's QR."""

from __future__ import annotations

import re

LONGEST = 5
COMPLETE = re.compile(r"[A-Z][0-9]{3,4}")
PAGE = re.compile(r"https?://[^/\s]+/t/([A-Za-z0-9_-]{4,64})")


def with_sign(number: str, sign: str) -> str:
    """The number after a key: a letter begins it anew, figures follow a letter."""
    if sign.isalpha():
        return sign
    return (number + sign)[:LONGEST] if number else number


def is_complete(number: str) -> bool:
    """Whether it can be a number: a letter and at least three figures."""
    return COMPLETE.fullmatch(number) is not None


def follow_code(scanned: str | None) -> str | None:
    """The follow code in the address of a slip's QR; None for any other scan."""
    page = PAGE.fullmatch(scanned.strip()) if scanned else None
    return page[1] if page else None
