"""A city's month as a table: an office a line, its context first, each figure with its number."""

from __future__ import annotations

from queue_server.hub.contracts.month_views import CityMonth

Row = list[str | float]


def month_rows(month: CityMonth) -> list[Row]:
    """Head and lines; empty where too few cases stand behind a figure."""
    index = {one.office: one for one in month.index}
    compared = {one.office: one.figures for one in month.compared}
    metrics = sorted({name for one in month.index for name in one.metrics})
    names = list(month.compared[0].figures) if month.compared else []
    head: Row = [
        "office",
        "name",
        "agency",
        "area",
        "days",
        "tickets_a_day",
        "points_766",
        "of_points",
    ]
    for name in (*(f"766_{metric}" for metric in metrics), *names):
        head += [name, f"{name}_n"]
    rows = [head]
    for office in month.offices:
        own, figures = index[office.id], compared[office.id]
        row: Row = [office.id, office.name.vi, office.agency or "", office.area or "", office.days]
        row += [office.tickets_a_day, _cell(own.points), own.most]
        for metric in metrics:
            given = own.metrics.get(metric)
            row += ["", 0] if given is None else [_cell(given.points), given.n]
        for name in names:
            row += [_cell(figures[name].value), figures[name].n]
        rows.append(row)
    return rows


def _cell(value: float | None) -> str | float:
    return "" if value is None else value
