"""Keys as files outside the store: whoever steals a database or a backup has no key with it."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

KEY_BYTES = 32
PRIVATE = 0o600


class KeyFileError(Exception):
    """A key file that cannot be used; the message names the file and the cure."""


def key_from(path: Path) -> bytes:
    """The key of a file; a new one is made where there is none, readable by its owner only.

    Raises:
        KeyFileError: it cannot be read or made, others can read it, or it is not a key.
    """
    try:
        if not path.exists():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_key(path, secrets.token_bytes(KEY_BYTES))
        if path.stat().st_mode & 0o077:
            raise KeyFileError(f"{path}: others can read this key; run: chmod 600 {path}")
        key = bytes.fromhex(path.read_text(encoding="ascii"))
    except OSError as error:
        raise KeyFileError(f"{path}: cannot be used: {error.strerror}") from None
    except ValueError:
        raise KeyFileError(f"{path}: not a key of {KEY_BYTES} bytes in hex; restore it") from None
    if len(key) != KEY_BYTES:
        raise KeyFileError(f"{path}: not a key of {KEY_BYTES} bytes in hex; restore it")
    return key


def write_key(path: Path, key: bytes) -> None:
    """Keep a key for good: whole or not at all, also when the power goes while it is written.

    Raises:
        OSError: it cannot be kept.
    """
    half = path.with_suffix(".half")
    half.unlink(missing_ok=True)
    handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(key.hex() + "\n")
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
