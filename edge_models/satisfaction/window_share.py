"""From yes and no of one window to a share that may be shown: corrected, with interval, or hidden.

Correction for prevalence (Rogan and Gladen 1978): a camera that finds a share `tpr` of the smiles
and takes a share `fpr` of the others for smiles shows `raw = true · tpr + (1 − true) · fpr`.
Interval: Wilson 1927 for the raw share, its ends corrected in the same way.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

Z95 = 1.959963984540054
LEAST_PEOPLE = 10
SMILES_ABOVE = 0.5


@dataclass(frozen=True, slots=True)
class OperatingPoint:
    """What the threshold p(happy) > 0.5 finds; the default was measured on strangers, not here."""

    tpr: float = 0.844
    fpr: float = 0.021

    def corrected(self, raw: float) -> float:
        """The share of smiles that explains a raw share, within 0 and 1."""
        return min(max((raw - self.fpr) / (self.tpr - self.fpr), 0.0), 1.0)


NOT_CALIBRATED = OperatingPoint()


@dataclass(frozen=True, slots=True)
class Share:
    """A share of people and its 95 % interval."""

    n: int
    value: float
    low: float
    high: float


def wilson(hits: int, n: int) -> tuple[float, float]:
    """95 % interval of a share; n of at least one."""
    share, z2 = hits / n, Z95**2
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = Z95 / (1 + z2 / n) * sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    return max(middle - half, 0.0), min(middle + half, 1.0)


def smile_share(smiles: int, n: int, point: OperatingPoint = NOT_CALIBRATED) -> Share | None:
    """The corrected share of one window; None below ten people, when nothing may be known.

    Raises:
        ValueError: more smiles than people.
    """
    if not 0 <= smiles <= n:
        raise ValueError(f"{smiles} smiles of {n} people")
    if n < LEAST_PEOPLE:
        return None
    low, high = (point.corrected(end) for end in wilson(smiles, n))
    return Share(n, point.corrected(smiles / n), low, high)
