"""Metric 5.4 of index 766 and its overdue part (2.1), from dossiers, ratings and complaints."""

from __future__ import annotations

from queue_server.contracts.report_views import ReportPart
from queue_server.use_cases.reports.dossier_ledger import COUNTED, OVERDUE
from queue_server.use_cases.reports.figures import Ground, words

DISLIKED, COMPLAINED = "rated_low", "complaints_filed"


def dossier_counts(ground: Ground) -> tuple[int, int]:
    """Dossiers of the period, and those of them that are overdue."""
    return len(ground.dossiers), sum(one.overdue for one in ground.dossiers)


def content_share(ground: Ground) -> float | None:
    """Metric 5.4: 1 less the rates of overdue dossiers and of visits with a dislike or complaint.

    A ticket carries no dossier, so dislikes and complaints are counted over finished visits. None
    where either has nothing to stand on.
    """
    counted, overdue = dossier_counts(ground)
    finished = ground.now.count("finished")
    if not counted or not finished:
        return None
    against = ground.now.count(DISLIKED) + ground.now.count(COMPLAINED)
    return max(0.0, 1 - overdue / counted - against / finished)


def content_parts(ground: Ground) -> list[ReportPart]:
    """What metric 5.4 is made of, each to be opened."""
    counted, overdue = dossier_counts(ground)
    now = ground.now
    found = (
        ("Hồ sơ quá hạn", "Overdue dossiers", overdue, OVERDUE),
        ("trên số hồ sơ", "of dossiers", counted, COUNTED),
        ("Lượt không hài lòng", "Visits disliked", now.count(DISLIKED), DISLIKED),
        ("Phản ánh, kiến nghị", "Complaints", now.count(COMPLAINED), COMPLAINED),
        ("trên số lượt xong", "of finished visits", now.count("finished"), "finished"),
    )
    return [ReportPart(label=words(vi, en), value=n, opens=opens) for vi, en, n, opens in found]
