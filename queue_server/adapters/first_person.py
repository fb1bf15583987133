"""The first administrator: `motcua init` leaves a hash, the server takes it into the store once."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path

from queue_server.adapters.argon2_passwords import Argon2Passwords

FIRST = Path("people") / "first.json"
SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Nothing that is read for another: no l, 1, o, 0, i."""


def write_first_person(folder: Path, name: str) -> str:
    """Make up a password of 78 random bits and keep its hash; the password, to be shown once."""
    password = "-".join("".join(secrets.choice(SIGNS) for _ in range(4)) for _ in range(4))
    path = folder / FIRST
    path.parent.mkdir(mode=0o700, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump({"name": name, "password": Argon2Passwords().hash(password)}, file)
    return password


def read_first_person(folder: Path) -> tuple[str, str] | None:
    """Name and hash; None where the server took them already."""
    path = folder / FIRST
    if not path.exists():
        return None
    body = json.loads(path.read_text(encoding="utf-8"))
    return str(body["name"]), str(body["password"])


def forget_first_person(folder: Path) -> None:
    """The store has them now."""
    (folder / FIRST).unlink()
