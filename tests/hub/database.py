"""A real PostgreSQL of the Debian package on loopback, started and killed by tests."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psycopg
import pytest

from tests.hub.cluster import UP_WITHIN_S, free_ports, wait_for_port

NOBODY = "postgres"
"""PostgreSQL refuses to run as root; Debian's package makes this user."""


def programs() -> Path | None:
    """The folder of the newest installed PostgreSQL server."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    return found[-1].parent if found else None


class Postgres:
    """Initialised once, started on entry, killed on exit.

    Tests kill the process and not the machine, so only who measures needs it `durable`.
    """

    def __init__(self, *, durable: bool = False) -> None:
        self._durable = durable
        bin_folder = programs()
        if bin_folder is None:
            pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
        self._bin = bin_folder
        # Not below pytest's own folder, which nobody else may enter.
        self._folder = Path(tempfile.mkdtemp(prefix="motcua-pg-")) / "data"
        self._folder.parent.chmod(0o755)
        (self.port,) = free_ports(1)
        self._child: subprocess.Popen[bytes] | None = None
        self._numbers = iter(range(1000))

    def _as_nobody(self) -> dict[str, Any]:
        if os.getuid() != 0:
            return {}
        entry = pwd.getpwnam(NOBODY)
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}

    def _initialise(self) -> None:
        self._folder.mkdir(parents=True)
        if os.getuid() == 0:
            shutil.chown(self._folder, NOBODY, NOBODY)
        subprocess.run(
            [
                self._bin / "initdb",
                "-D",
                self._folder,
                "-A",
                "trust",
                "-U",
                "hub",
                "-E",
                "UTF8",
                "-N",
            ],
            check=True,
            capture_output=True,
            cwd="/",
            **self._as_nobody(),
        )

    def start(self) -> None:
        """Return when it listens; what was committed before is there."""
        if not self._folder.exists():
            self._initialise()
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": str(self.port),
            "unix_socket_directories": "",
            "max_connections": "50",
            "shared_buffers": "64MB",
            "fsync": "on" if self._durable else "off",
        }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        self._child = subprocess.Popen(
            [self._bin / "postgres", "-D", self._folder, *options],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            **self._as_nobody(),
        )
        wait_for_port(self.port, self._child)
        until = time.monotonic() + UP_WITHIN_S
        while True:
            try:
                psycopg.connect(self.dsn("postgres")).close()
            except psycopg.OperationalError:  # recovering: it listens before it answers
                assert time.monotonic() < until, "PostgreSQL does not answer"
                time.sleep(0.05)
            else:
                return

    def kill(self) -> None:
        """End at once, without a checkpoint: what counts is in the log on disk."""
        if self._child is not None:
            self._child.send_signal(signal.SIGQUIT)
            self._child.wait()
            self._child = None

    def new_database(self) -> str:
        """An empty database beside the others; its address."""
        name = f"hub{next(self._numbers)}"
        with psycopg.connect(self.dsn("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return self.dsn(name)

    def emptied(self, dsn: str) -> str:
        """The same database without a table, and without anybody from an earlier test in it."""
        with psycopg.connect(dsn, autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            connection.execute("DROP SCHEMA public CASCADE")
            connection.execute("CREATE SCHEMA public")
        return dsn

    def dsn(self, database: str) -> str:
        """The address of a database."""
        return f"postgresql://hub@127.0.0.1:{self.port}/{database}"

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.kill()
        shutil.rmtree(self._folder.parent, ignore_errors=True)
