"""Who may be served before others: declared by the citizen, verified by staff."""

from __future__ import annotations

from enum import StrEnum


class Priority(StrEnum):
    """The classes of the priority question; the office decides what they are worth."""

    NORMAL = "normal"
    AGE_60 = "age_60"
    AGE_80 = "age_80"
    PREGNANT = "pregnant"
    DISABLED = "disabled"
    MERIT = "merit"
    SMALL_CHILD = "small_child"
