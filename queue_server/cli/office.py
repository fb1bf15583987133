"""`motcua init` and `motcua server`."""

from __future__ import annotations

import gc
from pathlib import Path

import click

from queue_server.adapters.new_office import SAMPLES, make_office
from queue_server.cli.options import DATA, HTTP, MQTT


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--sample", type=click.Choice(SAMPLES), help="Fill services, counters and devices.")
def init(folder: Path, sample: str | None) -> None:
    """Make a new office in DIR: motcua.toml and one credential for each who signs in."""
    written = make_office(folder, sample)
    click.echo(f"New office in {folder}: {written[0].name} and {len(written) - 1} credentials.")
    click.echo(f"Next: motcua server --data {folder}")


@click.command()
@DATA
@HTTP
@MQTT
@click.option("--check", is_flag=True, help="Only validate the configuration.")
def server(data: Path, http: str | None, mqtt: str | None, *, check: bool) -> int:
    """Run the queue server of the office in DIR until it is stopped."""
    gc.disable()  # loading makes no garbage: a tenth of the start; run_server turns it on again
    from queue_server.bootstrap import check_office, run_server  # noqa: PLC0415 - loads the server

    if check:
        click.echo(check_office(data, http, mqtt))
        return 0
    return run_server(data, http, mqtt)
