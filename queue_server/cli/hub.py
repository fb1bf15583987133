"""`motcua hub`: relay an office, collect many, show a city, and see whether all is well."""

from __future__ import annotations

import asyncio
import json
from datetime import datetime
from pathlib import Path

import click

from queue_server.cli.hub_months import MONTH, fold, month, newest_tables, publish
from queue_server.cli.hub_study import study
from queue_server.cli.hub_versions import catalogue, targets
from queue_server.cli.options import DATA
from queue_server.cli.options import HUB_CONFIG as CONFIG
from queue_server.cli.table_file import OUT, put_table
from queue_server.cli.work_until_stopped import until_stopped
from queue_server.contracts.config_file import ConfigError, read_config


@click.group(commands=[fold, month, publish, study, catalogue, targets])
def hub() -> None:
    """Many offices: each relays what happened, a hub collects and shows it."""


@hub.command()
@DATA
def relay(data: Path) -> None:
    """Relay the office in DIR, whose hub.toml says where to, until it is stopped."""
    from queue_server.config.office_file import OfficeFile  # noqa: PLC0415 - loads much
    from queue_server.hub.bootstrap import (  # noqa: PLC0415 - the same
        hub_file,
        office_side,
        relay_process,
    )
    from queue_server.hub.use_cases.relay import Home  # noqa: PLC0415 - the same

    path = data / "hub.toml"
    file = hub_file.read_hub(path)
    if file.relay is None:
        raise ConfigError(f"{path}: [relay] with the office's province is missing")
    office = read_config(data / "motcua.toml", OfficeFile).office.id
    settings = relay_process.RelaySettings(
        data,
        Home(office, file.relay.province),
        hub_file.cluster_of(path, file),
        file.relay.most_per_s,
        desk=office_side.desk_of(data, file.relay.remote_numbers),
    )
    click.echo(f"motcua hub relay: {office}, province {file.relay.province}")
    until_stopped(lambda stop: relay_process.relay(settings, stop))


@hub.command()
@CONFIG
def collect(config: Path) -> None:
    """Collect what offices relayed, and hand down what people ask; any number may run."""
    from queue_server.bootstrap.process_manners import (  # noqa: PLC0415 - loads the server
        collect_garbage_seldom,
    )
    from queue_server.hub.adapters.city_tables import upgrade  # noqa: PLC0415 - slow library
    from queue_server.hub.bootstrap import (  # noqa: PLC0415 - the same
        collector_process,
        hand_down_process,
        hub_file,
    )

    file = hub_file.read_hub(config)
    dsn = hub_file.dsn_of(config, file)
    upgrade(dsn)
    collect_garbage_seldom()
    click.echo("motcua hub collect: at work")
    cluster = hub_file.cluster_of(config, file)
    province = file.cluster.province
    until_stopped(
        lambda stop: asyncio.gather(
            collector_process.collect(cluster, dsn, stop),
            hand_down_process.hand_down(cluster, dsn, stop, province),
        )
    )


@hub.command()
@CONFIG
def board(config: Path) -> None:
    """Serve the city board and its map."""
    from queue_server.bootstrap.settings import parse_address  # noqa: PLC0415 - loads the server
    from queue_server.contracts.views import BoardTargets  # noqa: PLC0415 - the same
    from queue_server.hub.adapters.city_tables import upgrade  # noqa: PLC0415 - slow library
    from queue_server.hub.bootstrap import city_process, hub_file  # noqa: PLC0415 - the same

    file = hub_file.read_hub(config)
    dsn = hub_file.dsn_of(config, file)
    upgrade(dsn)
    city = hub_file.city_of(config, file)
    targets = BoardTargets(good_min=city.good_min, limit_min=city.limit_min)
    with city_process.RunningCity(dsn, parse_address(city.http, "http"), targets) as running:
        click.echo(f"motcua hub board: {running.url}/city")
        until_stopped(asyncio.Event.wait)


@hub.command()
@CONFIG
@click.argument("file", metavar="OFFICES.csv", type=click.Path(path_type=Path, dir_okay=False))
def offices(config: Path, file: Path) -> None:
    """Say which offices there are: id, province, name_vi, name_en, latitude, longitude, url."""
    from queue_server.hub.adapters.city_tables import upgrade  # noqa: PLC0415 - slow library
    from queue_server.hub.adapters.office_list import read_offices  # noqa: PLC0415 - the same
    from queue_server.hub.adapters.postgres_board import PostgresBoard  # noqa: PLC0415 - the same
    from queue_server.hub.bootstrap import hub_file  # noqa: PLC0415 - the same

    listed = read_offices(file)
    dsn = hub_file.dsn_of(config, hub_file.read_hub(config))
    upgrade(dsn)

    async def keep() -> None:
        database = PostgresBoard(dsn)
        await database.list_offices(listed)
        await database.close()

    asyncio.run(keep())
    click.echo(f"{len(listed)} offices listed")


@hub.command()
@CONFIG
def status(config: Path) -> int:
    """Say what is missed, set aside or wrong, a JSON line each; exit code 1 when anything is."""
    from queue_server.hub.adapters.hub_care import troubles  # noqa: PLC0415 - slow library
    from queue_server.hub.bootstrap import hub_file  # noqa: PLC0415 - the same

    found = asyncio.run(troubles(hub_file.dsn_of(config, hub_file.read_hub(config))))
    for one in found:
        click.echo(json.dumps(one, ensure_ascii=False))
    return int(bool(found))


@hub.command()
@CONFIG
@click.argument("office")
def accept(config: Path, office: str) -> None:
    """Say that an office was set back on purpose: from there on its new events are the true ones.

    The old events after that point are set aside in their place, not deleted.
    """
    from queue_server.hub.adapters.hub_care import accept as accept_now  # noqa: PLC0415 - slow
    from queue_server.hub.bootstrap import hub_file  # noqa: PLC0415 - the same

    dsn = hub_file.dsn_of(config, hub_file.read_hub(config))
    click.echo(asyncio.run(accept_now(dsn, office)))


@hub.command()
@CONFIG
@MONTH
@OUT
def compare(config: Path, month: datetime, out: Path | None) -> None:
    """Put the offices side by side over a month, each figure with the number it stands on.

    What stands on fewer than 30 cases is left empty; the order is by name, on purpose.
    """
    from queue_server.hub.adapters.postgres_months import PostgresMonths  # noqa: PLC0415 - slow
    from queue_server.hub.bootstrap.relay_process import utc_now  # noqa: PLC0415 - the same
    from queue_server.hub.use_cases.city_months import compare  # noqa: PLC0415 - the same
    from queue_server.hub.use_cases.office_months import as_rows  # noqa: PLC0415 - the same

    book = PostgresMonths(newest_tables(config))
    rows = as_rows(asyncio.run(compare(book, month.date(), utc_now())))
    put_table(rows, out, f"{len(rows) - 1} offices")


@hub.command()
@click.argument("plan", metavar="cluster.toml", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--out", metavar="DIR", required=True, type=click.Path(path_type=Path, file_okay=False)
)
def cluster(plan: Path, out: Path) -> None:
    """Write what each machine of a cluster and each office is given: settings, keys, secrets.

    Secrets that were given stay; certificates are new each time and hold for 397 days.
    """
    from queue_server.hub.bootstrap import cluster_plan  # noqa: PLC0415 - loads much

    for name in cluster_plan.write(plan, out):
        click.echo(out / name)
    click.echo(
        "Copy a folder to its machine and nobody else's; secrets.json and tls/ca.key stay here."
    )


@hub.command(name="rebuild")
@CONFIG
def rebuild_(config: Path) -> None:
    """Let the collectors read the whole stream once more, for instance into an empty database."""
    from queue_server.hub.bootstrap import collector_process, hub_file  # noqa: PLC0415 - slow

    cluster = hub_file.cluster_of(config, hub_file.read_hub(config))
    asyncio.run(collector_process.rebuild(cluster))
    click.echo("the collectors begin with the first event again")
