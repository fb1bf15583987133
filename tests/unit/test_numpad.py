"""A numpad's keys: what is gathered, what is one press, what is none."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.config.numpad import default_numpad, read_numpad
from kiosk.domain.keypad_line import KeyStroke
from kiosk.domain.numpad import (
    FORGOTTEN_AFTER_S,
    MOST_DIGITS,
    STUCK_AFTER_S,
    Erase,
    Motion,
    Numpad,
)
from queue_server.config.key_map_file import default_key_map, read_key_map
from queue_server.contracts.config_file import ConfigError
from queue_server.contracts.messages import KeyPress

CODES = {meaning: code for code, meaning in reversed(read_numpad(default_numpad()).items())}


def numpad() -> Numpad:
    return Numpad(read_numpad(default_numpad()))


def strike(pad: Numpad, *meanings: str, at_s: float = 100.0) -> list[KeyStroke]:
    strokes = []
    for meaning in meanings:
        code = CODES[meaning]
        strokes += [pad.key(code, motion, at_s) for motion in (Motion.DOWN, Motion.UP)]
    return [stroke for stroke in strokes if stroke is not None]


def test_every_end_key_of_the_key_map_can_be_pressed() -> None:
    ends = {
        meaning
        for meaning in CODES
        if not isinstance(meaning, Erase) and meaning not in set("0123456789")
    }
    assert ends == read_key_map(default_key_map()).ends
    assert set("0123456789") <= set(CODES)


def test_digits_then_an_end_key() -> None:
    assert strike(numpad(), "1", "2", "#", "A") == [KeyStroke("12", "#"), KeyStroke("", "A")]


def test_a_held_key_is_one_press() -> None:
    pad = numpad()
    code = CODES["A"]
    assert pad.key(code, Motion.DOWN, 1) == KeyStroke("", "A")
    assert [pad.key(code, Motion.REPEATED, 1 + n / 30) for n in range(100)] == [None] * 100
    assert pad.key(code, Motion.UP, 5) is None
    assert pad.key(code, Motion.DOWN, 6) == KeyStroke("", "A")


def test_two_end_keys_at_once_are_none_and_leave_nothing_behind() -> None:
    pad = numpad()
    assert pad.key(CODES["A"], Motion.DOWN, 1) == KeyStroke("", "A")
    assert pad.key(CODES["D"], Motion.DOWN, 1) is None
    pad.key(CODES["A"], Motion.UP, 1)
    assert pad.key(CODES["C"], Motion.DOWN, 1) is None  # D is still held, perhaps stuck
    pad.key(CODES["C"], Motion.UP, 1)
    pad.key(CODES["D"], Motion.UP, 1)
    assert strike(pad, "C") == [KeyStroke("", "C")]


def test_erasing() -> None:
    assert strike(numpad(), "1", "2", Erase.LAST, "3", "#") == [KeyStroke("13", "#")]
    assert strike(numpad(), "1", "2", Erase.ALL, Erase.LAST, "A") == [KeyStroke("", "A")]


def test_half_a_number_is_forgotten() -> None:
    pad = numpad()
    strike(pad, "1", at_s=100)
    assert strike(pad, "2", "#", at_s=100 + FORGOTTEN_AFTER_S) == [KeyStroke("12", "#")]
    strike(pad, "1", at_s=200)
    assert strike(pad, "2", "#", at_s=200.1 + FORGOTTEN_AFTER_S) == [KeyStroke("2", "#")]


def test_num_lock_and_unknown_keys_mean_nothing() -> None:
    pad = numpad()
    strike(pad, "1")
    assert pad.key(69, Motion.DOWN, 100) is None
    assert strike(pad, "#") == [KeyStroke("1", "#")]


motions = st.tuples(st.sampled_from([*CODES.values(), 69]), st.sampled_from(Motion))


@given(moves=st.lists(motions, max_size=60))
def test_whatever_is_struck_a_press_fits_the_contract(moves: list[tuple[int, Motion]]) -> None:
    pad = numpad()
    for code, motion in moves:
        stroke = pad.key(code, motion, 1.0)
        if stroke is not None:
            assert len(stroke.digits) <= MOST_DIGITS
            KeyPress(
                id="x", sent_at="2026-05-12T08:00:00Z", source="s", seq=1,  # type: ignore[arg-type]  # pydantic reads the time
                digits=stroke.digits, end=stroke.end,
            )  # fmt: skip


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ('KP0 = { code = 82, sends = "12" }', "'12' is no digit"),
        ('KP0 = { code = 82, sends = "gọi" }', "is no digit"),
        ('KP0 = { code = 82, sends = "ABC" }', "is no digit"),
        ('KP0 = { code = 0, sends = "1" }', "keys.KP0.code"),
        ('KP0 = { code = 82, send = "1" }', "did you mean 'sends'?"),
        ('A = { code = 82, sends = "1" }\nB = { code = 82, sends = "2" }', "keys A and B have"),
    ],
)
def test_faults_of_a_map_are_named(tmp_path: Path, keys: str, words: str) -> None:
    file = tmp_path / "n.toml"
    file.write_text(f'name = "n"\n[keys]\n{keys}\n', encoding="utf-8")
    with pytest.raises(ConfigError) as fault:
        read_numpad(file)
    assert words in str(fault.value)
    assert str(file) in str(fault.value)


def test_a_key_held_too_long_is_stuck_until_it_comes_up_and_pressed_nothing_more() -> None:
    pad = numpad()
    code = CODES["A"]
    assert pad.key(code, Motion.DOWN, 1) == KeyStroke("", "A")
    assert pad.key(code, Motion.REPEATED, 1 + STUCK_AFTER_S - 0.1) is None
    assert pad.stuck is None
    assert pad.key(code, Motion.REPEATED, 1 + STUCK_AFTER_S) is None
    assert pad.stuck == "A"
    assert strike(pad, "1", at_s=20) == []
    assert pad.stuck == "A"
    assert pad.key(code, Motion.UP, 30) is None
    assert pad.stuck is None


def test_a_key_that_was_down_before_the_program_started_is_found_too() -> None:
    pad = numpad()
    for at_s in (5.0, 5.0 + STUCK_AFTER_S):
        assert pad.key(CODES["#"], Motion.REPEATED, at_s) is None
    assert pad.stuck == "#"
    pad.reset()
    assert pad.stuck is None
