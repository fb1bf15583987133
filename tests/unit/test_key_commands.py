"""Typed numbers are looked up among the tickets of this counter."""

from __future__ import annotations

import pytest

from queue_server.domain import commands as c
from queue_server.domain.key_map import STAFF_HELP, KeyAction, KeyMove
from queue_server.domain.ticket import Ticket
from queue_server.use_cases.key_commands import PLAIN, command_for
from tests.fakes.office_days import DayPlay


def asked(play: DayPlay, counter: int, action: KeyAction, number: str | None = None) -> object:
    return command_for(play.day, counter, KeyMove(action, number))


@pytest.fixture
def play() -> DayPlay:
    return DayPlay()


def issue(play: DayPlay, service: str) -> Ticket:
    return play.issue(service)


def test_every_action_of_a_key_map_leads_to_a_command(play: DayPlay) -> None:
    issue(play, "a")
    play.call(1)
    play.do(c.NoShow(counter=1))
    for action in set(KeyAction) - STAFF_HELP:
        number = None if action in PLAIN or action is KeyAction.RESUME else "1"
        assert asked(play, 1, action, number) is not None, action


def test_a_number_means_the_first_fitting_line_of_the_counter(play: DayPlay) -> None:
    a, b = issue(play, "a"), issue(play, "b")
    assert (a.number, b.number) == (1, 1)
    assert asked(play, 2, KeyAction.CALL, "001") == c.CallNumber(counter=2, label="A001")
    assert asked(play, 3, KeyAction.CALL, "1") == c.CallNumber(counter=3, label="B001")
    assert asked(play, 4, KeyAction.CALL, "1") is None
    assert asked(play, 1, KeyAction.CALL, "2") is None
    play.do(c.CallNext(counter=1))
    assert asked(play, 2, KeyAction.CALL, "1") == c.CallNumber(counter=2, label="B001")


def test_a_ticket_that_was_sent_here_goes_before_the_lines(play: DayPlay) -> None:
    issue(play, "b")
    sent = issue(play, "a")
    play.do(c.TransferWaiting(ticket=sent.id, to_counter=3))
    assert asked(play, 3, KeyAction.CALL, "1") == c.CallNumber(counter=3, label="A001")


def test_reinstate_and_resume_find_only_their_own(play: DayPlay) -> None:
    late, held = issue(play, "a"), issue(play, "a")
    assert asked(play, 1, KeyAction.REINSTATE, "1") is None  # it waits already
    play.call(1)
    play.do(c.NoShow(counter=1))
    assert asked(play, 2, KeyAction.REINSTATE, "1") == c.Reinstate(ticket=late.id)
    assert asked(play, 2, KeyAction.CALL, "1") == c.CallNumber(counter=2, label="A001")
    play.serve(1)
    play.do(c.Hold(counter=1))
    assert asked(play, 1, KeyAction.RESUME, "2") == c.Resume(counter=1, label=held.label)
    assert asked(play, 2, KeyAction.RESUME, "2") is None


def test_transfers_name_a_place_in_the_list_or_a_counter(play: DayPlay) -> None:
    assert asked(play, 1, KeyAction.TRANSFER_TO_SERVICE, "2") == c.Transfer(
        counter=1, to_service="b"
    )
    assert asked(play, 1, KeyAction.TRANSFER_TO_SERVICE, "0") is None
    assert asked(play, 1, KeyAction.TRANSFER_TO_SERVICE, "4") is None
    assert asked(play, 1, KeyAction.TRANSFER_TO_COUNTER, "4") == c.Transfer(counter=1, to_counter=4)
    assert asked(play, 1, KeyAction.TRANSFER_TO_COUNTER, "9") is None
