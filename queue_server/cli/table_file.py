"""A table that a command was asked for: CSV on the screen, or a file that Excel reads rightly."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from pathlib import Path

import click

OUT = click.option("--out", metavar="FILE.csv", type=click.Path(path_type=Path, dir_okay=False))


def put_table(rows: Iterable[Sequence[object]], out: Path | None, said: str) -> None:
    """Print the rows; or write them to `out` and say `said` and where.

    Raises:
        UsageError: the file cannot be written.
    """
    text = StringIO()
    csv.writer(text).writerows(rows)
    if out is None:
        click.echo(text.getvalue(), nl=False)
        return
    try:
        # The mark before it: without one Excel takes Vietnamese letters for others.
        out.write_text(text.getvalue(), encoding="utf-8-sig")
    except OSError as error:
        raise click.UsageError(f"--out: {out}: {error.strerror}") from error
    click.echo(f"{said}: {out}")
