"""The office keeps shares of many people over long windows, and refuses anything finer."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta

from queue_server.domain import smile_commands as c
from queue_server.domain import smile_events as e
from queue_server.domain.faults import NotEligible
from queue_server.domain.happening import happen
from queue_server.domain.office_day import OfficeDay

LEAST_PEOPLE = 10
QUARTER = timedelta(minutes=15)
AHEAD = timedelta(minutes=2)
"""By so much the camera's clock may be before the server's."""


def keep_smiles(day: OfficeDay, command: c.KeepSmiles, at: datetime) -> None:
    """Keep a window that is over.

    Raises:
        NotEligible: fewer than ten people, shorter than a quarter hour, not over, no interval.
    """
    length = timedelta(minutes=command.minutes)
    if command.n < LEAST_PEOPLE or length < QUARTER:
        raise NotEligible("a window has at least ten people and a quarter of an hour")
    if command.window_from + length > at + AHEAD:
        raise NotEligible("the window is not over")
    if not 0 <= command.low <= command.share <= command.high <= 1:
        raise NotEligible("a share lies in its interval, and both in 0 to 1")
    happen(day, e.SmilesCounted(at=at, **asdict(command)))


def keep_calibration(day: OfficeDay, command: c.KeepCalibration, at: datetime) -> None:
    """Keep the newest word about the calibration.

    Raises:
        NotEligible: fewer than ten people, or no interval.
    """
    if command.n < LEAST_PEOPLE or not 0 <= command.n_bad <= command.n:
        raise NotEligible("a calibration stands on at least ten people")
    if not 0 <= command.low <= command.auc <= command.high <= 1:
        raise NotEligible("an AUC lies in its interval, and both in 0 to 1")
    happen(day, e.CameraCalibrated(at=at, **asdict(command)))
