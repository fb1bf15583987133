"""Password and topic lists of the device registry in the form that mosquitto reads."""

from __future__ import annotations

import base64
import hashlib
import os
import secrets
from collections.abc import Sequence
from pathlib import Path

from queue_server.adapters.topic_rights import Account

ITERATIONS = 101  # mosquitto's own default; the secrets are random, so more would only cost time
SALT_BYTES = 12
SHIPPED = Path(__file__).parents[2] / "firmware_configs" / "mosquitto" / "motcua.conf"


def write_mosquitto_files(directory: Path, accounts: Sequence[Account], *, port: int) -> Path:
    """Write `motcua.conf`, `passwords` and `topics.acl`, all mode 0600; the first one's path.

    Raises:
        OSError: they cannot be written.
    """
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    directory = directory.resolve()
    text = SHIPPED.read_text(encoding="utf-8")
    text = text.replace("@PORT@", str(port)).replace("@DIR@", str(directory))
    _write_private(directory / "passwords", "".join(map(_password_line, accounts)))
    _write_private(directory / "topics.acl", "\n".join(map(_acl_block, accounts)))
    _write_private(directory / "motcua.conf", text)
    return directory / "motcua.conf"


def _password_line(account: Account) -> str:
    salt = secrets.token_bytes(SALT_BYTES)
    digest = hashlib.pbkdf2_hmac("sha512", account.secret.encode(), salt, ITERATIONS)
    parts = (base64.b64encode(part).decode() for part in (salt, digest))
    return f"{account.id}:$7${ITERATIONS}${'$'.join(parts)}\n"


def _acl_block(account: Account) -> str:
    lines = [f"user {account.id}"]
    lines += [f"topic write {topic}" for topic in account.publish]
    lines += [f"topic read {topic}" for topic in account.subscribe]
    return "\n".join(lines) + "\n"


def _write_private(path: Path, text: str) -> None:
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
