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
from edge_models.satisfaction.labelled_faces import FaceTable, UnusableFaces, read_table
from edge_models.satisfaction.labelled_folder import read_folder, table_in
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
    type=click.Path(path_type=Path, dir_okay=False),
    help="Table `image,label`; or FER2013's own, with its pixels. Without it: the one table in "
    "DIR, else DIR's folders are the labels.",
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
def evaluate(images: Path | None, labels: Path | None, out: Path | None, **asked: Any) -> None:
    """Judge every labelled face and compare: AUC, accuracy, calibration, operating point.

    Folders: `smile/…`, `neutral/…`, `negative/…`, also deeper and with numbers, or names of files
    such as `smile_001.jpg`.

    Labels: happy, smile, positive, vui; neutral, bình thường; sad, angry, fear, disgust, negative;
    surprise (in no level); and numbers: 0 to 6 as in FER2013, -1/0/1 or 0/1/2 as levels, 0/1 as
    neutral and smile. Case, blanks and endings of file names do not matter.
    """
    if out is not None and not out.parent.is_dir():
        raise click.UsageError(f"--json: there is no folder {out.parent}")
    try:
        table = _faces(images, labels, asked["usage"])
        judge = Judge(asked["crops"])
    except (UnusableFaces, UntrustedModel) as error:
        raise click.UsageError(str(error)) from error
    screen = Console(stderr=True)
    with Progress(console=screen, transient=True, disable=not screen.is_terminal) as progress:
        task = progress.add_task("faces", total=len(table.rows))
        judged = judge.judge(table, lambda: progress.advance(task))
    if not judged.rows:
        named = labels or images
        raise click.UsageError(f"{named}: {len(table.rows)} pictures, no face found in any")
    found = report(table, judged)
    show(Console(), found)
    if out is not None:
        body = json.dumps(found.as_dict(), ensure_ascii=False, indent=1, allow_nan=False)
        try:
            out.write_text(body + "\n", encoding="utf-8")
        except OSError as error:
            raise click.UsageError(f"--json: {out} cannot be written ({error.strerror})") from error


def _faces(images: Path | None, labels: Path | None, usage: str | None) -> FaceTable:
    """By the table that was named, else by the one in the folder, else by the folder's names."""
    if labels is not None:
        return read_table(labels, images, usage)
    if images is None:
        raise click.UsageError("name the pictures by --images DIR, the labels by --labels CSV")
    found = table_in(images)
    return read_folder(images) if found is None else read_table(found, images, usage)
