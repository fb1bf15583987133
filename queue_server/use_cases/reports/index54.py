"""Metric 5.4 of index 766 and its overdue part (2.1), from dossiers, ratings and complaints."""

from __future__ import annotations

from queue_server.use_cases.reports.figures import Ground


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
    against = ground.now.count("rated_low") + ground.now.count("complaints_filed")
    return max(0.0, 1 - overdue / counted - against / finished)
