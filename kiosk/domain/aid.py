"""What makes the kiosk usable for somebody: switched on by a touch, forgotten with the citizen."""

from __future__ import annotations

from enum import StrEnum


class Aid(StrEnum):
    """One aid; they are independent of each other."""

    LARGE = "large"
    CONTRAST = "contrast"
    LOW = "low"
    SPOKEN = "spoken"


Aids = frozenset[Aid]

NO_AIDS: Aids = frozenset()


def switched(aids: Aids, aid: Aid) -> Aids:
    """The aids with this one switched on or off."""
    return aids ^ {aid}
