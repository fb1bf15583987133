"""`motcua init` and `motcua server`."""

from __future__ import annotations

import gc
from pathlib import Path

import click

from queue_server.adapters.new_office import SAMPLES, NewOfficeError, make_office
from queue_server.cli.options import DATA, HTTP, MQTT
from queue_server.use_cases.people_desk import NAME


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--sample", type=click.Choice(SAMPLES), help="Fill services, counters and devices.")
@click.option(
    "--admin",
    default="quantri",
    show_default=True,
    metavar="NAME",
    help="Name of the first administrator; the password is shown once.",
)
def init(folder: Path, sample: str | None, admin: str) -> None:
    """Make a new office in DIR: motcua.toml, credentials, and a settings file for each device."""
    from queue_server.adapters.first_person import write_first_person  # noqa: PLC0415 - slow library

    if not NAME.fullmatch(admin) or admin in {"admin", "server"}:
        raise NewOfficeError("--admin: 2 to 31 of a-z, 0-9, dot, dash; not a device's name")
    written = make_office(folder, sample)
    password = write_first_person(folder, admin)
    secrets = sum(path.suffix == ".json" for path in written)
    devices = len(written) - 1 - secrets
    click.echo(
        f"New office in {folder}: {written[0].name}, {secrets} credentials, "
        f"{devices} device files in devices/."
    )
    click.echo(f"First administrator: {admin}, password {password} (shown only now).")
    click.echo(f"Next: motcua server --data {folder}")


@click.command()
@DATA
@click.option(
    "--out",
    metavar="DIR",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="Where mosquitto finds its files; owned by the user it runs as.",
)
@click.option("--port", default=1883, show_default=True, help="Where it listens, on loopback.")
def mosquitto(data: Path, out: Path, port: int) -> None:
    """Write the files of a mosquitto for the office in DIR: configuration, passwords, topic lists.

    After a change of the devices write them again and send mosquitto a SIGHUP.
    """
    from queue_server.bootstrap import write_broker_files  # noqa: PLC0415 - loads the server

    click.echo(f"{write_broker_files(data, out, port)}")
    click.echo(
        f'Next: mosquitto -c {out}/motcua.conf, and mqtt = "127.0.0.1:{port}" in motcua.toml'
    )


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
