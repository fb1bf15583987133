"""`motcua verify`, `motcua backup`, `motcua restore`: what an operator does with the store."""

from __future__ import annotations

import json
import re
from datetime import datetime
from functools import partial
from pathlib import Path

import click

from queue_server.adapters import backup as copies
from queue_server.adapters.daily_backups import add_copy
from queue_server.adapters.sqlite_history import verify_file
from queue_server.cli.faults import FAILED
from queue_server.contracts.config_file import ConfigError
from queue_server.domain.office import ZONE
from queue_server.use_cases.anchors import Anchor
from queue_server.use_cases.verify_store import Verdict

KEY = re.compile(r"[0-9a-fA-F]{64}")
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
@click.option(
    "--anchors",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Signed heads from the second place; without it those in DIR/anchors.",
)
@click.option("--key", metavar="HEX", help="The public key they are checked with, from elsewhere.")
def verify(folder: Path, anchors: Path | None, key: str | None) -> int:
    """Replay every event of DIR against its tables, check hash chain and signed heads.

    One JSON line. Who can write DIR can write DIR/anchors and its key too: for proof against them
    give both from the second place.
    """
    store = folder / copies.STORE
    if not store.exists():
        raise ConfigError(f"{folder}: there is no store here")
    signed = _signed(folder, anchors, key)
    verdict = verify_file(store, signed)
    click.echo(_line(verdict, anchors=len(signed)))
    return 0 if verdict.ok else FAILED


def _signed(folder: Path, anchors: Path | None, key: str | None) -> list[Anchor]:
    """The signed heads to compare with; none where an office has not lived through a night."""
    from queue_server.adapters.anchor_file import (  # noqa: PLC0415 - a slow library
        LINES,
        PUBLIC,
        read_anchors,
    )

    path = anchors or folder / LINES
    if key is not None and not KEY.fullmatch(key.strip()):
        raise ConfigError("--key: 64 signs of 0-9 and a-f, as the audit page shows them")
    if anchors is None and not path.exists():
        return []
    if not path.exists():
        raise ConfigError(f"{path}: there is no such file")
    try:
        public = key or path.with_name(PUBLIC.name).read_text(encoding="ascii")
    except OSError as error:
        raise ConfigError(f"{error.filename}: {error.strerror}; give it as --key") from None
    return read_anchors(path, public)


@click.command()
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.argument("to", metavar="TO", type=click.Path(path_type=Path))
@click.option("--seal", metavar="KEY", help="Seal it for this public key of age; TO is a file.")
@click.option(
    "--keep",
    metavar="N",
    type=click.IntRange(min=1),
    help="TO is a folder of copies: add one, named by its minute, and keep the newest N.",
)
def backup(folder: Path, to: Path, seal: str | None, keep: int | None) -> None:
    """Copy the office of DIR to the new folder TO while it runs; credentials are not copied.

    With --seal the copy is one encrypted file that only the other half of KEY opens, and holds the
    office's own keys too: with it, everything can be read again on another machine.
    """
    copy = partial(copies.backup, folder)
    if seal is not None:
        from queue_server.adapters.sealed_backup import (  # noqa: PLC0415 - only who seals
            sealed_backup,
        )

        copy = partial(sealed_backup, folder, recipient=seal)
    if keep is None:
        copied = copy(to)
    else:
        now = datetime.now(ZONE)
        copied = add_copy(to, keep, now, copy, sealed=seal is not None)
    click.echo(_line(copied.verdict, to=str(copied.to)))


@click.command()
@click.argument("source", metavar="FROM", type=click.Path(path_type=Path))
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.option(
    "--identity",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The key that opens a sealed FROM, made by `motcua keys backup`.",
)
def restore(source: Path, folder: Path, identity: Path | None) -> None:
    """Put the backup FROM in the place of the office in DIR; what was there is kept aside."""
    if source.is_file() and identity is None:
        raise ConfigError(f"{source}: it is sealed; give the key that opens it as --identity")
    if identity is None:
        copied = copies.restore(source, folder)
    else:
        from queue_server.adapters.sealed_backup import (  # noqa: PLC0415 - only who opens
            restore_sealed,
        )

        copied = restore_sealed(source, folder, identity)
    aside = str(copied.aside) if copied.aside is not None else None
    click.echo(_line(copied.verdict, to=str(copied.to), aside=aside))
