"""Draws the figures of `motcua wait evaluate` as tables a person can read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from rich.console import Console
from rich.table import Table

from edge_models.wait.evaluate import Report

FIGURES = {
    "mae": "MAE",
    "rmse": "RMSE",
    "p90_abs_error": "P90 err",
    "pinball_50": "pin .5",
    "pinball_90": "pin .9",
    "coverage_90": "cover 90",
    "coverage_90_worst_office": "worst",
}


WIDTH = 118


def show(console: Console, report: Report, faults: Mapping[str, object]) -> None:
    """All predictors on the same rows, then what the log had wrong."""
    # Written to a file or a narrow window, whole figures matter more than whole lines.
    console.width = max(console.width, WIDTH)
    mean, days = report.truth["mean_wait"], report.truth["queue_days"]
    table = Table(title=f"{report.rows} tickets, mean wait {mean:.1f} min, {days} queue-days")
    table.add_column("predictor", no_wrap=True)
    for label in ("MAE 95 %", *FIGURES.values()):
        table.add_column(label, justify="right", no_wrap=label == "MAE 95 %")
    for name, figures in report.models.items():
        low, high = cast("list[float]", figures["mae_interval"])
        cells = [_number(figures[key]) for key in FIGURES]
        table.add_row(name, f"{low:.2f}–{high:.2f}", *cells)
    console.print(table)
    for name, ratios in report.ratios.items():
        for label, ratio in cast("dict[str, dict[str, Any]]", ratios).items():
            console.print(
                f"{name} {label}: {ratio['value']:.3f} "
                f"[{ratio['low']:.3f}–{ratio['high']:.3f}] against {ratio['against']}",
                markup=False,
            )
    show_faults(console, faults)


def _number(value: object) -> str:
    return f"{value:.3f}" if isinstance(value, float) else "–"


def show_faults(console: Console, faults: Mapping[str, object]) -> None:
    """What was wrong in each file, by reason, with the first line."""
    for file, told in cast("Mapping[str, dict[str, Any]]", faults).items():
        if file == "models":
            for note, value in told.items():
                console.print(f"{note.replace('_', ' ')}: {value}", markup=False)
            continue
        for line in fault_lines(told):
            console.print(f"{file}: {line}", markup=False)


def fault_lines(told: Mapping[str, Any]) -> list[str]:
    """What `Faults.as_dict` counts, in words: how many rows, why, the first line."""
    first = told["first_line"]
    return [
        f"{count} {kind}: {reason}{f', first in line {first[reason]}' if reason in first else ''}"
        for kind in ("dropped", "noted")
        for reason, count in told[kind].items()
    ]


def counted(told: Mapping[str, Any]) -> str:
    """The same in brackets, for the end of a sentence; nothing where nothing was wrong."""
    lines = fault_lines(told)
    return f" ({'; '.join(lines)})" if lines else ""
