"""What a screen is told to offer is exactly what would not be refused."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import timedelta

import pytest

from queue_server.domain import commands as c
from queue_server.domain.counter_allowed import allowed_at, undo_until
from queue_server.domain.decide import carry_out
from queue_server.domain.faults import DomainFault
from tests.fakes.office_days import EIGHT, DayPlay

MOVES: dict[str, c.Command] = {
    "open": c.OpenCounter(counter=1),
    "pause": c.PauseCounter(counter=1),
    "close": c.CloseCounter(counter=1),
    "call-next": c.CallNext(counter=1),
    "call": c.CallNumber(counter=1, label="A004"),
    "recall": c.Recall(counter=1),
    "start": c.Start(counter=1),
    "add-procedure": c.AddProcedure(counter=1, procedure="2.000815"),
    "note": c.AddNote(counter=1, text="Thiếu bản chính"),
    "hold": c.Hold(counter=1),
    "resume": c.Resume(counter=1),
    "transfer": c.Transfer(counter=1, to_service="b"),
    "return": c.Return(counter=1),
    "finish": c.Finish(counter=1),
    "no-show": c.NoShow(counter=1),
    "undo": c.Undo(counter=1),
}
HARMLESS = {"open", "pause", "close"}
"""Asked again they change nothing; a screen offers them where they do something."""


def closed(_: DayPlay) -> None:
    """Nobody has opened the counter."""


def opened(play: DayPlay) -> None:
    play.do(c.OpenCounter(counter=1))


def paused(play: DayPlay) -> None:
    opened(play)
    play.do(c.PauseCounter(counter=1))


def called(play: DayPlay) -> None:
    play.call()


def called_too_often(play: DayPlay) -> None:
    play.call()
    for _ in range(3):
        play.at_counter(c.Recall)


def serving(play: DayPlay) -> None:
    play.serve()


def serving_for_long(play: DayPlay) -> None:
    play.serve()
    play.later(minutes=1)


def one_held(play: DayPlay) -> None:
    play.serve()
    play.at_counter(c.Hold)


def day_is_over(play: DayPlay) -> None:
    play.do(c.CloseDay())


@pytest.mark.parametrize(
    "before",
    [
        closed, opened, paused, called, called_too_often, serving, serving_for_long, one_held,
        day_is_over,
    ],
)  # fmt: skip
def test_what_is_offered_is_what_is_possible(before: Callable[[DayPlay], None]) -> None:
    play = DayPlay()
    for _ in range(4):
        play.issue()
    before(play)
    offered = set(allowed_at(play.day, 1, play.at))
    possible = {name for name, command in MOVES.items() if _works(play, command)}
    assert offered <= possible
    assert possible - offered <= HARMLESS


def _works(play: DayPlay, command: c.Command) -> bool:
    try:
        carry_out(copy.deepcopy(play.day), command, play.at)
    except DomainFault:
        return False
    return True


def test_the_undo_window_has_an_end() -> None:
    play = DayPlay()
    ticket = play.issue()
    assert undo_until(play.day, play.now(ticket)) is None
    play.call()
    assert undo_until(play.day, play.now(ticket)) == EIGHT + timedelta(seconds=10)
