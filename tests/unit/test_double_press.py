"""A key pressed twice in a hurry does what it does once: the second press is refused."""

from __future__ import annotations

import pytest

from queue_server.config.key_map_file import default_key_map, read_key_map
from queue_server.domain.faults import DomainFault
from queue_server.use_cases.key_commands import command_for
from tests.fakes.office_days import DayPlay


def carried_out(play: DayPlay, digits: str, end: str) -> bool:
    """Press; False when the server would answer "not allowed now"."""
    move = read_key_map(default_key_map()).move_for(digits, end)
    assert move is not None
    command = command_for(play.day, 1, move)
    if command is None:
        return False
    try:
        play.do(command)
    except DomainFault:
        return False
    return True


@pytest.mark.parametrize(
    ("before", "key"),
    [
        ([], ("", "A")),
        ([("", "A")], ("", "C")),
        ([("", "A"), ("", "C")], ("", "D")),
        ([("", "A"), ("", "C")], ("", "*")),
        ([("", "A")], ("0", "D")),
        ([("", "A")], ("0", "B")),
        ([("", "A"), ("", "C")], ("0", "C")),
        ([("", "A"), ("", "C")], ("83", "D")),
        ([], ("2", "#")),
    ],
)
def test_the_second_press_is_refused(before: list[tuple[str, str]], key: tuple[str, str]) -> None:
    play = DayPlay()
    for _ in range(3):
        play.issue("a")
    for digits, end in (*before, key):
        assert carried_out(play, digits, end)
    assert not carried_out(play, *key)
