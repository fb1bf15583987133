"""`motcua verify`, `motcua backup`, `motcua restore`: what an operator does with the store."""

from __future__ import annotations

import json
from pathlib import Path

import click

from queue_server.adapters import backup as copies
from queue_server.adapters.sqlite_history import verify_file
from queue_server.cli.faults import FAILED
from queue_server.contracts.config_file import ConfigError
from queue_server.use_cases.verify_store import Verdict

FOLDER = click.Path(path_type=Path, file_okay=False)


def _line(verdict: Verdict, **more: object) -> str:
    body = {
        "ok": verdict.ok,
        "events": verdict.events,
        "days": verdict.days,
        "tickets": verdict.tickets,
        "head": verdict.head,
        "fault": verdict.fault,
    }
    return json.dumps(body | more, ensure_ascii=False)


@click.command()
@click.argument("folder", metavar="DIR", type=FOLDER)
def verify(folder: Path) -> int:
    """Replay every event of DIR against its tables and check the hash chain; one JSON line."""
    store = folder / copies.STORE
    if not store.exists():
        raise ConfigError(f"{folder}: there is no store here")
    verdict = verify_file(store)
    click.echo(_line(verdict))
    return 0 if verdict.ok else FAILED


@click.command()
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.argument("to", metavar="TO", type=FOLDER)
def backup(folder: Path, to: Path) -> None:
    """Copy the office of DIR to the new folder TO while it runs; credentials are not copied."""
    copied = copies.backup(folder, to)
    click.echo(_line(copied.verdict, to=str(copied.to)))


@click.command()
@click.argument("source", metavar="FROM", type=FOLDER)
@click.argument("folder", metavar="DIR", type=FOLDER)
def restore(source: Path, folder: Path) -> None:
    """Put the backup FROM in the place of the office in DIR; what was there is kept aside."""
    copied = copies.restore(source, folder)
    aside = str(copied.aside) if copied.aside is not None else None
    click.echo(_line(copied.verdict, to=str(copied.to), aside=aside))
