"""One answer for a day or a month: index, windows, trend and what goes with low ratings."""

from __future__ import annotations

from datetime import date

from queue_server.contracts.satisfaction_views import SatisfactionView
from queue_server.domain.smile_events import CameraCalibrated, SmilesCounted
from queue_server.use_cases.satisfaction_trend import (
    SatisfactionReader,
    by_day,
    by_hour,
    low_ratings,
)
from queue_server.use_cases.smile_index import index_view, window_view


def satisfaction_of(reader: SatisfactionReader, first: date, last: date) -> SatisfactionView:
    """From `first` to `last`, both included: one day by its hours, several by days.

    Reads the store: not for the event loop.
    """
    events = reader.smile_events(first, last)
    windows = [event for event in events if isinstance(event, SmilesCounted)]
    calibrations = [event for event in events if isinstance(event, CameraCalibrated)]
    visits = reader.visits(first, last)
    windows.sort(key=lambda window: window.window_from)
    one_day = first == last
    latest = windows[-1] if windows else None
    return SatisfactionView(
        period=first.isoformat() if one_day else f"{first:%Y-%m}",
        index=index_view(windows, latest, calibrations[-1] if calibrations else None),
        windows=[window_view(window) for window in windows] if one_day else [],
        points=(by_hour if one_day else by_day)(visits, windows),
        low_ratings=low_ratings(visits),
    )
