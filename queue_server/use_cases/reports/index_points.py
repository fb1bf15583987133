"""The formulas of index 766 over named counts: the same for one office and for a city of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from queue_server.config.report_data import IndexMetric
from queue_server.use_cases.reports import complaint_ledger as complaints
from queue_server.use_cases.reports.dossier_ledger import COUNTED, IN_TIME, OVERDUE

Count = Callable[[str], int]
"""How many are in a set, by its name."""
CONTENT = "5.4"
FINISHED, DISLIKED, COMPLAINED = "finished", "rated_low", "complaints_filed"
MEASURED = {
    "2.1": (IN_TIME, COUNTED),
    "4.3": ("dossiers_reused", "dossiers_filed"),
    "5.1": (complaints.CLASSIFIED, complaints.COUNTED),
    "5.2": (complaints.IN_TIME, complaints.COUNTED),
}
"""Metrics whose whole formula an office's own events have: part over whole."""


@dataclass(frozen=True, slots=True)
class Points:
    """What a metric gives, and on how many it stands; `part`, `whole` name sets or nothing."""

    value: float
    n: int
    part: str = ""
    whole: str = ""


def content_share(count: Count) -> float | None:
    """Metric 5.4: 1 less the rates of overdue dossiers and of visits with a dislike or complaint.

    A ticket carries no dossier, so dislikes and complaints are counted over finished visits. None
    where either has nothing to stand on.
    """
    dossiers, finished = count(COUNTED), count(FINISHED)
    if not dossiers or not finished:
        return None
    against = count(DISLIKED) + count(COMPLAINED)
    return max(0.0, 1 - count(OVERDUE) / dossiers - against / finished)


def points_of(metric: IndexMetric, count: Count) -> Points | None:
    """What a metric gives; None where it has no points, or there is nothing to count."""
    if metric.points is None:
        return None
    part, whole = MEASURED.get(metric.id, ("", ""))
    if metric.id == CONTENT:
        share, n = content_share(count), count(FINISHED)
    else:
        n = count(whole) if whole else 0
        share = count(part) / n if n else None
    if share is None:
        return None
    value = metric.points * min(1.0, share / (metric.full_at or 1.0))
    return Points(value, n, part, whole)


def group_points(
    points: Mapping[str, float | None], group: str, metrics: Iterable[IndexMetric]
) -> float | None:
    """The sum of what the metrics of a group gave, by metric; None where none gave anything."""
    found = [points.get(metric.id) for metric in metrics if metric.group == group]
    given = [value for value in found if value is not None]
    return sum(given) if given else None
