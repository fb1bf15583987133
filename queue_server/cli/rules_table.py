"""Draws what each rule gives on a day as a table, and what the figures do not say."""

from __future__ import annotations

from collections.abc import Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from queue_server.contracts.views import Words
from queue_server.use_cases.day_figures import Waits
from queue_server.use_cases.past_day import PastDay
from queue_server.use_cases.rule_choices import MUCH_MIN, SOME_MIN, figures_view
from queue_server.use_cases.try_rules import RuleFigures

COLUMNS = (
    "Chờ TB\nmean",
    "P90\nP90",
    ">15 ph\n>15",
    ">30 ph\n>30",
    "Ưu tiên\npriority",
    "Lâu nhất\nlongest",
    "Không gọi\nuncalled",
)


def show(console: Console, past: PastDay, tried: Sequence[tuple[Words, RuleFigures]]) -> None:
    """One row for each rule, then the limits of the comparison."""
    priority = len(tried[0][1].priority)
    counters = len({shift.counter for shift in past.shifts})
    title = (
        f"{past.day:%d/%m/%Y}: {len(past.visits)} người / people, {priority} ưu tiên / priority, "
        f"{counters} quầy / counters"
    )
    table = Table(title=title, box=SIMPLE_HEAD, pad_edge=False, padding=0)
    table.add_column("Quy tắc\nrule")
    for column in COLUMNS:
        table.add_column(column, justify="right")
    for words, figures in tried:
        table.add_row(f"{words.vi}\n{words.en}", *_cells(figures))
    console.print(table)
    for line in _limits(past, tried[-1][1]):
        console.print(line, markup=False, highlight=False, soft_wrap=True)


def _cells(figures: RuleFigures) -> list[str]:
    waits = figures.waits
    return [
        _minutes(waits.mean_min()),
        _minutes(waits.quantile_min(0.9)),
        _share(waits, SOME_MIN),
        _share(waits, MUCH_MIN),
        _minutes(figures.priority.mean_min()),
        _minutes(waits.longest_min()),
        str(figures.uncalled),
    ]


def _limits(past: PastDay, last: RuleFigures) -> list[str]:
    lines = [
        (
            "Phút. Giữ nguyên giờ đến, thời gian phục vụ, giờ mở quầy, người bỏ về của ngày đó; "
            "cán bộ gọi ngay khi rảnh."
        ),
        (
            "Minutes. Arrivals, service times, open counters and who gave up are those of the day; "
            "clerks call at once when free."
        ),
        (
            "The first row is what really happened, the second the same rule in the model: the "
            "difference is what the model does not know."
        ),
    ]
    if past.guessed:
        lines.append(
            f"{past.guessed} service times had no sure end and count as at most the median."
        )
    if last.turned_away:
        lines.append(f"{last.turned_away} people wanted a service that the new office lacks.")
    return lines


def as_dict(words: Words, figures: RuleFigures) -> dict[str, object]:
    """A row for JSON, with each service; minutes."""
    return {"rule": words.model_dump(), **figures_view(figures).model_dump()}


def _minutes(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}"


def _share(waits: Waits, minutes: float) -> str:
    share = waits.share_over(minutes)
    return "–" if share is None else f"{share:.0%}"
