"""What a camera counted, as a share of many people; nothing in here leads to one of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from queue_server.domain.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class SmilesCounted(Event):
    """One window of at least a quarter hour and ten people: share of smiles, 95 % interval.

    It names no camera, no counter and no ticket on purpose. `calibrated` says that the share was
    corrected by what consenting citizens said here, so that it stands for good ratings.
    """

    window_from: datetime
    minutes: int
    n: int
    share: float
    low: float
    high: float
    calibrated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraCalibrated(Event):
    """How well smiles told good ratings from bad ones here, over `n` consenting citizens."""

    n: int
    n_bad: int
    auc: float
    low: float
    high: float
    used: bool
