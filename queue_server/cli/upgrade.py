"""`motcua upgrade` and `motcua migrate`: a signed release without internet, and back by itself."""

from __future__ import annotations

import ssl
from datetime import datetime
from pathlib import Path

import click

from queue_server.cli.options import DATA
from queue_server.contracts.config_file import ConfigError

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("archive", metavar="ARCHIVE", type=FILE)
@DATA
@click.option(
    "--key",
    metavar="FILE",
    type=FILE,
    default=Path("/etc/motcua/release.pub"),
    show_default=True,
    help="The public key of whoever makes releases, brought by another way than the archive.",
)
@click.option(
    "--programs",
    metavar="LINK",
    type=click.Path(path_type=Path),
    default=Path("/opt/motcua"),
    show_default=True,
    help="The link to the program that counts; releases stand beside it in LINK.releases.",
)
@click.option("--stop", default="systemctl stop motcua-server", show_default=True)
@click.option("--start", default="systemctl start --no-block motcua-server", show_default=True)
@click.option("--within", default=120.0, show_default=True, help="Seconds to answer in.")
def upgrade(  # noqa: PLR0913, PLR0917 - one command with its options
    archive: Path, data: Path, key: Path, programs: Path, stop: str, start: str, within: float
) -> None:
    """Change over to the release ARCHIVE, signed by ARCHIVE.minisig; the office closes for seconds.

    It is tried on a copy of the office first. Whatever fails, the old program and every number
    stay; after a power cut the server puts things right at its next start.
    """
    from queue_server.adapters import minisign  # noqa: PLC0415 - slow library
    from queue_server.adapters.program_slots import ProgramSlots  # noqa: PLC0415 - the same
    from queue_server.adapters.upgrade_data import UpgradeData  # noqa: PLC0415 - the same
    from queue_server.adapters.upgrade_journal import (  # noqa: PLC0415 - the same
        UPGRADES,
        UpgradeJournal,
    )
    from queue_server.adapters.upgrade_service import UpgradeService  # noqa: PLC0415 - the same
    from queue_server.use_cases.upgrade import Upgrade  # noqa: PLC0415 - only here

    signature = archive.with_name(f"{archive.name}.minisig")
    for needed in (archive, signature, key):
        if not needed.is_file():
            raise ConfigError(f"{needed}: there is no such file")
    slots = ProgramSlots(programs)
    before = Path(slots.current()).name
    url, trust = _address(data)
    public = minisign.read_public(key.read_text(encoding="utf-8"))
    click.echo(f"Checking and installing {archive.name} beside {before} …")
    release = slots.bring(archive, signature, public)
    after = str(slots.slot(release))
    if after == slots.current():
        raise ConfigError(f"{release.version} is the release that runs already")
    backup = data / UPGRADES / f"{datetime.now():%Y%m%dT%H%M%S}-from-{before}"  # noqa: DTZ005 - a name
    click.echo("Rehearsing on a copy of the office, then changing over …")
    service = UpgradeService(stop, start, url, trust, within)
    Upgrade(slots, service, UpgradeData(data), UpgradeJournal(data)).run(
        str(programs), after, str(backup)
    )
    click.echo(f"{before} → {release.version}. The office as it was before: {backup}")


def _address(data: Path) -> tuple[str, ssl.SSLContext | None]:
    """Where the office's server answers, seen from this machine."""
    from queue_server.bootstrap.office_client import own_address  # noqa: PLC0415 - loads the server
    from queue_server.bootstrap.settings import settle  # noqa: PLC0415 - the same

    return own_address(settle(data, None, None))


@click.command()
@click.option("--data", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option("--to", "step", metavar="STEP", help="Back to the tables of an older program.")
@click.option("--newest", is_flag=True, help="Only say which step this program needs.")
def migrate(data: Path | None, step: str | None, *, newest: bool) -> None:
    """Bring the tables of the office in DIR up to this program, or back; the server is stopped."""
    from queue_server.adapters import migrate as steps  # noqa: PLC0415 - slow library
    from queue_server.adapters.backup import STORE  # noqa: PLC0415 - the same
    from queue_server.adapters.store_lock import StoreLock  # noqa: PLC0415 - the same

    if newest:
        click.echo(steps.newest_revision())
        return
    if data is None or not (data / STORE).exists():
        raise ConfigError(f"{data or '--data'}: there is no store here")
    lock = StoreLock(data / STORE)
    try:
        if step is None:
            steps.upgrade(data / STORE)
        else:
            steps.downgrade(data / STORE, step)
    finally:
        lock.free()
    click.echo(f"{data / STORE}: step {steps.revision_of(data / STORE)}")
