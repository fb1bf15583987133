"""Where somebody lives, and from how far away the office takes a procedure's papers."""

from __future__ import annotations

from enum import StrEnum


class Accepts(StrEnum):
    """Whose papers are taken, wherever in it they live."""

    PROVINCE = "province"
    NATIONWIDE = "nationwide"


class Whence(StrEnum):
    """Where the citizen lives, as far as it decides what can be filed here."""

    HERE = "here"
    PROVINCE = "province"
    ELSEWHERE = "elsewhere"


def is_taken(accepts: Accepts | None, whence: Whence) -> bool:
    """Whether the office takes papers of somebody from there; None: of its own area only."""
    if whence is Whence.HERE or accepts is Accepts.NATIONWIDE:
        return True
    return whence is Whence.PROVINCE and accepts is Accepts.PROVINCE
