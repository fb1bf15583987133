"""Password and topic lists of the device registry in the form that mosquitto reads."""

from __future__ import annotations

import base64
import hashlib
import os
import secrets
import signal
from collections.abc import Sequence
from pathlib import Path

from queue_server.adapters.topic_rights import Account

ITERATIONS = 101  # mosquitto's own default; the secrets are random, so more would only cost time
SALT_BYTES = 12
SHIPPED = Path(__file__).parents[2] / "firmware_configs" / "mosquitto"
PROGRAM = "mosquitto"


def write_mosquitto_files(
    directory: Path, accounts: Sequence[Account], *, port: int, office: Path | None = None
) -> Path:
    """Write `motcua.conf`, `passwords` and `topics.acl`, all mode 0600; the first one's path.

    With `office`, a folder that has its own authority in `tls/`, it speaks TLS on every address
    and knows devices by their certificates; without, passwords on loopback.

    Raises:
        OSError: they cannot be written.
    """
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    directory = directory.resolve()
    text = (SHIPPED / "motcua.conf").read_text(encoding="utf-8")
    listener = SHIPPED / ("loopback.conf" if office is None else "tls.conf")
    text = text.replace("@LISTENER@\n", listener.read_text(encoding="utf-8"))
    text = text.replace("@PORT@", str(port)).replace("@DIR@", str(directory))
    text = text.replace("@OFFICE@", str(office.resolve() if office else ""))
    write_lists(directory, accounts)
    _write_private(directory / "motcua.conf", text)
    return directory / "motcua.conf"


def write_lists(directory: Path, accounts: Sequence[Account]) -> None:
    """Write only who may enter and what each may say and hear.

    Raises:
        OSError: they cannot be written.
    """
    _write_private(directory / "passwords", "".join(map(_password_line, accounts)))
    _write_private(directory / "topics.acl", "\n".join(map(_acl_block, accounts)))


def tell_mosquitto(directory: Path) -> bool:
    """Have the mosquitto of these files read lists and certificates anew; whether there is one.

    Raises:
        OSError: it runs as another user.
    """
    try:
        number = int((directory / "mosquitto.pid").read_text(encoding="ascii"))
        name = Path(f"/proc/{number}/comm").read_text(encoding="utf-8").strip()
    except (FileNotFoundError, ValueError):
        return False
    # After a crash the number may be another program's, which a hang-up would end.
    if name != PROGRAM:
        return False
    os.kill(number, signal.SIGHUP)
    return True


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
    """Wholly or not at all: mosquitto may read it at any moment."""
    beside = path.with_name(f".{path.name}.new")
    beside.unlink(missing_ok=True)
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    beside.replace(path)
