"""The office's server as the machine runs it: by systemd, or by the two commands that are given."""

from __future__ import annotations

import shlex
import ssl
import subprocess
from dataclasses import dataclass

from queue_server.adapters.upgrade_data import ready
from queue_server.use_cases.upgrade import UpgradeFailed


@dataclass(frozen=True, slots=True)
class UpgradeService:
    """`stop_by` and `start_by` are command lines; `url` is where the server must answer."""

    stop_by: str
    start_by: str
    url: str
    trust: ssl.SSLContext | None
    within_s: float

    def stop(self) -> None:
        """Stop it.

        Raises:
            UpgradeFailed: it would not be stopped.
        """
        self._do(self.stop_by)

    def start(self) -> None:
        """Start it; whether it lives is asked by `answers`."""
        self._do(self.start_by)

    def answers(self) -> bool:
        """Whether it says within its time that it is ready."""
        return ready(self.url, self.trust, self.within_s)

    def _do(self, command: str) -> None:
        done = subprocess.run(shlex.split(command), check=False)  # noqa: S603 - the operator's own
        if done.returncode:
            raise UpgradeFailed(f"`{command}` ended with {done.returncode}")
