"""Citizens and clerks at work over HTTP, in threads, who note down everything they were told."""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Condition, Event, Thread
from typing import Any

from tests.office_process import OfficeProcess
from tests.patient_http import PatientClient

SERVICES = ("CT", "HT", "DD")
LET_NOBODY_WAIT_S = 120.0
ASK_AGAIN_S = 0.05


@dataclass
class Notebook:
    """What people hold in their hands: numbers by key, calls by ticket."""

    tickets: dict[str, dict[str, Any]] = field(default_factory=dict)
    calls: dict[str, int] = field(default_factory=dict)
    finished: set[str] = field(default_factory=set)
    replays: int = 0


class BusyCrowd:
    """`up` says that a server is there to ask; after `go_home` everybody finishes and leaves."""

    def __init__(self, server: OfficeProcess, citizens: int, counters: int) -> None:
        self._server = server
        self.notebook = Notebook()
        self.up = Event()
        self._news = Condition()
        self._told = 0
        self._home = Event()
        self._faults: list[BaseException] = []
        works = [self._citizen] * citizens + [self._clerk(n + 1) for n in range(counters)]
        self._threads = [Thread(target=self._work, args=(work, n)) for n, work in enumerate(works)]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def wait_for_answers(self, count: int) -> None:
        """Until this many more answers have come."""
        with self._news:
            goal = self._told + count
            came = self._news.wait_for(
                lambda: self._told >= goal or bool(self._faults), LET_NOBODY_WAIT_S
            )
        self._check()
        assert came, "nobody was answered"

    def go_home(self) -> None:
        """Everybody gets the last answer, then leaves."""
        self._home.set()
        for thread in self._threads:
            thread.join(LET_NOBODY_WAIT_S)
            assert not thread.is_alive(), "somebody still waits for an answer"
        self._check()

    def _check(self) -> None:
        if self._faults:
            raise AssertionError("somebody was treated wrongly") from self._faults[0]

    def _work(self, work: Callable[[PatientClient, random.Random], None], number: int) -> None:
        server = self._server
        client = PatientClient(server.port, server.secret(), self._wait_for_server, server.host)
        try:
            work(client, random.Random(number))
        except BaseException as fault:  # noqa: BLE001 - told in the thread that waits
            with self._news:
                self._faults.append(fault)
                self._news.notify_all()
        finally:
            client.close()

    def _wait_for_server(self) -> None:
        """Ask again soon, but only while there is somebody to ask."""
        self._home.wait(ASK_AGAIN_S)
        assert self.up.wait(LET_NOBODY_WAIT_S)

    def _note(self, replayed: bool, note: Callable[[], None]) -> None:  # noqa: FBT001 - a fact
        with self._news:
            note()
            self.notebook.replays += replayed
            self._told += 1
            self._news.notify_all()

    def _citizen(self, client: PatientClient, dice: random.Random) -> None:
        known: dict[str, dict[str, str]] = {}
        while not self._home.is_set():
            nervous = bool(known) and dice.random() < 0.05
            key = dice.choice(list(known)) if nervous else uuid.uuid4().hex
            body = known.get(key, {"service": dice.choice(SERVICES)})
            told = client.post("/tickets", body, key)
            assert told.status in {200, 201}, told
            assert told.replayed == (told.status == 200)
            before = self.notebook.tickets.get(key)
            assert before in (None, told.body), "a retry got another answer"
            known[key] = body
            self._note(told.replayed, lambda key=key, told=told: self._hold(key, told.body))

    def _hold(self, key: str, ticket: dict[str, Any]) -> None:
        self.notebook.tickets[key] = ticket

    def _clerk(self, counter: int) -> Callable[[PatientClient, random.Random], None]:
        def work(client: PatientClient, _dice: random.Random) -> None:
            client.post(f"/counters/{counter}/open", {})
            while not self._home.is_set():
                told = client.post(f"/counters/{counter}/call-next", {})
                if told.status == 204:
                    self._someone_may_come()
                    continue
                assert told.status == 200, told
                self._serve(client, counter, told.body["id"], replayed=told.replayed)

        return work

    def _serve(self, client: PatientClient, counter: int, ticket: str, *, replayed: bool) -> None:
        def called() -> None:
            assert ticket not in self.notebook.calls, "called twice"
            self.notebook.calls[ticket] = counter

        self._note(replayed, called)
        for move in ("start", "finish"):
            told = client.post(f"/counters/{counter}/{move}", {})
            assert told.status == 200, told
            assert told.body["id"] == ticket
        self._note(told.replayed, lambda: self.notebook.finished.add(ticket))

    def _someone_may_come(self) -> None:
        with self._news:
            self._news.wait(0.2)
