"""`motcua init` and `motcua server`."""

from __future__ import annotations

import gc
from pathlib import Path

import click

from queue_server.adapters.new_office import SAMPLES, NewOfficeError, make_office
from queue_server.cli.options import DATA, HTTP, MQTT, host_names
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
@click.option(
    "--name",
    "names",
    multiple=True,
    callback=host_names,
    metavar="HOST",
    help="Devices reach the server by this name or address: it answers there, by TLS only. "
    "May be given several times; the first one stands in the devices' settings.",
)
def init(folder: Path, sample: str | None, admin: str, names: tuple[str, ...]) -> None:
    """Make a new office in DIR: motcua.toml, credentials, and a settings file for each device.

    The office gets a certificate authority of its own in tls/, and each device a certificate.
    """
    from queue_server.adapters import local_ca as authority  # noqa: PLC0415 - slow library
    from queue_server.adapters.device_certificates import issue_missing  # noqa: PLC0415 - the same
    from queue_server.adapters.first_person import write_first_person  # noqa: PLC0415 - slow library

    if not NAME.fullmatch(admin) or admin in {"admin", "server"}:
        raise NewOfficeError("--admin: 2 to 31 of a-z, 0-9, dot, dash; not a device's name")
    written = make_office(folder, sample, names[0] if names else None)
    authority.issue_server(folder, [*authority.here(), *names])
    issue_missing(folder, [path.stem for path in written if path.suffix == ".json"])
    password = write_first_person(folder, admin)
    secrets = sum(path.suffix == ".json" for path in written)
    devices = len(written) - 1 - secrets
    click.echo(
        f"New office in {folder}: {written[0].name}, {secrets} credentials, "
        f"{devices} device files in devices/."
    )
    click.echo(f"First administrator: {admin}, password {password} (shown only now).")
    if names:
        click.echo(f"Root for devices and browsers: {folder / authority.CA}")
        click.echo(f"SHA-256 {authority.fingerprint(folder)}")
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
@click.option(
    "--port",
    type=int,
    default=None,
    help="Where it listens: 8883 by TLS where the office has tls = true, else 1883 on loopback.",
)
def mosquitto(data: Path, out: Path, port: int | None) -> None:
    """Write the files of a mosquitto for the office in DIR: configuration, passwords, topic lists.

    With `tls = true` it demands certificates of the office's own authority. With `mosquitto` under
    [server] the running server keeps the lists true; else, after a change of the devices, write
    them again and send mosquitto a SIGHUP.
    """
    from queue_server.bootstrap import write_broker_files  # noqa: PLC0415 - loads the server

    conf, address = write_broker_files(data, out, port)
    click.echo(f"{conf}")
    click.echo(
        f'Next: mosquitto -c {conf}, and under [server] in motcua.toml: mqtt = "{address}", '
        f'mosquitto = "{conf.parent}"'
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
