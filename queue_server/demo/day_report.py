"""What the viewer reads: one calm line while the day runs, an honest summary at its end."""

from __future__ import annotations

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from queue_server.contracts.views import BoardView
from queue_server.demo.virtual_citizens import Fate, Tally


def progress_line(board: BoardView, tally: Tally) -> str:
    """How the office is at this moment."""
    today = board.today
    mean = "–" if today.mean_wait_min is None else f"{today.mean_wait_min:.0f}"
    return (
        f"{board.at:%a %d %b %H:%M} · {today.waiting} waiting · {today.called} called · "
        f"mean wait {mean} min (target {board.targets.good_min:.0f}, "
        f"limit {board.targets.limit_min:.0f}) · {tally.of(Fate.PRINTED)} slips printed"
    )


def summary(board: BoardView, visits: int, tally: Tally) -> list[Text | Table]:
    """The day as it was; the figures are those of the office's own board."""
    today, targets = board.today, board.targets
    shares = (
        f"over {targets.good_min:.0f} min: {_share(today.over_good_share)}, "
        f"over {targets.limit_min:.0f} min: {_share(today.over_limit_share)}"
    )
    lines = [
        (
            f"{board.day}, {board.at:%H:%M}: {visits} virtual visits, "
            f"{today.called} called, {today.finished} served"
        ),
        (
            f"wait until the call: mean {_min(today.mean_wait_min)}, "
            f"P50 {_min(today.p50_wait_min)}, P90 {_min(today.p90_wait_min)}, "
            f"longest {_min(today.longest_wait_min)}; {shares}"
        ),
        (
            f"not there when called: {today.no_shows}; lost patience: {tally.of(Fate.LEFT)}; "
            f"still waiting when the office closed: {today.waiting}; "
            f"no number: {tally.of(Fate.REFUSED)}"
        ),
    ]
    return [*(Text(line) for line in lines), _services(board)]


def _services(board: BoardView) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("service")
    for column in ("called", "mean wait", "longest"):
        table.add_column(column, justify="right")
    for service in board.services:
        if service.called:
            table.add_row(
                f"{service.letter} {service.name.vi}",
                str(service.called),
                _min(service.mean_wait_min),
                _min(service.longest_wait_min),
            )
    return table


def _min(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f} min"


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.0%}"
