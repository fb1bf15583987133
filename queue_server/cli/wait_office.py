"""`motcua wait models|retrain|rollback DIR`: the waiting-time models of an office."""

from __future__ import annotations

import os
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress, TaskID
from rich.table import Table

from edge_models.runtime.card import UntrustedModel
from edge_models.wait.export import NotTheSame
from edge_models.wait.grown import OWN
from queue_server.adapters.night_record import nights
from queue_server.adapters.retrain_night import Night, Retraining, note_rollback
from queue_server.adapters.wait_models import NothingBefore, WaitModels
from queue_server.cli.options import office_file
from queue_server.domain.office import ZONE, working_day

FOLDER = click.Path(path_type=Path, file_okay=False, exists=True)
SHOWN = 20
CALM = 19


@click.command()
@click.argument("data", metavar="DIR", type=FOLDER)
@click.option("--calm", is_flag=True, help="With the lowest priority, as the server does at night.")
@click.option(
    "--until",
    metavar="DATE",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Only days before this one; today by default.",
)
def retrain(data: Path, until: datetime | None, *, calm: bool) -> None:
    """Learn a model of the office's own days; it answers only if it is better on the last three."""
    office_file(data)
    if calm:
        os.nice(CALM)
    now = datetime.now(ZONE)
    before = until.date() if until else working_day(now)
    screen = Console(stderr=True)
    with Progress(console=screen, transient=True, disable=not screen.is_terminal) as progress:
        night = _run(data, before, now, progress)
    click.echo(_sentence(night))


def _run(data: Path, before: date, now: datetime, progress: Progress) -> Night:
    tasks: dict[str, TaskID] = {}

    def tell(what: str, done: int) -> None:
        if what not in tasks:
            total = None if what == "days" else OWN.trees
            tasks[what] = progress.add_task(
                what if what == "days" else f"trees of {what}", total=total
            )
        progress.update(tasks[what], completed=done)

    try:
        return Retraining(data, tell).run(before, now)
    except (UntrustedModel, NotTheSame) as fault:
        raise click.ClickException(str(fault)) from fault
    except OSError as fault:
        raise click.ClickException(f"{fault.filename}: {fault.strerror}") from fault


def _sentence(night: Night) -> str:
    if night.now is None or night.new is None:
        return f"{night.answers} goes on answering: {night.why}"
    miss = f"{night.new['mae_min']:.2f} against {night.now['mae_min']:.2f} min"
    tried = f"{night.tried} tickets of {', '.join(night.held_out)}"
    goes = "answers from now on" if night.switched else "goes on answering"
    return f"{night.answers} {goes}: the own model is {night.why} ({miss} on {tried})"


@click.command()
@click.argument("data", metavar="DIR", type=FOLDER)
def rollback(data: Path) -> None:
    """Go back to the model that answered before; a running server takes it within seconds."""
    office_file(data)
    try:
        name = WaitModels(data).roll_back()
    except NothingBefore as nothing:
        raise click.ClickException(str(nothing)) from nothing
    note_rollback(data, datetime.now(ZONE), name)
    click.echo(f"{name} answers now; `retrain = false` under [forecast] keeps it so at night")


@click.command()
@click.argument("data", metavar="DIR", type=FOLDER)
def models(data: Path) -> None:
    """Which models may answer, the active one first, and what the last nights decided."""
    office_file(data)
    console = Console()
    for name, card in WaitModels(data).cards():
        console.print(f"{name}: {_about(card)}", markup=False)
    table = Table(title="nights")
    for label in ("at", "answers", "now", "own", "tried", "why"):
        table.add_column(label)
    for night in nights(data)[-SHOWN:]:
        table.add_row(*_row(night))
    console.print(table)


def _about(card: dict[str, Any] | str) -> str:
    if isinstance(card, str):
        return f"refused, {card}"
    return f"{card.get('tickets', '?')} tickets, sha256 {str(card['sha256'])[:12]}"


def _row(night: dict[str, Any]) -> list[str]:
    errors = [
        f"{night[key]['mae_min']:.2f} min" if night.get(key) else "" for key in ("now", "new")
    ]
    at, answers = str(night.get("at", ""))[:16], str(night.get("answers", ""))
    return [at, answers, *errors, str(night.get("tried", "")), str(night.get("why", ""))]
