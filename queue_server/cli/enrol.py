"""`motcua enrol` and `motcua revoke`: which devices the office trusts."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from queue_server.cli.options import HTTP
from queue_server.contracts.config_file import ConfigError

DATA = click.option(
    "--data",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="At the server: the office's folder.",
)
INTO = click.option(
    "--into",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="At the device: where credential, certificate, root and settings are kept.",
)


@click.command()
@click.argument("device", required=False)
@DATA
@HTTP
@click.option("--server", metavar="URL", help="At the device: https:// and the office's server.")
@click.option("--code", help="At the device: what the server's `motcua enrol` showed.")
@INTO
def enrol(  # noqa: PLR0913, PLR0917 - one command for both sides of one act
    device: str | None,
    data: Path | None,
    http: str | None,
    server: str | None,
    code: str | None,
    into: Path | None,
) -> None:
    """Make a machine a device of the office, by a code that counts once.

    \b
    At the server:  motcua enrol kiosk-2 --data OFFICE        shows a code, good for 15 minutes
    At the device:  motcua enrol --server https://HOST:8443 --code CODE --into DIR
    New keys later: motcua enrol kiosk-2 --server https://HOST:8443 --into DIR
    """  # noqa: D301 - click's mark for lines that stay lines
    if data is not None and device is not None and not (server or code or into):
        _show_code(data, device, http)
    elif server and into is not None and code and device is None:
        from kiosk.bootstrap.enrol import enrol as trade  # noqa: PLC0415 - only at a device

        _say(trade(server, code, into))
    elif server and into is not None and device and not code:
        from kiosk.bootstrap.enrol import renew  # noqa: PLC0415 - only at a device

        _say(renew(server, device, into))
    else:
        raise ConfigError(
            "at the server: motcua enrol DEVICE --data DIR; "
            "at the device: motcua enrol --server URL --code CODE --into DIR"
        )


@click.command()
@click.argument("device")
@click.option(
    "--data",
    metavar="DIR",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="The office's folder.",
)
@HTTP
def revoke(device: str, data: Path, http: str | None) -> None:
    """Trust a device no more: HTTP and broker refuse it at once, until it is enrolled again."""
    from queue_server.bootstrap.office_client import ask_office  # noqa: PLC0415 - loads the server

    ask_office(data, "POST", f"/admin/devices/{device}/revoke", http)
    click.echo(f"{device} is refused from now on. Let it in again: motcua enrol {device}")


def _show_code(data: Path, device: str, http: str | None) -> None:
    from queue_server.bootstrap.office_client import ask_office  # noqa: PLC0415 - loads the server

    given = ask_office(data, "POST", f"/admin/devices/{device}/code", http)
    until = datetime.fromisoformat(given["until"])
    click.echo(f"Code for {device}, once, until {until:%H:%M}: {given['code']}")
    click.echo(f"At the device: motcua enrol --server URL --code {given['code']} --into DIR")


def _say(written: list[Path]) -> None:
    for path in written:
        click.echo(str(path))
