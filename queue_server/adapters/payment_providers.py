"""Who tells that fees came: statements that somebody imports, or a bank that is only pretended."""

from __future__ import annotations

import csv
import os
from collections.abc import Sequence
from pathlib import Path
from threading import Lock

from queue_server.config.payment_sheets import COLUMNS, Settlement, read_statement
from queue_server.domain.vietqr import Account
from queue_server.use_cases.ports import Clock


class StatementsOnly:
    """A real account: what came stands in the bank's statements and nowhere else."""

    simulated = False

    def __init__(self, account: Account) -> None:
        self.account = account

    def settlements(self) -> Sequence[Settlement]:
        """Nobody tells at once."""
        return ()


class SimulatedBank:
    """A bank for demonstrations, training and tests; its ledger is a file of its own.

    Like a real bank it forgets nothing when the office is killed, and tells the office again.
    """

    simulated = True

    def __init__(self, account: Account, ledger: Path, clock: Clock) -> None:
        self.account = account
        self._ledger = ledger
        self._clock = clock
        self._lock = Lock()

    def pay(self, content: str, amount_vnd: int) -> str:
        """Somebody transfers money; the number of the transfer.

        Raises:
            OSError: the ledger takes nothing.
        """
        with self._lock:
            number = f"SIM{len(self._lines()) + 1:08d}"
            new = not self._ledger.exists()
            self._ledger.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with self._ledger.open("a", encoding="utf-8", newline="") as file:
                writer = csv.writer(file, lineterminator="\n")
                if new:
                    writer.writerow(COLUMNS)
                writer.writerow((number, self._clock.now().isoformat(), amount_vnd, content))
                file.flush()
                os.fsync(file.fileno())
            return number

    def settlements(self) -> Sequence[Settlement]:
        """Everything that was ever transferred, in order."""
        with self._lock:
            return self._lines()

    def _lines(self) -> Sequence[Settlement]:
        if not self._ledger.exists():
            return ()
        lines, _ = read_statement(self._ledger.read_text(encoding="utf-8"))
        return lines
