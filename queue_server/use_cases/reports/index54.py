"""Metric 5.4 of index 766 in a report: its share, and the parts that can be opened."""

from __future__ import annotations

from queue_server.contracts.report_views import ReportPart
from queue_server.use_cases.reports import complaint_ledger as complaints
from queue_server.use_cases.reports import index_points
from queue_server.use_cases.reports.dossier_ledger import (
    COUNTED,
    OVERDUE,
    PERIOD_SETS,
    chosen_of,
)
from queue_server.use_cases.reports.figures import Ground, words
from queue_server.use_cases.reports.index_points import COMPLAINED, DISLIKED, FINISHED, Count


def count_in(ground: Ground) -> Count:
    """How many of a period are in a set, by its name."""

    def count(name: str) -> int:
        if name in PERIOD_SETS:
            return len(chosen_of(ground.dossiers, name))
        if name in complaints.COMPLAINT_SETS:
            return len(complaints.complaints_of(ground.complaints, name))
        return ground.now.count(name)

    return count


def content_share(ground: Ground) -> float | None:
    """The share of a period; None where it has nothing to stand on."""
    return index_points.content_share(count_in(ground))


def content_parts(ground: Ground) -> list[ReportPart]:
    """What metric 5.4 is made of, each to be opened."""
    found = (
        ("Hồ sơ quá hạn", "Overdue dossiers", OVERDUE),
        ("trên số hồ sơ", "of dossiers", COUNTED),
        ("Lượt không hài lòng", "Visits disliked", DISLIKED),
        ("Phản ánh, kiến nghị", "Complaints", COMPLAINED),
        ("trên số lượt xong", "of finished visits", FINISHED),
    )
    count = count_in(ground)
    return [
        ReportPart(label=words(vi, en), value=count(name), opens=name) for vi, en, name in found
    ]
