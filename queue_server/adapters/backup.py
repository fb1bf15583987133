"""Copies a data folder while the server runs, and puts a copy back when it does not.

A copy is a data folder itself, with `store/office.db`, `motcua.toml` and `catalogue/`: `verify`
reads it as it is. Credentials are never copied; whoever steals a backup cannot sign in with it.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from queue_server.adapters import office_sql as sql
from queue_server.adapters.sqlite_faults import connect, connect_to_read, faults_named
from queue_server.adapters.sqlite_history import verify_file
from queue_server.adapters.store_lock import StoreLock
from queue_server.domain.office import ZONE
from queue_server.use_cases.verify_store import Verdict

STORE = Path("store") / "office.db"
CONFIG = Path("motcua.toml")
CATALOGUE = Path("catalogue")
"""The versions of the catalogue that the office took over; the file that counts names one."""


class CopyRefused(Exception):  # noqa: N818 - a refusal
    """Nothing was copied or replaced; the message says why."""


@dataclass(frozen=True, slots=True)
class Copied:
    """What was written where; `aside` keeps what a restore replaced."""

    to: Path
    verdict: Verdict
    aside: Path | None = None


def backup(data: Path, to: Path) -> Copied:
    """Copy the store as of one moment, check the copy, and only then give it its name.

    Raises:
        CopyRefused: there is no store, `to` exists, or the copy is not sound.
        StoreUnavailable: the store cannot be read or the copy cannot be written.
    """
    if to.exists():
        raise CopyRefused(f"{to}: exists already; name a new folder")
    if not (data / STORE).exists():
        raise CopyRefused(f"{data}: there is no store here")
    partial = to.with_name(f".{to.name}.{os.getpid()}.partial")
    try:
        with faults_named():
            copy = partial / STORE
            copy.parent.mkdir(parents=True)
            with closing(connect_to_read(data / STORE)) as connection:
                connection.execute(sql.COPY_TO, (str(copy),))
            if (data / CONFIG).exists():
                shutil.copy2(data / CONFIG, partial / CONFIG)
            _copy_folder(data / CATALOGUE, partial / CATALOGUE)
            verdict = _sound(copy)
            for path in (copy, copy.parent, partial):
                to_disk(path)
            partial.rename(to)
            to_disk(to.parent)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return Copied(to, verdict)


def restore(source: Path, data: Path) -> Copied:
    """Put a backup in the place of the store and the configuration; both are kept aside.

    Raises:
        CopyRefused: the backup is not sound.
        StoreInUse: a server runs on `data`.
        StoreUnavailable: the backup cannot be read or the store cannot be written.
    """
    if not (source / STORE).exists():
        raise CopyRefused(f"{source}: there is no store here")
    with faults_named():
        verdict = _sound(source / STORE)
        lock = StoreLock(data / STORE)
        try:
            aside = _keep_aside(data)
            _replace(source / STORE, data / STORE)
            if (source / CONFIG).exists():
                _replace(source / CONFIG, data / CONFIG)
            if (source / CATALOGUE).is_dir():
                _replace_folder(source / CATALOGUE, data / CATALOGUE, aside)
        finally:
            lock.free()
    return Copied(data, verdict, aside)


def _sound(copy: Path) -> Verdict:
    verdict = verify_file(copy)
    if not verdict.ok:
        raise CopyRefused(f"{copy}: {verdict.fault}")
    return verdict


def _keep_aside(data: Path) -> Path | None:
    """Copy what will be replaced; the old log must be gone before another store stands beside."""
    store = data / STORE
    if not store.exists():
        return None
    with suppress(sqlite3.Error), closing(connect(store)) as connection:
        # A damaged store may refuse; then its log is kept as it is.
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    aside = store.parent / f"replaced-{datetime.now(ZONE):%Y%m%dT%H%M%S%f}"
    aside.mkdir()
    shutil.copy2(store, aside / store.name)
    if (data / CONFIG).exists():
        shutil.copy2(data / CONFIG, aside / CONFIG)
    for ending in ("-wal", "-shm"):
        rest = store.with_name(store.name + ending)
        if rest.exists():
            rest.rename(aside / rest.name)
    for path in (aside / store.name, aside, store.parent):
        to_disk(path)
    return aside


def _replace(source: Path, target: Path) -> None:
    fresh = target.with_name(target.name + ".new")
    shutil.copyfile(source, fresh)
    to_disk(fresh)
    fresh.replace(target)
    to_disk(target.parent)


def _copy_folder(source: Path, target: Path) -> None:
    """A folder of plain files, down to the disk; nothing where there is none."""
    if not source.is_dir():
        return
    shutil.copytree(source, target)
    for path in (*target.rglob("*"), target):
        to_disk(path)


def _replace_folder(source: Path, target: Path, aside: Path | None) -> None:
    fresh = target.with_name(target.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    _copy_folder(source, fresh)
    if target.exists():
        if aside is None:
            shutil.rmtree(target)
        else:
            target.rename(aside / target.name)
    fresh.rename(target)
    to_disk(target.parent)


def to_disk(path: Path) -> None:
    """A file, or the names in a folder, outlive a power cut from now on."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
