"""An office whose real store grows by whole visits, without a server around it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from queue_server.adapters.backup import STORE
from queue_server.adapters.sqlite_store import SqliteStore
from queue_server.domain import commands as c
from queue_server.domain.decide import carry_out
from queue_server.domain.office import ZONE
from queue_server.domain.office_day import OfficeDay
from tests.fakes.office_days import EIGHT, OFFICE

VISIT = ("TicketReserved", "TicketConfirmed", "TicketCalled", "ServingStarted", "TicketFinished")


class WrittenOffice:
    """Opens its day at once: DayOpened, OfficeConfigured, CounterOpened."""

    def __init__(self, folder: Path, office: str = "phuong-mau", at: datetime = EIGHT) -> None:
        self.data, self.id, self.at = folder, office, at
        self._people = 0
        self._store = SqliteStore(folder / STORE)
        day = self._store.load_day()
        self._day = day or OfficeDay(replace(OFFICE, id=office), at.astimezone(ZONE).date())
        if day is None:
            self.do(c.OpenDay(), c.OpenCounter(counter=1))

    def do(self, *commands: c.Command) -> int:
        """Carry these out and commit them together; the number of the newest event."""
        for command in commands:
            carry_out(self._day, command, self.at)
        with self._store.transaction() as transaction:
            return transaction.write(self._day, self._day.take_changes())

    def join(self, service: str = "a", words: str = "") -> str:
        """Somebody takes a number and waits; the ticket's id."""
        self._people += 1
        ticket = f"{self.at:%H%M}-{self._people}{words}"
        self.do(
            c.IssueTicket(ticket=ticket, follow_code=f"follow-{ticket}", service=service),
            c.ConfirmTicket(ticket=ticket, slip="printed"),
        )
        return ticket

    def visits(self, number: int, words: str = "") -> int:
        """So many people come and are served, a minute each; the newest event's number."""
        newest = 0
        for _ in range(number):
            self.join(words=words)
            self.at += timedelta(minutes=1)
            newest = self.do(c.CallNext(counter=1), c.Start(counter=1), c.Finish(counter=1))
        return newest

    def note(self, text: str) -> None:
        """A clerk notes something about somebody being served."""
        self.join()
        self.do(c.CallNext(counter=1), c.Start(counter=1), c.AddNote(counter=1, text=text))
        self.do(c.Finish(counter=1))

    def newest(self) -> int:
        """The number of the newest event."""
        return self._store.last_seq()

    def close(self) -> None:
        """Give the store back."""
        self._store.close()

    def copy_to(self, folder: Path) -> WrittenOffice:
        """The same office in another folder, as after a backup and a restore."""
        self.close()
        shutil.copytree(self.data, folder)
        self._store = SqliteStore(self.data / STORE)
        copied = WrittenOffice(folder, self.id, self.at)
        copied._people = self._people
        return copied
