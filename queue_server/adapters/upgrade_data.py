"""The office's data in the hands of old and new programs: each is a child process of its own.

Children run as the owner of the office's folder, also where root upgrades: no program of a release
ever runs as root, and no file of the office changes its owner.
"""

from __future__ import annotations

import json
import os
import shutil
import ssl
import subprocess
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import tomlkit

from queue_server.adapters.sqlite_reader import SqliteReader
from queue_server.adapters.upgrade_journal import UPGRADES
from queue_server.use_cases.upgrade import SelfTestFailed

STARTS_WITHIN_S = 120.0
STOPS_WITHIN_S = 60.0
READY_EVERY_S = 0.1
SECRETS = ("credentials", "keys", "tls")
OUTSIDE = (("audit",), ("map",), ("sign_on",), ("server", "mosquitto"))
"""What a rehearsal must not reach: the second place, neighbours, the city, the real broker."""


class UpgradeData:
    """One office's folder; programs are named by the folder of their slot."""

    def __init__(self, data: Path) -> None:
        self._data = data

    def rehearse(self, before: str, after: str) -> None:
        """Run the new program on a copy that the old one made; it is wiped afterwards.

        Raises:
            SelfTestFailed: it does not start, gives no number, or the copy is not sound then.
        """
        copy = self._data / UPGRADES / "rehearsal"
        self._as_owner("mkdir", "-p", "-m", "700", str(copy.parent))
        shutil.rmtree(copy, ignore_errors=True)
        try:
            self._motcua(before, "backup", str(self._data), str(copy))
            for name in SECRETS:
                if (self._data / name).is_dir():
                    self._as_owner("cp", "-a", str(self._data / name), str(copy / name))
            _cut_off(copy / "motcua.toml")
            with self._serving(after, copy) as (url, trust):
                _take_a_number(copy, url, trust)
            self._motcua(after, "verify", str(copy))
        finally:
            shutil.rmtree(copy, ignore_errors=True)

    def backup(self, program: str, to: str) -> int:
        """Copy the office and check the copy; the number of its newest event."""
        shutil.rmtree(to, ignore_errors=True)
        said = self._motcua(program, "backup", str(self._data), to)
        return int(json.loads(said)["events"])

    def restore(self, program: str, backup: str) -> None:
        """Put the copy in the place of the office's data."""
        self._motcua(program, "restore", backup, str(self._data))

    def bring_up(self, program: str) -> None:
        """Bring the tables up to this program and check everything in them."""
        self._motcua(program, "migrate", "--data", str(self._data))
        self._motcua(program, "verify", str(self._data))

    def newest(self) -> int:
        """The number of the newest event, whatever program wrote it."""
        return SqliteReader(self._data / "store" / "office.db").newest()

    def take_back(self, program: str, to: str) -> None:
        """Take the tables back to those of the older program and let that one check them."""
        step = self._motcua(to, "migrate", "--newest").strip()
        self._motcua(program, "migrate", "--data", str(self._data), "--to", step)
        self._motcua(to, "verify", str(self._data))

    @contextmanager
    def _serving(self, program: str, folder: Path) -> Iterator[tuple[str, ssl.SSLContext | None]]:
        """A server of this program on loopback, where nobody looks for it."""
        command = [_tool(program), "server", "--data", str(folder), "--http", "127.0.0.1:0"]
        child = subprocess.Popen(  # noqa: S603 - our own words and paths
            [*command, "--mqtt", "embedded"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            **self._owner(),
        )
        try:
            line = child.stdout.readline() if child.stdout else ""
            if not line.startswith("motcua server: "):
                raise SelfTestFailed("its server did not start with a copy of the office")
            url = line.split()[2]
            trust = None
            if url.startswith("https"):
                trust = ssl.create_default_context(cafile=str(folder / "tls" / "ca.pem"))
            if not ready(url, trust, STARTS_WITHIN_S):
                raise SelfTestFailed("its server was not ready in time")
            yield url, trust
        finally:
            child.terminate()
            child.wait(STOPS_WITHIN_S)

    def _motcua(self, program: str, *words: str) -> str:
        done = self._as_owner(_tool(program), *words)
        if done.returncode:
            said = (done.stderr or done.stdout).strip().splitlines()[-1:]
            raise SelfTestFailed(f"motcua {words[0]}: {' '.join(said)}")
        return done.stdout

    def _as_owner(self, *command: str) -> subprocess.CompletedProcess[str]:
        try:
            return subprocess.run(  # noqa: S603 - our own words and paths
                command, capture_output=True, text=True, check=False, **self._owner()
            )
        except OSError as error:
            raise SelfTestFailed(f"{command[0]}: {error.strerror}") from None

    def _owner(self) -> dict[str, Any]:
        """Run as whom the folder belongs to, where we may choose."""
        if os.geteuid():
            return {}
        owner = self._data.stat()
        return {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": []}


def ready(url: str, trust: ssl.SSLContext | None, within_s: float) -> bool:
    """Whether a server says within the time that it is ready."""
    until = time.monotonic() + within_s
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"{url}/readyz", timeout=10, context=trust) as answer:  # noqa: S310 - our own server
                if answer.status == 200:  # noqa: PLR2004 - HTTP
                    return True
        except OSError:
            pass
        time.sleep(READY_EVERY_S)
    return False


def _tool(program: str) -> str:
    return str(Path(program) / "bin" / "motcua")


def _cut_off(toml: Path) -> None:
    file = tomlkit.parse(toml.read_text(encoding="utf-8"))
    for *sections, last in OUTSIDE:
        part: Any = file
        for name in sections:
            part = part.get(name, {})
        part.pop(last, None)
    toml.write_text(tomlkit.dumps(file), encoding="utf-8")


def _take_a_number(folder: Path, url: str, trust: ssl.SSLContext | None) -> None:
    """As a citizen would, with the administrator's credential; a closed office may refuse."""
    secret = json.loads((folder / "credentials" / "admin.json").read_text("utf-8"))["secret"]
    file = tomlkit.parse((folder / "motcua.toml").read_text(encoding="utf-8")).unwrap()
    body = json.dumps({"service": file["services"][0]["id"]}).encode()
    headers = {
        "Authorization": f"Bearer {secret}",
        "Content-Type": "application/json",
        "Idempotency-Key": f"rehearsal {uuid.uuid4().hex}",
    }
    ask = urllib.request.Request(f"{url}/api/v1/tickets", body, headers)  # noqa: S310 - as above
    try:
        urllib.request.urlopen(ask, timeout=30, context=trust).close()  # noqa: S310 - as above
    except urllib.error.HTTPError as refusal:
        if json.load(refusal).get("code") not in {"office_closed", "numbers_exhausted"}:
            raise SelfTestFailed(f"its server gave no number ({refusal.code})") from None
    except OSError as error:
        raise SelfTestFailed(f"its server gave no number: {error}") from None
