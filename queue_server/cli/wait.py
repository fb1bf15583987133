"""`motcua wait`: how good are the forecasts of the waiting time, measured on a ticket log."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress, TaskID

from edge_models.runtime.card import UntrustedModel
from edge_models.ticket_log.columns import TicketLog
from edge_models.ticket_log.open_counters import OpenCounters, read_open_counters
from edge_models.ticket_log.reader import UnusableLog, read_tickets
from edge_models.wait import evaluate as measuring
from edge_models.wait.metrics import Forecasts
from edge_models.wait.model import WaitModel, learned_from
from edge_models.wait.nightly import calibrated, lesson_before, nights
from edge_models.wait.training import Boosters, Recipe, TooFewTickets, Trainer
from queue_server.cli.wait_office import models, retrain, rollback
from queue_server.cli.wait_table import counted, show

FILE = click.Path(path_type=Path, dir_okay=False, exists=True)


@click.group(commands=[models, retrain, rollback])
def wait() -> None:
    """Forecasts of the waiting time."""


@wait.command()
@click.option("--tickets", metavar="F", required=True, type=FILE, help="Ticket log, CSV or CSV.gz.")
@click.option("--open-counters", metavar="F", type=FILE, help="Open counters, a row per change.")
@click.option(
    "--test-from",
    metavar="DATE",
    required=True,
    type=click.DateTime(["%Y-%m-%d"]),
    help="First day that is forecast; earlier days are only learned from.",
)
@click.option("--train", is_flag=True, help="Also train a model on the days before DATE.")
@click.option(
    "--nightly",
    is_flag=True,
    help="With --train: also train it anew before every tested day, as the baselines learn.",
)
@click.option("--only-waited", is_flag=True, help="Leave out tickets that were called at once.")
@click.option("--cold", is_flag=True, help="Nothing may be learned from earlier days of this log.")
@click.option(
    "--json",
    "out",
    metavar="OUT",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write every figure here.",
)
def evaluate(tickets: Path, open_counters: Path | None, out: Path | None, **asked: Any) -> None:
    """Forecast every ticket of a log at its arrival and compare with its first call."""
    if out is not None and not out.parent.is_dir():
        raise click.UsageError(f"--json: there is no folder {out.parent}")
    if asked["nightly"] and (asked["cold"] or not asked["train"]):
        raise click.UsageError("--nightly needs --train, and nights that teach: no --cold")
    screen = Console(stderr=True)
    with Progress(console=screen, transient=True, disable=not screen.is_terminal) as progress:
        reading = progress.add_task("reading", total=None)
        log, counters, faults = _read(tickets, open_counters)
        progress.update(reading, total=1, completed=1)
        first: date = asked["test_from"].date()
        _something_to_do(log, first, tickets.name, faults)
        what = measuring.Asked(first.toordinal(), not asked["cold"], asked["only_waited"])
        task = progress.add_task("tickets", total=len(log))
        case = measuring.prepare(log, counters, what, lambda n: progress.advance(task, n))
        models = _models(case)
        if asked["train"]:
            training = _Training(case, what.test_from, progress)
            models.said |= training.forecasts(nightly=asked["nightly"])
        nights = progress.add_task("nights of the classics", total=None)
        classic = measuring.classics(
            case, progress=lambda done, of: progress.update(nights, completed=done, total=of)
        )
        found = measuring.report(case, classic, models.said)
    faults["models"] = models.notes
    show(Console(), found, faults)
    if out is not None:
        body = {**found.as_dict(), "faults": faults}
        _write(out, json.dumps(body, ensure_ascii=False, indent=1, allow_nan=False))


def _write(out: Path, body: str) -> None:
    try:
        out.write_text(body + "\n", encoding="utf-8")
    except OSError as error:
        raise click.UsageError(f"--json: {out} cannot be written ({error.strerror})") from error


@dataclass(slots=True)
class _Models:
    """What the models say, and what is to be known about them."""

    said: dict[str, Forecasts] = field(default_factory=dict)
    notes: dict[str, object] = field(default_factory=dict)


def _models(case: measuring.Case) -> _Models:
    found = _Models()
    try:
        shipped = WaitModel()
        found.said["shipped"] = measuring.forecast(case, shipped)
        seen = learned_from(case.log, shipped.card["trained_on"])[case.called[case.wanted]]
        found.notes["tested_rows_the_shipped_model_learned_from"] = int(seen.sum())
    except UntrustedModel as error:
        found.notes["shipped_model_refused"] = str(error)
    return found


@dataclass(slots=True)
class _Training:
    """Models of this log's own days, with progress; a day's model is trained once."""

    case: measuring.Case
    first: int
    progress: Progress
    tasks: dict[str, TaskID] = field(default_factory=dict)
    models: dict[int, Boosters] = field(default_factory=dict)

    def forecasts(self, *, nightly: bool) -> dict[str, Forecasts]:
        """Of one model of the days before the test, and of one of every night."""
        try:
            model = self._train(self.first)
        except TooFewTickets as error:
            raise click.UsageError(f"--train: {error} before --test-from") from error
        start = calibrated(self.case, self._train)
        said = {"trained": measuring.forecast(self.case, model, start)}
        if nightly:
            raw = measuring.with_own_lines(self.case, nights(self.case, self._train))
            said["trained_nightly"] = measuring.rolled(self.case, raw)
        return said

    def _train(self, day: int) -> Boosters:
        if day not in self.models:
            trainer = Trainer(progress=lambda name, trees: self._tell(day, name, trees))
            self.models[day] = trainer.train(lesson_before(self.case, day))
        return self.models[day]

    def _tell(self, day: int, name: str, trees: int) -> None:
        if name not in self.tasks:
            self.tasks[name] = self.progress.add_task("", total=Recipe().trees_of(name))
        what = f"trees of {name}, days before {date.fromordinal(day)}"
        self.progress.update(self.tasks[name], completed=trees, description=what)


def _read(
    tickets: Path, open_counters: Path | None
) -> tuple[TicketLog, OpenCounters, dict[str, dict[str, object]]]:
    try:
        log, faults = read_tickets(tickets)
        told = {"tickets": faults.as_dict()}
        counters = OpenCounters()
        if open_counters is not None:
            counters, more = read_open_counters(open_counters, log)
            told["open_counters"] = more.as_dict()
    except UnusableLog as error:
        raise click.UsageError(str(error)) from error
    except OSError as error:
        raise click.UsageError(f"{error.filename} cannot be read ({error.strerror})") from error
    return log, counters, told


def _something_to_do(
    log: TicketLog, first: date, name: str, faults: Mapping[str, Mapping[str, object]]
) -> None:
    wanted = (log.day >= first.toordinal()) & (log.called >= log.arrived)
    if not wanted.any():
        why = counted(faults["tickets"])
        raise click.UsageError(f"{name}: no usable called ticket from {first} on{why}")
