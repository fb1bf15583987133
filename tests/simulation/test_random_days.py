"""Long days in offices of every kind, played by dice: full lines, many turns, every reason."""

from __future__ import annotations

from collections import Counter as Tally
from datetime import timedelta
from random import Random

import pytest

from queue_server.domain import commands as c
from queue_server.domain.events import TicketCalled
from queue_server.domain.office import Office, Policy, PriorityUse, ProfileEntry
from queue_server.domain.reason import ReasonKind
from queue_server.domain.ticket import PriorityClass, TicketState
from tests.fakes.office_days import counter, office
from tests.simulation.asked_day import LEGAL_MOVES, AskedDay

STEPS = 400
SEEDS = range(18)


def dice_office(dice: Random, seed: int) -> Office:
    """Four counters with mixed profiles; the first serves everything and everybody.

    The seed goes through policies and limits, so that each is met.
    """
    counters = [counter(1, "a", "b", "c")]
    for number in (2, 3, 4):
        entries = [
            ProfileEntry(name, dice.randrange(2), dice.choice([1.0, 2.0]))
            for name in dice.sample("abc", dice.randint(1, 3))
        ]
        uses = [*PriorityUse, PriorityUse.SHARED]
        counters.append(counter(number, *entries, priority=dice.choice(uses)))
    return office(
        *counters,
        policy=[*Policy][seed % 3],
        priority_turns=dice.randint(1, 3),
        default_limit=timedelta(minutes=[2000, 200, 30][seed // 3 % 3]),
        class_limits={PriorityClass.AGE_80: timedelta(minutes=10)} if dice.random() < 0.3 else {},
    )


class DiceDay(AskedDay):
    """More people come than are served, so that every line fills."""

    def __init__(self, seed: int) -> None:
        super().__init__()
        self.dice = Random(seed)
        self.start(dice_office(self.dice, seed))
        self.settle()

    def step(self) -> None:
        self.clock.at += timedelta(seconds=self.dice.choice([0, 3, 20, 90, 300]))
        moves = (self.citizen, self.citizen, self.clerk, self.clerk, self.clerk, self.oddity)
        self.dice.choice(moves)()

    def citizen(self) -> None:
        dice = self.dice
        appointed = dice.random() < 0.15
        self.issue_one(
            service=dice.choice("abc"),
            priority=dice.choice([*PriorityClass, *[PriorityClass.NORMAL] * 7]),
            confirm=dice.random() < 0.9,
            appointment_at=self.minutes(dice.randint(-30, 60)) if appointed else None,
        )

    def clerk(self) -> None:
        number = self.dice.choice(sorted(self.day.office.counters))
        now = self.day.counters[number]
        if now.ticket is None:
            self.ask(c.CallNext(counter=number))
        else:
            moves = LEGAL_MOVES[self.day.tickets[now.ticket].state]
            self.ask(self.dice.choice(moves)(counter=number))

    def oddity(self) -> None:
        dice = self.dice
        ticket = self.pick(dice.randrange(100))
        number = dice.choice(sorted(self.day.office.counters))
        if ticket is None:
            return
        self.ask(
            dice.choice(
                [
                    c.TransferWaiting(ticket=ticket.id, to_service=dice.choice("abc")),
                    c.TransferWaiting(ticket=ticket.id, to_counter=number),
                    c.Transfer(counter=number, to_service=dice.choice("abc")),
                    c.CloseCounter(counter=number),
                    c.Resume(counter=number),
                    c.Reinstate(ticket=ticket.id),
                    c.CallNumber(counter=number, label=ticket.label),
                    c.CancelTicket(ticket=ticket.id),
                    c.PassTime(),
                ]
            )
        )


def reasons(play: AskedDay) -> Tally[ReasonKind]:
    calls = (event for _, event in play.store.events if isinstance(event, TicketCalled))
    return Tally(call.reason.kind for call in calls)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_choice_is_the_one_of_the_design(seed: int) -> None:
    play = DiceDay(seed)
    for step in range(STEPS):
        play.step()
        play.check_choices()
        if step % 25 == 0:
            play.check_all()
    play.check_all()
    play.check_replay()
    waiting = [t for t in play.day.tickets.values() if t.state is TicketState.WAITING]
    assert len(waiting) > 10, "too empty a day proves nothing"


def test_the_dice_reach_every_step_of_the_rule() -> None:
    seen: Tally[ReasonKind] = Tally()
    for seed in SEEDS:
        play = DiceDay(seed)
        for _ in range(STEPS):
            play.step()
        seen += reasons(play)
    assert set(seen) == set(ReasonKind)
