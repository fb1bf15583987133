"""What the camera asks the office to keep."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from queue_server.domain.commands import Command


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepSmiles(Command):
    """Keep the share of one window."""

    window_from: datetime
    minutes: int
    n: int
    share: float
    low: float
    high: float
    calibrated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepCalibration(Command):
    """Keep how well smiles and ratings went together."""

    n: int
    n_bad: int
    auc: float
    low: float
    high: float
    used: bool
