"""`motcua demand`: how many people come, forecast and measured on a ticket log or a store."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress

from edge_models.demand.arrivals import Arrivals, arrivals_of_offices
from edge_models.demand.evaluate import measure, report
from edge_models.demand.forecast import FEWEST_KNOWN, forecast_day
from edge_models.demand.known_days import Calendar, UnknownCountry
from edge_models.ticket_log.columns import Faults
from edge_models.ticket_log.reader import UnusableLog, read_tickets
from queue_server.adapters.store_visits import read_visits
from queue_server.cli.demand_table import as_dict, show_day, show_report
from queue_server.cli.options import office_file
from queue_server.cli.wait_table import counted, show_faults
from queue_server.config.office_file import OfficeFile
from queue_server.contracts.config_file import read_config

FILE = click.Path(path_type=Path, dir_okay=False, exists=True)
FOLDER = click.Path(path_type=Path, file_okay=False, exists=True)
OUT = click.Path(path_type=Path, dir_okay=False)
DAY = click.DateTime(["%Y-%m-%d"])
TICKETS = click.option("--tickets", metavar="F", type=FILE, help="Ticket log, CSV or CSV.gz.")
DATA = click.option("--data", metavar="DIR", type=FOLDER, help="Or an office's folder.")
COUNTRY = click.option(
    "--country", metavar="CODE", default="VN", show_default=True, help="Whose public holidays."
)
JSON = click.option("--json", "out", metavar="OUT", type=OUT, help="Write every figure here.")

Told = tuple[dict[str, Arrivals], dict[str, dict[str, object]]]


@click.group()
def demand() -> None:
    """Forecasts of arrivals."""


@demand.command()
@TICKETS
@DATA
@click.option("--test-from", metavar="DATE", required=True, type=DAY, help="First day tested.")
@COUNTRY
@JSON
def evaluate(
    tickets: Path | None, data: Path | None, test_from: datetime, country: str, out: Path | None
) -> None:
    """Forecast every day from DATE on in its morning, and compare with who came."""
    calendar = _calendar(country)
    offices, faults = _history(tickets, data)
    first = test_from.date().toordinal()
    if not any((office.days[FEWEST_KNOWN:] >= first).any() for office in offices.values()):
        say = f"no day from {test_from.date()} on has {FEWEST_KNOWN} days before it"
        raise click.UsageError(say)
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("office days", total=sum(len(o.days) for o in offices.values()))
        found = measure(offices, first, calendar, lambda days: progress.advance(task, days))
    figures = report(found)
    show_report(Console(), figures)
    show_faults(Console(), faults)
    _write(out, {**figures, "country": calendar.country, "faults": faults})


@demand.command()
@TICKETS
@DATA
@click.option("--date", "day", metavar="DATE", required=True, type=DAY, help="Day to forecast.")
@click.option("--office", metavar="NAME", help="Of a log with several offices.")
@COUNTRY
@JSON
def forecast(
    tickets: Path | None, data: Path | None, day: datetime, out: Path | None, **asked: Any
) -> None:
    """Arrivals expected on a day by service and half hour, from the days before it."""
    calendar = _calendar(asked["country"])
    offices, faults = _history(tickets, data)
    arrivals = _one_office(offices, asked["office"])
    expected = forecast_day(arrivals, day.date().toordinal(), calendar)
    show_day(Console(), expected)
    show_faults(Console(), faults)
    _write(out, {**as_dict(expected), "faults": faults})


def _calendar(country: str) -> Calendar:
    try:
        return Calendar(country)
    except UnknownCountry as error:
        raise click.UsageError(f"--country: {error}") from error


def _history(tickets: Path | None, data: Path | None) -> Told:
    if (tickets is None) == (data is None):
        raise click.UsageError("give either --tickets F or --data DIR")
    offices, faults = _of_log(tickets) if tickets else _of_store(data or Path())
    if not offices:
        why = "".join(map(counted, faults.values()))
        raise click.UsageError(f"{tickets or data}: nobody ever came{why}")
    return offices, faults


def _of_log(path: Path) -> Told:
    try:
        log, faults = read_tickets(path)
    except (UnusableLog, OSError) as error:
        raise click.UsageError(str(error)) from error
    offices, outside = arrivals_of_offices(log)
    return offices, {"tickets": _with_outside(faults, outside)}


def _with_outside(faults: Faults, outside: int) -> dict[str, object]:
    if outside:
        faults.note("arrived on no minute of its day", count=outside)
    return faults.as_dict()


def _of_store(data: Path) -> Told:
    file = read_config(office_file(data), OfficeFile)
    services = [service.id for service in file.services]
    visits = read_visits(data / "store" / "office.db", services, date.max)
    return ({file.office.id: visits.arrivals} if len(visits.arrivals) else {}), {}


def _one_office(offices: Mapping[str, Arrivals], name: str | None) -> Arrivals:
    if name is None and len(offices) == 1:
        return next(iter(offices.values()))
    if name is None or name not in offices:
        raise click.UsageError(f"--office: one of {', '.join(sorted(offices))}")
    return offices[name]


def _write(out: Path | None, body: dict[str, object]) -> None:
    if out is None:
        return
    try:
        out.write_text(json.dumps(body, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise click.UsageError(f"--json: {out}: {error.strerror}") from error
