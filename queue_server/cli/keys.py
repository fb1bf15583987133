"""`motcua keys`: which keys seal what citizens declared, and new ones in their place."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import partial
from pathlib import Path

import click
from rich.progress import Progress, TaskID

from queue_server.adapters.backup import STORE
from queue_server.adapters.hash_rotation import CARDS, rotate_hashes, state_of_hashes
from queue_server.adapters.key_rotation import SEALED, forget_retired, rotate, state_of
from queue_server.cli.options import DATA
from queue_server.contracts.config_file import ConfigError
from queue_server.use_cases.home_visit_desk import CannotBeOpened


@click.group()
def keys() -> None:
    """Keys of the encryption; they are files outside the store and outside every backup."""


@keys.command()
@DATA
def status(data: Path) -> None:
    """Say for each key how much it seals, and what an older key still seals; a JSON line each."""
    store = _store(data)
    for state in (*(state_of(data, store, name) for name in SEALED), state_of_hashes(data, store)):
        click.echo(json.dumps(asdict(state)))


@keys.command(name="rotate")
@DATA
def rotate_(data: Path) -> None:
    """Make new keys and seal and hash everything anew; stopped half-way, the next call goes on.

    Stop the server first. Old keys of what is sealed stay in keys/retired for backups made before;
    those of the hashes stay beside the new one, which is of no use without them.
    """
    store = _store(data)
    for name in (*SEALED, CARDS):
        with Progress(transient=True) as progress:
            told = partial(_show, progress, progress.add_task(name, total=None))
            try:
                made = (
                    rotate_hashes(data, store, told)
                    if name == CARDS
                    else rotate(data, store, name, told)
                )
            except CannotBeOpened as lost:
                raise ConfigError(f"{lost}: put its key into {data / 'keys' / 'retired'}") from None
        click.echo(json.dumps(asdict(made)))


@keys.command(name="backup")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False))
def backup_(file: Path) -> None:
    """Make the key that opens sealed backups; keep FILE away from the office's machine."""
    from queue_server.adapters.sealed_backup import new_identity  # noqa: PLC0415 - only here

    click.echo(f"Seal backups with: motcua backup DIR TO --seal {new_identity(file)}")


@keys.command()
@DATA
def forget(data: Path) -> None:
    """Delete old keys; backups sealed with them can then never be read again."""
    store = _store(data)
    for name in SEALED:
        try:
            count = forget_retired(data, store, name)
        except ValueError as still:
            raise ConfigError(str(still)) from None
        click.echo(f"{name}: {count} old keys deleted")


def _show(progress: Progress, task: TaskID, done: int, of: int) -> None:
    progress.update(task, completed=done, total=of)


def _store(data: Path) -> Path:
    if not (data / STORE).exists():
        raise ConfigError(f"{data}: there is no store here")
    return data / STORE
