"""A new key for the hashes of identity numbers: each is hashed once more, none is lost.

Order, so that a kill at any moment loses nothing: the old key is put aside on disk, the new one
takes its place, then the rows follow. A hash says how many keys are in it, so whoever begins again
goes on: the next rotation, or the next start of the server.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from queue_server.adapters import office_sql as sql
from queue_server.adapters.aes_seal import key_id
from queue_server.adapters.key_files import KEY_BYTES, key_from, write_key
from queue_server.adapters.key_rotation import AT_ONCE, KEYS, KeyState
from queue_server.adapters.keyed_hash import KeyedHash
from queue_server.adapters.sqlite_faults import connect, faults_named
from queue_server.adapters.store_lock import StoreLock

CARDS = "cards"
HASHED = (
    (sql.ALL_CARDS, sql.REHASH_CARD),
    (sql.ALL_TICKET_CARDS, sql.REHASH_TICKET_CARD),
    (sql.ALL_DOSSIER_PERSONS, sql.REHASH_DOSSIER_PERSON),
)
"""The statements that list and replace hashes: appointments, tickets of the day, dossiers."""
Told = Callable[[int, int], None]


def hash_of(data: Path) -> KeyedHash:
    """What hashes identity numbers here, with every key that there ever was.

    Raises:
        KeyFileError: a key file cannot be used.
    """
    return KeyedHash(*_keys(data))


def state_of_hashes(data: Path, store: Path) -> KeyState:
    """How many hashes there are, and how many lack the newest key; the server may be running."""
    cards = hash_of(data)
    with faults_named(), closing(connect(store)) as connection:
        newest = [cards.is_newest(kept) for _, _, kept in _rows(connection)]
    keys = _keys(data)
    return KeyState(CARDS, key_id(keys[-1]).hex(), len(newest), newest.count(False), len(keys) - 1)


def rotate_hashes(data: Path, store: Path, told: Told) -> KeyState:
    """Make a new key unless an earlier rotation is unfinished, and hash everything once more.

    `told` hears how many of how many rows are done. The server must not run.

    Raises:
        StoreInUse: it runs.
        KeyFileError, StoreUnavailable: it stopped; again, it goes on from there.
    """
    with faults_named():
        lock = StoreLock(store)
    try:
        if not state_of_hashes(data, store).old:
            _new_key(data)
        _follow(data, store, told)
    finally:
        lock.free()
    return state_of_hashes(data, store)


def finish_hashes(data: Path, store: Path) -> None:
    """Let the rows follow a change of keys that was stopped; nothing to do is done at once.

    Raises:
        KeyFileError, StoreUnavailable: they cannot.
    """
    if store.exists() and any(_earlier(data)) and state_of_hashes(data, store).old:
        _follow(data, store, lambda *_: None)


def _follow(data: Path, store: Path, told: Told) -> None:
    cards = hash_of(data)
    with faults_named(), closing(connect(store)) as connection:
        # Freed pages are overwritten: no hash of the old key alone stays behind in them.
        connection.execute("PRAGMA secure_delete = ON")
        rows = [row for row in _rows(connection) if not cards.is_newest(row[2])]
        for start in range(0, len(rows), AT_ONCE):
            connection.execute("BEGIN IMMEDIATE")
            for replace, name, kept in rows[start : start + AT_ONCE]:
                connection.execute(replace, (cards.again(kept), name, kept))
            connection.execute("COMMIT")
            told(min(start + AT_ONCE, len(rows)), len(rows))
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _rows(connection: sqlite3.Connection) -> Iterator[tuple[str, str, str]]:
    """Each hash: the statement that replaces it, whose it is, and itself."""
    for every, replace in HASHED:
        for name, kept in connection.execute(every):
            yield replace, name, kept


def _earlier(data: Path) -> list[Path]:
    return sorted((data / KEYS).glob(f"{CARDS}-*.key"))


def _keys(data: Path) -> list[bytes]:
    """The oldest first; one that was put aside while its successor is not there yet counts once."""
    newest = key_from(data / KEYS / f"{CARDS}.key")
    return [*(key for path in _earlier(data) if (key := key_from(path)) != newest), newest]


def _new_key(data: Path) -> None:
    """The old key aside first: twice on disk does no harm, not at all would lose everything."""
    keys = _keys(data)
    write_key(data / KEYS / f"{CARDS}-{len(keys):03d}.key", keys[-1])
    write_key(data / KEYS / f"{CARDS}.key", secrets.token_bytes(KEY_BYTES))
