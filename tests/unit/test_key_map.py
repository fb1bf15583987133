"""The key map: the default file says what its README says, and wrong files are refused clearly."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.config.key_map_file import default_key_map, read_key_map
from queue_server.contracts.config_file import ConfigError
from queue_server.domain.key_map import KeyAction, KeyMap, KeyMapError, KeyMove

DEFAULT = read_key_map(default_key_map())


@pytest.mark.parametrize(
    ("digits", "end", "move"),
    [
        ("", "A", KeyMove(KeyAction.CALL_NEXT)),
        ("", "B", KeyMove(KeyAction.RECALL)),
        ("", "C", KeyMove(KeyAction.START)),
        ("", "D", KeyMove(KeyAction.FINISH)),
        ("", "*", KeyMove(KeyAction.UNDO)),
        ("012", "#", KeyMove(KeyAction.CALL, "012")),
        ("0", "A", KeyMove(KeyAction.PAUSE)),
        ("1", "A", KeyMove(KeyAction.OPEN)),
        ("99", "A", KeyMove(KeyAction.CLOSE)),
        ("0", "B", KeyMove(KeyAction.RETURN)),
        ("12", "B", KeyMove(KeyAction.REINSTATE, "12")),
        ("0", "C", KeyMove(KeyAction.HOLD)),
        ("1", "C", KeyMove(KeyAction.RESUME)),
        ("112", "C", KeyMove(KeyAction.RESUME, "12")),
        ("0", "D", KeyMove(KeyAction.NO_SHOW)),
        ("83", "D", KeyMove(KeyAction.TRANSFER_TO_COUNTER, "3")),
        ("92", "D", KeyMove(KeyAction.TRANSFER_TO_SERVICE, "2")),
        ("0", "*", KeyMove(KeyAction.ASK_HELP)),
        ("1", "*", KeyMove(KeyAction.HELP_CAME)),
        ("5", "A", None),
        ("", "#", None),
        ("9", "D", None),
        ("12", "*", None),
        ("", "E", None),
        ("١", "#", None),
        ("123456789", "#", None),
    ],
)
def test_default_map(digits: str, end: str, move: KeyMove | None) -> None:
    assert DEFAULT.move_for(digits, end) == move


def test_every_action_has_a_default_key() -> None:
    pressed = ["", "0", "1", "99", "12", "112", "83", "92"]
    reached = {DEFAULT.move_for(digits, end) for digits in pressed for end in DEFAULT.ends}
    assert {move.action for move in reached if move} == set(KeyAction)


@given(
    st.permutations(["A", "0A", "<number>A", "0<number>A", "01<number>A"]),
    st.text("01", max_size=5),
)
def test_order_of_the_file_does_not_matter(order: list[str], digits: str) -> None:
    meaning = {
        "A": "call_next",
        "0A": "pause",
        "<number>A": "call",
        "0<number>A": "reinstate",
        "01<number>A": "transfer_to_counter",
    }
    shuffled = KeyMap({pattern: meaning[pattern] for pattern in order})
    assert shuffled.move_for(digits, "A") == KeyMap(meaning).move_for(digits, "A")


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ({"B": "recall"}, "nobody could be called"),
        ({"A": "call_next", "": "recall"}, "end key"),
        ({"A": "call_next", "12": "recall"}, "end key"),
        ({"A": "call_next", "B<number>": "call"}, "end key"),
        ({"A": "call_next", "B": "sing"}, "'sing' is none of"),
        ({"A": "call_next", "<number>B": "start"}, "takes no <number>"),
        ({"A": "call_next", "#": "call"}, "needs <number>"),
    ],
)
def test_unusable_maps(keys: dict[str, str], words: str) -> None:
    with pytest.raises(KeyMapError, match=words):
        KeyMap(keys)


def test_file_fault_names_the_file_and_the_key(tmp_path: Path) -> None:
    file = tmp_path / "pad.toml"
    file.write_text('name = "x"\n[keys]\n"A" = "call_nxt"\n', encoding="utf-8")
    with pytest.raises(ConfigError, match=r"pad\.toml: key 'A': 'call_nxt'"):
        read_key_map(file)
