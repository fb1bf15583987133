"""What a relay keeps in its office's folder: how far it has come, and the key of its pseudonyms."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from dataclasses import asdict
from pathlib import Path

from queue_server.adapters.learned_file import write_whole
from queue_server.hub.use_cases.ports import Confirmed
from queue_server.use_cases.ports import StoreUnavailable

FOLDER = Path("hub")
MARK = "confirmed.json"
KEY = Path("keys") / "hub.key"
MACHINE_ID = Path("/etc/machine-id")
KEY_BYTES = 32
MARK_DIGITS, NAME_DIGITS, MACHINE_DIGITS = 32, 22, 16


class MarkFile:
    """Written whole or not at all; a torn one means from the beginning: harmless repeats."""

    def __init__(self, data: Path) -> None:
        self._path = data / FOLDER / MARK

    def read(self) -> Confirmed:
        """How far the stream had confirmed."""
        try:
            return Confirmed(**json.loads(self._path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return Confirmed()

    def keep(self, confirmed: Confirmed) -> None:
        """Keep it durably.

        Raises:
            StoreUnavailable: the folder takes no file.
        """
        try:
            write_whole(self._path, json.dumps(asdict(confirmed)) + "\n")
        except OSError as error:
            raise StoreUnavailable(f"{self._path}: {error.strerror}") from None


class KeyedNames:
    """HMAC-SHA256 under a key of this office alone, cut to what is needed."""

    def __init__(self, key: bytes, machine: str) -> None:
        self._key = key
        self._machine = self._digest("machine", machine.encode())[:MACHINE_DIGITS]

    def mark(self, chain_hash: bytes) -> str:
        """What stands for a hash of the chain; 128 bits."""
        return self._digest("mark", chain_hash)[:MARK_DIGITS]

    def pseudonym(self, kind: str, name: str) -> str:
        """What stands for an id; 88 bits, far more than an office has ids."""
        return self._digest(kind, name.encode())[:NAME_DIGITS]

    def machine(self) -> str:
        """What stands for this machine."""
        return self._machine

    def _digest(self, kind: str, said: bytes) -> str:
        return hmac.digest(self._key, kind.encode() + b"\0" + said, hashlib.sha256).hex()


def keyed_names(data: Path, machine: str | None = None) -> KeyedNames:
    """The keyed names of an office; its key is made at the first time and goes into backups.

    Raises:
        StoreUnavailable: the key cannot be read or made.
    """
    path = data / KEY
    try:
        if not path.exists():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(secrets.token_hex(KEY_BYTES))
                file.flush()
                os.fsync(file.fileno())
        key = bytes.fromhex(path.read_text(encoding="ascii"))
        if len(key) != KEY_BYTES:
            raise StoreUnavailable(f"{path}: not a key that motcua made; restore it from a backup")
        name = machine or MACHINE_ID.read_text(encoding="ascii").strip()
    except (OSError, ValueError) as error:
        raise StoreUnavailable(f"{path}: {error}") from None
    return KeyedNames(key, name)
