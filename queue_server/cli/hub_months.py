"""`motcua hub fold`, `month` and `publish`: a city's figures, and their way to the public."""

from __future__ import annotations

import asyncio
import os
import pwd
from collections.abc import Callable, Coroutine
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from queue_server.cli.options import HUB_CONFIG as CONFIG
from queue_server.cli.table_file import OUT, put_table
from queue_server.cli.work_until_stopped import until_stopped

if TYPE_CHECKING:
    from queue_server.hub.use_cases.city_publication import CityPublications
    from queue_server.use_cases.publication_desk import Publication

MONTH = click.option("--month", metavar="YYYY-MM", required=True, type=click.DateTime(["%Y-%m"]))
NOTE = click.option("--note", default="", metavar="WHY", help="Said beside it, to everybody.")
ID = click.argument("publication", metavar="ID")


@click.command()
@CONFIG
@MONTH
@OUT
def month(config: Path, month: datetime, out: Path | None) -> None:
    """Index 766, comparison and online shares of a month, as they are now; nothing goes public."""
    from queue_server.hub.bootstrap import city_figures  # noqa: PLC0415 - slow library
    from queue_server.hub.use_cases.month_table import month_rows  # noqa: PLC0415 - the same

    found = asyncio.run(city_figures.city_month(newest_tables(config), month.date()))
    put_table(month_rows(found), out, f"{len(found.offices)} offices, {found.silent} silent")


@click.command()
@CONFIG
@click.option("--follow", is_flag=True, help="Go on, day by day, until it is stopped.")
def fold(config: Path, *, follow: bool) -> None:
    """Fold the days that are over into the months of all offices.

    Who asks for a month folds what is missing first: if nobody did before, that only takes longer.
    """
    from queue_server.domain.office import working_day  # noqa: PLC0415 - slow library
    from queue_server.hub.adapters.postgres_months import PostgresMonths  # noqa: PLC0415 - the same
    from queue_server.hub.bootstrap import fold_process  # noqa: PLC0415 - the same
    from queue_server.hub.bootstrap.relay_process import utc_now  # noqa: PLC0415 - the same
    from queue_server.hub.use_cases import fold_months  # noqa: PLC0415 - the same

    def told(first: date, offices: int) -> None:
        click.echo(f"{first:%Y-%m}: {offices} offices")

    dsn = newest_tables(config)
    if follow:
        until_stopped(lambda stop: fold_process.follow(dsn, stop))
        return
    today = working_day(utc_now())
    touched = asyncio.run(fold_months.fold(PostgresMonths(dsn), today, told))
    click.echo(f"{touched} months of offices brought to yesterday")


@click.group()
def publish() -> None:
    """Bring a month to the public: draft, review by another person, publish, withdraw.

    Who takes a step is who is logged in at this machine.
    """


@publish.command()
@CONFIG
@MONTH
@NOTE
def draft(config: Path, month: datetime, note: str) -> None:
    """Fix the figures of a month that is over; a correction says what it corrects (--note)."""
    from queue_server.domain.office import working_day  # noqa: PLC0415 - slow library
    from queue_server.hub.bootstrap.relay_process import utc_now  # noqa: PLC0415 - the same

    today = working_day(utc_now())
    _do(config, lambda desk: desk.draft(month.date(), today, who(), note.strip()))


@publish.command()
@CONFIG
@ID
@NOTE
@click.argument("step", type=click.Choice(["review", "return", "publish", "withdraw"]))
def step(config: Path, publication: str, step: str, note: str) -> None:
    """Take the next step with a draft: review, return, publish or withdraw."""
    from queue_server.use_cases.publication_steps import Step  # noqa: PLC0415 - slow library

    steps = {
        "review": Step.REVIEWED,
        "return": Step.RETURNED,
        "publish": Step.PUBLISHED,
        "withdraw": Step.WITHDRAWN,
    }
    _do(config, lambda desk: desk.take(publication, steps[step], who(), note.strip()))


@publish.command(name="list")
@CONFIG
def list_(config: Path) -> None:
    """Every snapshot, newest first."""
    from queue_server.hub.bootstrap import city_figures  # noqa: PLC0415 - slow library

    for one in asyncio.run(city_figures.publications(newest_tables(config)).all()):
        click.echo(_line(one))


def who() -> str:
    """The login of the person at this machine; behind `sudo`, of the one who asked for it."""
    return os.environ.get("SUDO_USER") or pwd.getpwuid(os.getuid()).pw_name


def _do(config: Path, work: Callable[[CityPublications], Coroutine[Any, Any, Publication]]) -> None:
    from queue_server.hub.bootstrap import city_figures  # noqa: PLC0415 - slow library
    from queue_server.use_cases.publication_steps import StepRefused  # noqa: PLC0415 - the same

    try:
        found = asyncio.run(work(city_figures.publications(newest_tables(config))))
    except (StepRefused, LookupError) as refused:
        raise click.UsageError(str(refused)) from None
    click.echo(_line(found))
    click.echo(f"/months/{found.id}")


def _line(one: Publication) -> str:
    first: date = one.period.first
    return f"{first:%Y-%m} {one.id[:12]} {one.state} by {one.steps[-1].by}" + (
        " (replaced)" if one.replaced else ""
    )


def newest_tables(config: Path) -> str:
    """The hub's database, brought to the newest step of its tables."""
    from queue_server.hub.adapters.city_tables import upgrade  # noqa: PLC0415 - slow library
    from queue_server.hub.bootstrap import hub_file  # noqa: PLC0415 - the same

    dsn = hub_file.dsn_of(config, hub_file.read_hub(config))
    upgrade(dsn)
    return dsn
