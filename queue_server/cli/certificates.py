"""`motcua certificates`: the office's own root, and the server's certificate made anew."""

from __future__ import annotations

from pathlib import Path

import click

from queue_server.adapters.credential_files import read_credentials
from queue_server.adapters.device_certificates import issue_missing
from queue_server.adapters.local_ca import CA, fingerprint, here, issue_server
from queue_server.cli.options import DATA, host_names, office_file


@click.command()
@DATA
@click.option(
    "--name",
    "names",
    multiple=True,
    callback=host_names,
    metavar="HOST",
    help="A name or address by which devices reach this server; may be given several times.",
)
def certificates(data: Path, names: tuple[str, ...]) -> None:
    """Make a new key and certificate for the server of the office in DIR.

    Its root is made the first time and stays. Set `tls = true` under [server] in motcua.toml,
    start the server again, and give devices and browsers the root.
    """
    office_file(data)
    until = issue_server(data, [*here(), *names])
    new = issue_missing(data, _who(data))
    click.echo(f"Certificate for {', '.join([*here(), *names])}, until {until:%Y-%m-%d}.")
    if new:
        click.echo(f"Certificates beside their credentials for {', '.join(new)}.")
    click.echo(f"Root for devices and browsers: {data / CA}, SHA-256 {fingerprint(data)}")


def _who(data: Path) -> list[str]:
    """Everybody who has a credential, and so comes to the broker."""
    return [one.id for one in read_credentials(data / "credentials")]
