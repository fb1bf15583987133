"""Draws demand forecasts and their errors as tables a person can read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from rich.console import Console
from rich.table import Table

from edge_models.demand.arrivals import SLOT_MIN, SLOTS
from edge_models.demand.forecast import DayForecast

WIDTH = 118
NOTES = {
    "no_history": "no day is known before this one: nothing can be expected",
    "few_days": "only {days} days are known: take it as a first guess",
    "holiday": "public holiday: {holiday}",
}


def show_report(console: Console, figures: Mapping[str, Any]) -> None:
    """All ways to forecast on the same days."""
    console.width = max(console.width, WIDTH)
    title = f"{figures['rows']} arrivals on {figures['office_days']} office days"
    table = Table(title=title)
    table.add_column("forecast", no_wrap=True)
    for label in ("missed of all who came", "95 %", "missed of whole days"):
        table.add_column(label, justify="right")
    for name, one in figures["models"].items():
        low, high = one["share_interval"]
        shares = f"{one['share']:.1%}", f"{low:.1%}–{high:.1%}", f"{one['day_share']:.1%}"
        table.add_row(name, *shares)
    console.print(table)
    say = [
        f"chosen by the last four weeks: {figures['chosen']}",
        f"by chance alone, were every mean exact: {figures['chance_alone']:.1%} missed",
        f"80 % interval covers: half hours {figures['coverage_80']:.1%}",
        f"80 % interval covers: whole days {figures['coverage_80_day']:.1%}",
        *(
            f"next two hours, {name}: {share:.1%} missed"
            for name, share in figures["next_two_hours"].items()
        ),
    ]
    for line in say:
        console.print(line, markup=False)


def show_day(console: Console, expected: DayForecast) -> None:
    """The half hours of a day in which anybody is expected."""
    console.width = max(console.width, WIDTH)
    table = Table(title=f"{date.fromordinal(expected.day)}: {expected.mean.sum():.0f} expected")
    table.add_column("from")
    for service in (*expected.services, "80 %"):
        table.add_column(service, justify="right")
    busy = [slot for slot in range(SLOTS) if expected.high[:, slot].any()]
    for slot in busy:
        low, high = expected.spread.interval(expected.mean[:, slot].sum(keepdims=True))
        cells = [f"{value:.1f}" for value in expected.mean[:, slot]]
        table.add_row(clock(slot), *cells, f"{low[0]:.0f}–{high[0]:.0f}")
    console.print(table)
    for line in _about(expected):
        console.print(line, markup=False)


def _about(expected: DayForecast) -> list[str]:
    low, high = expected.spread.total_interval(float(expected.mean.sum()))
    lines = [f"whole day: {low:.0f}–{high:.0f} (80 %); model: {expected.model}"]
    lines += [
        f"{name}: {score.share:.1%} missed by half hours, {score.day_share:.1%} by whole days, "
        f"on {expected.tried_days} days of the last four weeks"
        for name, score in expected.scores.items()
    ]
    known = {"days": expected.history_days, "holiday": expected.holiday}
    return lines + [NOTES[note].format(**known) for note in expected.notes]


def clock(slot: int) -> str:
    """When a half hour begins."""
    return f"{slot * SLOT_MIN // 60:02}:{slot * SLOT_MIN % 60:02}"


def as_dict(expected: DayForecast) -> dict[str, object]:
    """Every figure of a day, for a file."""
    low, high = expected.spread.total_interval(float(expected.mean.sum()))
    return {
        "date": date.fromordinal(expected.day).isoformat(),
        "total": {"mean": float(expected.mean.sum()), "low": low, "high": high},
        "model": expected.model,
        "scores": {name: asdict(score) for name, score in expected.scores.items()},
        "tried_days": expected.tried_days,
        "history_days": expected.history_days,
        "holiday": expected.holiday,
        "notes": list(expected.notes),
        "half_hours": [
            {
                "at": clock(slot),
                "service": service,
                "mean": round(float(expected.mean[place, slot]), 3),
                "low": int(expected.low[place, slot]),
                "high": int(expected.high[place, slot]),
            }
            for place, service in enumerate(expected.services)
            for slot in range(SLOTS)
            if expected.high[place, slot]
        ],
    }
