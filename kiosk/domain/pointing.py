"""Where a keypad points next: things on a screen as boxes, arrows that reach every one of them.

Right and left follow the order of reading, so either alone comes by everything; down and up go to
what lies nearest in that direction, and on where nothing does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Arrow(StrEnum):
    """The way of a step."""

    UP = "up"
    DOWN = "down"
    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Box:
    """A thing on the screen in pixels, counted from the bottom left."""

    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> tuple[float, float]:
        """Its centre."""
        return self.x + self.width / 2, self.y + self.height / 2


def reading_order(boxes: Sequence[Box]) -> list[int]:
    """The places of the boxes as one reads: row after row, each from left to right.

    A box is in the row of another if its middle lies within the height of that. One that has no
    height, because its screen was not laid out yet, is a row of its own.
    """
    left = sorted(range(len(boxes)), key=lambda place: -boxes[place].middle[1])
    order: list[int] = []
    while left:
        first = boxes[left[0]]
        row = [p for p in left if p == left[0] or boxes[p].middle[1] > first.y]
        order += sorted(row, key=lambda place: boxes[place].x)
        left = [place for place in left if place not in row]
    return order


def step(boxes: Sequence[Box], place: int, arrow: Arrow) -> int:
    """The box that an arrow leads to from `boxes[place]`; the boxes are in their order."""
    if arrow in {Arrow.UP, Arrow.DOWN}:
        way = 1 if arrow is Arrow.UP else -1
        beyond = [other for other in range(len(boxes)) if _is_beyond(boxes, place, other, way)]
        if beyond:
            return min(beyond, key=lambda other: _distance(boxes[place], boxes[other]))
    onward = 1 if arrow in {Arrow.DOWN, Arrow.RIGHT} else -1
    return (place + onward) % len(boxes)


def _is_beyond(boxes: Sequence[Box], place: int, other: int, way: int) -> bool:
    here, there = boxes[place], boxes[other]
    rise = (there.middle[1] - here.middle[1]) * way
    return other != place and rise > min(here.height, there.height) / 2


def _distance(here: Box, there: Box) -> float:
    """How far it looks: what lies straight ahead counts as nearer than what lies aside."""
    aside = max(there.x - here.x - here.width, here.x - there.x - there.width, 0)
    return abs(there.middle[1] - here.middle[1]) + 2 * aside + _shift(here, there) / 100


def _shift(here: Box, there: Box) -> float:
    return abs(there.middle[0] - here.middle[0])
