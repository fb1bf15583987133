"""`motcua satisfaction`: how well the smile index reads labelled faces."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress

from edge_models.runtime.card import UntrustedModel
from edge_models.satisfaction.evaluate import Judge, report
from edge_models.satisfaction.labelled_faces import UnusableFaces, read_table
from queue_server.cli.satisfaction_table import show


@click.group()
def satisfaction() -> None:
    """The smile index of the camera."""


@satisfaction.command()
@click.option(
    "--images", metavar="DIR", type=click.Path(path_type=Path), help="Folder of the pictures."
)
@click.option(
    "--labels",
    metavar="CSV",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="Table `image,label`; or FER2013's own, with its pixels.",
)
@click.option(
    "--crops",
    type=click.Choice(["auto", "yes", "no"]),
    default="auto",
    show_default=True,
    help="Whether pictures are faces already cut out; auto: those below 128 pixels.",
)
@click.option("--usage", metavar="WORD", help="Only rows whose column `usage` says this.")
@click.option(
    "--json",
    "out",
    metavar="OUT",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write every figure here.",
)
def evaluate(images: Path | None, labels: Path, out: Path | None, **asked: Any) -> None:
    """Judge every labelled face and compare: AUC, accuracy, calibration, operating point.

    Labels: happy, smile, positive, vui; neutral, bình thường; sad, angry, fear, disgust, negative;
    surprise (in no level); and numbers: 0 to 6 as in FER2013, -1/0/1 or 0/1/2 as levels, 0/1 as
    neutral and smile. Case, blanks and endings of file names do not matter.
    """
    if out is not None and not out.parent.is_dir():
        raise click.UsageError(f"--json: there is no folder {out.parent}")
    try:
        table = read_table(labels, images, asked["usage"])
        judge = Judge(asked["crops"])
    except (UnusableFaces, UntrustedModel) as error:
        raise click.UsageError(str(error)) from error
    screen = Console(stderr=True)
    with Progress(console=screen, transient=True, disable=not screen.is_terminal) as progress:
        task = progress.add_task("faces", total=len(table.rows))
        judged = judge.judge(table, lambda: progress.advance(task))
    if not judged.rows:
        raise click.UsageError(f"{labels.name}: {len(table.rows)} pictures, no face found in any")
    found = report(table, judged)
    show(Console(), found)
    if out is not None:
        body = json.dumps(found.as_dict(), ensure_ascii=False, indent=1, allow_nan=False)
        try:
            out.write_text(body + "\n", encoding="utf-8")
        except OSError as error:
            raise click.UsageError(f"--json: {out} cannot be written ({error.strerror})") from error
