"""A new key for what citizens declared: the old ones open, the new one seals, all is sealed anew.

Order, so that a kill at any moment loses nothing: the old key is put aside on disk, the new one
takes its place, each sealed row is then changed by itself. Whoever begins again goes on.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from queue_server.adapters import office_sql as sql
from queue_server.adapters.aes_seal import AesSeal, key_id
from queue_server.adapters.key_files import KEY_BYTES, key_from, write_key
from queue_server.adapters.sqlite_faults import connect, faults_named
from queue_server.adapters.store_lock import StoreLock

KEYS = Path("keys")
RETIRED = KEYS / "retired"
SEALED = {
    "dossiers": (sql.ALL_PARTS, sql.PART, sql.RESEAL_PART),
    "contacts": (sql.ALL_CONTACTS, sql.CONTACT, sql.RESEAL),
}
"""Each key and the statements that list, read and replace what it seals, by its key columns.

The list gives key columns, then bytes; it is walked, never held: scanned pages are megabytes.
"""
AT_ONCE = 100
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class KeyState:
    """How one key stands: `old` of `sealed` rows wait for it, `retired` keys are still on disk."""

    name: str
    id: str
    sealed: int
    old: int
    retired: int


def seal_of(data: Path, name: str) -> AesSeal:
    """The seal of a purpose, with the keys that were before.

    Raises:
        KeyFileError: a key file cannot be used.
    """
    return AesSeal(
        key_from(data / KEYS / f"{name}.key"), [key_from(p) for p in _retired(data, name)]
    )


def state_of(data: Path, store: Path, name: str) -> KeyState:
    """What is sealed and by which key; the server may be running."""
    seal, key = seal_of(data, name), key_from(data / KEYS / f"{name}.key")
    with faults_named(), closing(connect(store)) as connection:
        newest = [seal.is_newest(row[-1]) for row in connection.execute(SEALED[name][0])]
    old = newest.count(False)
    return KeyState(name, key_id(key).hex(), len(newest), old, len(_retired(data, name)))


def rotate(data: Path, store: Path, name: str, told: Callable[[int, int], None]) -> KeyState:
    """Make a new key unless an earlier rotation is unfinished, and seal everything with it.

    `told` hears how many of how many rows are done. The server must not run.

    Raises:
        StoreInUse: it runs.
        KeyFileError, StoreUnavailable, CannotBeOpened: it stopped; again, it goes on from there.
    """
    with faults_named():
        lock = StoreLock(store)
    try:
        before = state_of(data, store, name)
        unfinished = before.old > 0 and before.retired > 0
        if not unfinished:
            _new_key(data, name)
        seal = seal_of(data, name)
        with faults_named(), closing(connect(store)) as connection:
            # Freed pages are overwritten: nothing sealed with the old key stays behind in them.
            connection.execute("PRAGMA secure_delete = ON")
            _reseal(connection, name, seal, told)
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        lock.free()
    return state_of(data, store, name)


def forget_retired(data: Path, store: Path, name: str) -> int:
    """Delete the keys that nothing in the store needs any more; how many.

    Raises:
        ValueError: something is still sealed with one of them.
    """
    if state_of(data, store, name).old:
        raise ValueError(f"{name}: something is still sealed with an old key; rotate first")
    gone = _retired(data, name)
    for path in gone:
        path.unlink()
    return len(gone)


def _reseal(
    connection: sqlite3.Connection, name: str, seal: AesSeal, told: Callable[[int, int], None]
) -> None:
    every, one, replace = SEALED[name]
    rows: list[Row] = [
        tuple(keys) for *keys, sealed in connection.execute(every) if not seal.is_newest(sealed)
    ]
    for start, batch in _batches(rows):
        connection.execute("BEGIN IMMEDIATE")
        for keys in batch:
            (sealed,) = connection.execute(one, keys).fetchone()
            anew = seal.close(seal.open(bytes(sealed), keys[0]), keys[0])
            connection.execute(replace, (anew, *keys, sealed))
        connection.execute("COMMIT")
        told(start + len(batch), len(rows))


def _batches(rows: list[Row]) -> Iterator[tuple[int, list[Row]]]:
    for start in range(0, len(rows), AT_ONCE):
        yield start, rows[start : start + AT_ONCE]


def _retired(data: Path, name: str) -> list[Path]:
    return sorted((data / RETIRED).glob(f"{name}-*.key"))


def _new_key(data: Path, name: str) -> None:
    """The old key aside first: twice on disk does no harm, not at all would lose everything."""
    path = data / KEYS / f"{name}.key"
    old = key_from(path)
    (data / RETIRED).mkdir(mode=0o700, parents=True, exist_ok=True)
    write_key(data / RETIRED / f"{name}-{key_id(old).hex()}.key", old)
    write_key(path, secrets.token_bytes(KEY_BYTES))
