"""`motcua hub catalogue` and `motcua hub targets`: set for many offices, and who has which."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, fields
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from queue_server.cli.hub_months import who
from queue_server.cli.options import HUB_CONFIG as CONFIG
from queue_server.contracts.config_file import ConfigError

if TYPE_CHECKING:
    from queue_server.hub.use_cases.hand_versions import HandVersions

T = TypeVar("T")
MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Order:
    """What both commands are told: where the hub is, for whom, and whether it is only a look."""

    config: Path
    state: bool
    province: str | None
    offices: tuple[str, ...]
    over: bool


OPTIONS = (
    CONFIG,
    click.option(
        "--state", is_flag=True, help="Say which version each office has since when, or why not."
    ),
    click.option(
        "--province",
        metavar="NN",
        help="For its offices; else for those of the hub's account, or all.",
    ),
    click.option(
        "--office", "offices", metavar="ID", multiple=True, help="For this one; may be said often."
    ),
    click.option(
        "--over", is_flag=True, help="Also where an office changed something by its own hand."
    ),
)


def with_order(command: Callable[..., None]) -> Callable[..., None]:
    """Give the options of both commands as one `Order`."""

    @wraps(command)
    def told(**said: object) -> None:
        names = [field.name for field in fields(Order)]
        order = Order(**{name: said.pop(name) for name in names})  # type: ignore[arg-type]  # click checked them
        command(order, **said)

    for option in reversed(OPTIONS):
        told = option(told)
    return told


@click.command()
@with_order
@click.argument(
    "file", metavar="FILE.csv", required=False, type=click.Path(path_type=Path, dir_okay=False)
)
def catalogue(order: Order, file: Path | None) -> None:
    """Hand down the procedures in FILE.csv as a new version; with --state say who has which.

    The columns are those of the sheet that an office's page for administration gives and takes.
    What an office changed by its own hand stays, and --state says where, unless --over is given.
    """
    from queue_server.hub.contracts.handed_versions import CATALOGUE  # noqa: PLC0415 - slow

    if order.state or file is None:
        _show(order, CATALOGUE)
        return
    _publish(order, CATALOGUE, {"csv": _sheet(file), "over": order.over})


@click.command()
@with_order
@click.option("--good", type=float, metavar="MINUTES", help="A mean wait up to this is good.")
@click.option("--limit", type=float, metavar="MINUTES", help="Above this it is too long.")
def targets(order: Order, good: float | None, limit: float | None) -> None:
    """Hand down targets of the mean wait; an office follows them from its server's next start on.

    With --state say who has which. Own changes of offices stay as with `motcua hub catalogue`.
    """
    from queue_server.hub.contracts import handed_versions as h  # noqa: PLC0415 - loads much

    if order.state or good is None or limit is None:
        _show(order, h.TARGETS)
        return
    body = {"good_min": good, "limit_min": limit, "over": order.over}
    if h.read_handed(h.HandedTargets, body | {"version": 1, "by": "x"}) is None:
        raise click.UsageError(
            "minutes of a day, and --good is not above --limit; nothing was sent"
        )
    _publish(order, h.TARGETS, body)


def _sheet(file: Path) -> str:
    from queue_server.hub.use_cases.hand_versions import checked_sheet  # noqa: PLC0415 - slow

    try:
        text = file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise ConfigError(f"{file}: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise ConfigError(f"{file}: not UTF-8 at byte {error.start}; nothing was sent") from None
    sheet, faults = checked_sheet(text)
    for fault in list(faults)[:MOST_SHOWN]:
        click.echo(f"{file}: {fault}", err=True)
    if faults:
        raise ConfigError(f"{file}: {len(faults)} faults; nothing was sent")
    return sheet


def _publish(order: Order, kind: str, body: dict[str, Any]) -> None:
    from queue_server.hub.bootstrap import hub_file  # noqa: PLC0415 - slow library
    from queue_server.hub.use_cases.hand_versions import Aim  # noqa: PLC0415 - the same

    of = hub_file.read_hub(order.config).cluster.province
    aim = Aim(order.province or of, order.offices)
    try:
        version, count = _with(order.config, lambda desk: desk.publish(kind, body, who(), aim))
    except LookupError as unknown:
        raise click.UsageError(f"{unknown.args[0]}; nothing was sent") from None
    click.echo(f"{kind} version {version} for {count} offices; --state says who has it")


def _show(order: Order, kind: str) -> None:
    if not order.state:
        raise click.UsageError("say what to hand down, or --state; see --help")
    for line in _with(order.config, lambda desk: desk.state(kind)):
        click.echo(line)


def _with(config: Path, work: Callable[[HandVersions], Coroutine[Any, Any, T]]) -> T:
    from queue_server.hub.adapters.city_tables import upgrade  # noqa: PLC0415 - slow library
    from queue_server.hub.adapters.postgres_versions import (  # noqa: PLC0415 - the same
        PostgresVersions,
    )
    from queue_server.hub.bootstrap import hub_file  # noqa: PLC0415 - the same
    from queue_server.hub.bootstrap.relay_process import utc_now  # noqa: PLC0415 - the same
    from queue_server.hub.use_cases.hand_versions import HandVersions  # noqa: PLC0415 - the same

    dsn = hub_file.dsn_of(config, hub_file.read_hub(config))
    upgrade(dsn)

    async def run() -> T:
        kept = PostgresVersions(dsn)
        try:
            return await work(HandVersions(kept, utc_now))
        finally:
            await kept.close()

    return asyncio.run(run())
