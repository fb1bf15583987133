"""A small office and a way to keep it busy: any command, legal or not, in any order."""

from __future__ import annotations

import itertools
import random
from datetime import datetime, timedelta

from queue_server.adapters.clock import SetClock
from queue_server.domain import commands as c
from queue_server.domain.decide import Outcome
from queue_server.domain.office import ZONE, Counter, Office, ProfileEntry, Rules, Service
from queue_server.domain.office_day import OfficeDay
from queue_server.domain.ticket import PriorityClass
from queue_server.use_cases.keep_day import Answer, Body, DayKeeper, Request
from queue_server.use_cases.ports import Store

MORNING = datetime(2026, 11, 23, 8, 0, tzinfo=ZONE)
SERVICES = ("civil", "land", "copy")
COUNTERS = (1, 2, 3)


def small_office(*, counters: tuple[int, ...] = COUNTERS, last: int = 99_999) -> Office:
    services = {
        name: Service(name, letter, name, name, last_number=last)
        for name, letter in zip(SERVICES, "ABC", strict=True)
    }
    profile = (ProfileEntry("civil"), ProfileEntry("land", weight=1.5), ProfileEntry("copy", 1))
    rules = Rules(class_limits={PriorityClass.AGE_80: timedelta(minutes=5)})
    return Office(
        id="ward",
        name_vi="Phường Thử",
        name_en="Test ward",
        services=services,
        counters={n: Counter(n, f"Quầy {n}", f"Counter {n}", profile) for n in counters},
        rules=rules,
    )


def ticket_body(_day: OfficeDay, outcome: Outcome, _at: datetime) -> Body:
    return {"ticket": outcome.ticket.id, "label": outcome.ticket.label} if outcome.ticket else {}


def ask(command: c.Command, key: str | None = None, fingerprint: str = "") -> Request:
    return Request(command, ticket_body, key, fingerprint)


def issue(name: str, service: str = "civil", *, key: str | None = None) -> Request:
    return ask(c.IssueTicket(ticket=name, follow_code=f"f-{name}", service=service), key)


def keeper_on(
    store: Store, clock: SetClock | None = None, office: Office | None = None
) -> DayKeeper:
    return DayKeeper(store, clock or SetClock(MORNING), office or small_office())


def one(keeper: DayKeeper, request: Request) -> Answer:
    (answer,) = keeper.work_off([request]).answers
    return answer


class Bustle:
    """Makes command after command from one seed."""

    def __init__(self, seed: int) -> None:
        self._dice = random.Random(seed)
        self._names = (f"t{seed}-{n}" for n in itertools.count())
        self._given: list[str] = ["nobody"]

    def group(self, size: int) -> list[Request]:
        return [ask(self._command(), key=None) for _ in range(size)]

    def _command(self) -> c.Command:
        dice, counter = self._dice, self._dice.choice(COUNTERS)
        if dice.random() < 0.35:
            return self._issue()
        ticket = dice.choice(self._given[-12:])
        service = dice.choice(SERVICES)
        soon = MORNING + timedelta(minutes=dice.randrange(240))
        return dice.choice(
            (
                c.CallNext(counter=counter),
                c.CallNext(counter=counter),
                c.CallNumber(counter=counter, label=f"A{dice.randrange(1, 30):03d}"),
                c.Recall(counter=counter),
                c.Start(counter=counter),
                c.Start(counter=counter),
                c.AddProcedure(counter=counter, procedure="1.000001"),
                c.Hold(counter=counter, due_at=dice.choice((None, soon))),
                c.Resume(counter=counter),
                c.Transfer(counter=counter, to_service=service),
                c.Transfer(counter=counter, to_counter=dice.choice(COUNTERS)),
                c.Return(counter=counter),
                c.Finish(counter=counter),
                c.NoShow(counter=counter),
                c.Undo(counter=counter),
                c.PauseCounter(counter=counter),
                c.CloseCounter(counter=counter),
                c.ConfirmTicket(ticket=ticket, slip="printed"),
                c.VoidTicket(ticket=ticket),
                c.CancelTicket(ticket=ticket),
                c.Reinstate(ticket=ticket),
                c.TransferWaiting(ticket=ticket, to_service=service),
                c.LeaseBlock(kiosk="kiosk-1", service=service, size=3),
                c.PassTime(),
            )
        )

    def _issue(self) -> c.Command:
        name = next(self._names)
        self._given.append(name)
        dice = self._dice
        return c.IssueTicket(
            ticket=name,
            follow_code=f"f-{name}",
            service=dice.choice(SERVICES),
            priority=dice.choice(tuple(PriorityClass)),
            procedure=dice.choice((None, "2.000815")),
            kiosk="kiosk-1",
            number=dice.choice((None, None, dice.randrange(500, 530))),
            confirm=dice.random() < 0.8,
        )
