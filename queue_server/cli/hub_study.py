"""`motcua hub study`: a year of all offices as a paper that a director can read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from queue_server.cli.options import HUB_CONFIG

WORDS = {"months": "months read", "offices": "offices tried out"}


@click.command()
@HUB_CONFIG
@click.option("--year", type=click.IntRange(2020, 2100), required=True)
@click.option("--place", required=True, help="Whose offices these are, as it stands on top.")
@click.option("--limit", type=click.FloatRange(1, 240), default=15.0, show_default=True)
@click.option(
    "--out", metavar="FILE.pdf", required=True, type=click.Path(path_type=Path, dir_okay=False)
)
def study(config: Path, year: int, place: str, limit: float, out: Path) -> None:
    """Say where people wait, why dossiers come back, and what would help, on two pages.

    What stands on fewer than 30 cases is left out. What is tried out is simulated, with each
    office's own people, hours and counters; the paper says what it assumes.
    """
    from queue_server.hub.bootstrap import hub_file  # noqa: PLC0415 - loads much
    from queue_server.hub.bootstrap.year_study import year_study  # noqa: PLC0415 - the same

    def told(what: str, done: int, of: int) -> None:
        click.echo(f"\r{WORDS[what]}: {done}/{of}", err=True, nl=done == of)

    dsn = hub_file.dsn_of(config, hub_file.read_hub(config))
    span = (date(year, 1, 1), date(year + 1, 1, 1))
    paper, offices = year_study(dsn, span, place, limit, told)
    try:
        out.write_bytes(paper)
    except OSError as error:
        raise click.UsageError(f"--out: {out}: {error.strerror}") from error
    click.echo(f"{offices} offices: {out}")
