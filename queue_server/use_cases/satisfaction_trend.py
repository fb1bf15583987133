"""The smile index beside ratings and waits over a day or a month, and what goes with low ratings.

Facts of the log alone: who waited how long for which service at which hour, and what they said.
Nothing here looks at a clerk or a counter, and the camera has no part in the low ratings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import sqrt
from statistics import fmean
from typing import Protocol

from queue_server.contracts.satisfaction_views import LowRatingGroup, LowRatingsView, TrendPoint
from queue_server.contracts.views import Words
from queue_server.domain.events import Event
from queue_server.domain.office import ZONE
from queue_server.domain.smile_events import SmilesCounted
from queue_server.use_cases.smile_index import together

GOOD, LOW = 4, 2
LEAST_VISITS = 10
Z95 = 1.959963984540054
WAITS = ((0, 15), (15, 30), (30, 60), (60, None))
"""Minutes; 15 and 30 are the office's targets."""
FACTS = Words(
    vi="Số liệu từ nhật ký; đi cùng không có nghĩa là nguyên nhân. Chỉ nhóm từ 10 lượt đánh giá.",
    en="Facts from the log; going with is not causing. Only groups of ten ratings or more.",
)


@dataclass(frozen=True, slots=True)
class VisitFact:
    """A called ticket: its service with its name, its first call, its wait and its rating."""

    service: str
    service_name: Words
    called_at: datetime
    wait_min: float
    score: int | None


class SatisfactionReader(Protocol):
    """Reading past days. Every method may raise `StoreUnavailable`."""

    def visits(self, first: date, last: date) -> Sequence[VisitFact]:
        """Every called ticket with accurate times from `first` to `last`, both included."""
        ...

    def smile_events(self, first: date, last: date) -> Sequence[Event]:
        """What cameras counted and how they were calibrated on these days, in order."""
        ...


def by_hour(visits: Sequence[VisitFact], windows: Sequence[SmilesCounted]) -> list[TrendPoint]:
    """One point for each hour of a day in which anything happened."""
    return _points(visits, windows, lambda at: f"{at.astimezone(ZONE):%H}:00")


def by_day(visits: Sequence[VisitFact], windows: Sequence[SmilesCounted]) -> list[TrendPoint]:
    """One point for each day on which anything happened."""
    return _points(visits, windows, lambda at: at.astimezone(ZONE).date().isoformat())


def _points(
    visits: Sequence[VisitFact],
    windows: Sequence[SmilesCounted],
    place: Callable[[datetime], str],
) -> list[TrendPoint]:
    places = {place(v.called_at) for v in visits} | {place(w.window_from) for w in windows}
    return [
        _point(
            at,
            [visit for visit in visits if place(visit.called_at) == at],
            [window for window in windows if place(window.window_from) == at],
        )
        for at in sorted(places)
    ]


def _point(at: str, visits: Sequence[VisitFact], windows: Sequence[SmilesCounted]) -> TrendPoint:
    scores = [visit.score for visit in visits if visit.score is not None]
    # A calibrated share means something else than a plain one: never one number of both.
    calibrated = bool(windows) and windows[-1].calibrated
    return TrendPoint(
        at=at,
        called=len(visits),
        mean_wait_min=fmean(visit.wait_min for visit in visits) if visits else None,
        rated=len(scores),
        mean_score=fmean(scores) if scores else None,
        good_share=sum(score >= GOOD for score in scores) / len(scores) if scores else None,
        smile=together([window for window in windows if window.calibrated == calibrated]),
    )


def low_ratings(visits: Iterable[VisitFact]) -> LowRatingsView:
    """How many ratings of each kind of visit were low, the most telling kinds first."""
    rated = [visit for visit in visits if visit.score is not None]
    groups: dict[tuple[str, str], tuple[Words, list[bool]]] = {}
    for visit in rated:
        for kind, key, words in _kinds(visit):
            _, lows = groups.setdefault((kind, key), (words, []))
            lows.append(_is_low(visit))
    low = sum(map(_is_low, rated))
    found = [
        _group((kind, key), words, lows, low, len(rated))
        for (kind, key), (words, lows) in groups.items()
        if len(lows) >= LEAST_VISITS
    ]
    found.sort(key=lambda group: (not group.stands_out, -group.low_share, group.kind, group.key))
    return LowRatingsView(rated=len(rated), low=low, words=FACTS, groups=found)


def _is_low(visit: VisitFact) -> bool:
    return visit.score is not None and visit.score <= LOW


def _kinds(visit: VisitFact) -> list[tuple[str, str, Words]]:
    start, end = next((start, end) for start, end in WAITS if end is None or visit.wait_min < end)
    span = f"{start}–{end}" if end is not None else f"≥ {start}"
    hour = visit.called_at.astimezone(ZONE).hour
    hours = f"{hour:02}–{hour + 1:02}"
    return [
        ("wait", f"{start:02}", Words(vi=f"Chờ {span} phút", en=f"Waited {span} min")),
        ("service", visit.service, visit.service_name),
        ("hour", f"{hour:02}", Words(vi=f"{hours} giờ", en=f"{hours} h")),
    ]


def _group(
    of: tuple[str, str], words: Words, lows: Sequence[bool], low: int, rated: int
) -> LowRatingGroup:
    hits, n = sum(lows), len(lows)
    bottom, top = wilson(hits, n)
    others = rated - n
    rest = (low - hits) / others if others >= LEAST_VISITS else None
    return LowRatingGroup(
        kind=of[0],
        key=of[1],
        words=words,
        n=n,
        low=hits,
        low_share=hits / n,
        interval_low=bottom,
        interval_high=top,
        stands_out=rest is not None and bottom > rest,
    )


def wilson(hits: int, n: int) -> tuple[float, float]:
    """95 % interval of a share (Wilson 1927); n of at least one."""
    share, z2 = hits / n, Z95**2
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = Z95 / (1 + z2 / n) * sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    return max(middle - half, 0.0), min(middle + half, 1.0)
