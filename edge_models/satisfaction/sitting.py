"""Ten seconds of one consenting person: the median of at least five looks, or why none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from edge_models.satisfaction.frames import Frame, fitted, gray
from edge_models.satisfaction.looker import Look, Unknown
from edge_models.satisfaction.rigid import Still, changed
from edge_models.ticket_log.columns import Floats

LEAST_LOOKS = 5
THUMB = 48
NOTHING_MOVED = 0.02
RIGID = 0.0025


@dataclass(frozen=True, slots=True)
class Outcome:
    """The median p(happy), or the reason why nothing is counted; and how many frames there were."""

    smile: float | None
    unknown: Unknown | None
    frames: int
    looks: int


class Sitting:
    """Feed it frames as they come; until it ends it holds numbers and two small gray pictures."""

    def __init__(self, look: Callable[[Frame], Look]) -> None:
        self._look = look
        self._smiles: list[float] = []
        self._reasons: Counter[Unknown] = Counter()
        self._first: Still | None = None
        self._most_moved = 0.0
        self._thumb: Floats | None = None
        self._frames = 0

    def add(self, frame: Frame) -> Look:
        """Look at one more frame; a frame equal to the one before is not looked at twice."""
        self._frames += 1
        thumb = gray(fitted(frame, THUMB)[0]).astype(np.float64)
        before, self._thumb = self._thumb, thumb
        if before is not None and float(np.abs(thumb - before).mean()) < NOTHING_MOVED:
            look = Look(unknown=Unknown.FROZEN)
        else:
            look = self._look(frame)
        if look.unknown is not None:
            self._reasons[look.unknown] += 1
        if look.smile is not None and look.still is not None:
            self._smiles.append(look.smile)
            self._compare(look.still)
        return look

    @property
    def looks(self) -> int:
        """How many frames said something."""
        return len(self._smiles)

    def outcome(self) -> Outcome:
        """What is to be counted; forgets everything but the numbers."""
        looks = self.looks
        unknown: Unknown | None = None
        if looks < LEAST_LOOKS:
            most = self._reasons.most_common(1)
            unknown = most[0][0] if most and most[0][1] > looks else Unknown.TOO_FEW
        elif self._is_photo():
            unknown = Unknown.PHOTO
        smile = float(np.median(self._smiles)) if unknown is None else None
        self._thumb = self._first = None
        return Outcome(smile, unknown, self._frames, looks)

    def _compare(self, still: Still) -> None:
        if self._first is None:
            self._first = still
            return
        self._most_moved = max(self._most_moved, changed(self._first, still))

    def _is_photo(self) -> bool:
        """Whether the face, brought to one place and size, never changed: no blink, no word.

        A person who keeps entirely still for ten seconds is refused too and simply not counted.
        """
        return self._most_moved < RIGID
