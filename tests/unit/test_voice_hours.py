"""Volume by time of day: quiet before all, then the first span that fits."""

from __future__ import annotations

from datetime import time

import pytest

from kiosk.domain.voice_hours import Span, VoiceHours

HOURS = VoiceHours(
    80,
    [(Span(time(7), time(8, 30)), 100), (Span(time(8), time(12)), 60)],
    [Span(time(17, 30), time(6, 30)), Span(time(11, 30), time(12))],
)


@pytest.mark.parametrize(
    ("at", "percent"),
    [
        (time(6, 29), 0),
        (time(6, 30), 80),
        (time(7), 100),
        (time(8, 29, 59), 100),
        (time(8, 30), 60),
        (time(11, 45), 0),
        (time(12), 80),
        (time(17, 30), 0),
        (time(0), 0),
    ],
)
def test_the_volume_follows_the_day(at: time, percent: int) -> None:
    assert HOURS.percent(at) == percent


def test_a_room_takes_its_share_and_stays_quiet() -> None:
    room = HOURS.times(50)
    assert [room.percent(time(h)) for h in (6, 7, 9, 13)] == [0, 50, 30, 40]
