"""What the server sees by itself: stuck keys, endless restarts, two machines with one login."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from queue_server.use_cases.device_trouble import (
    FREE_AFTER_S,
    LOOKED_BACK_S,
    RESTARTING,
    RESTARTS,
    SHARED,
    STUCK_AFTER,
    STUCK_GAP_S,
    DeviceTrouble,
)

PAD = "keypad-3"


class Clock:
    def __init__(self) -> None:
        self.now_s = 1000.0

    def __call__(self) -> float:
        return self.now_s


def pressed(trouble: DeviceTrouble, clock: Clock, keys: str, gap_s: float) -> list[bool]:
    found = []
    for key in keys:
        clock.now_s += gap_s
        found.append(trouble.stuck(PAD, key))
    return found


def test_a_repeating_key_is_stuck_and_said_in_both_languages_until_it_is_quiet() -> None:
    clock = Clock()
    trouble = DeviceTrouble(clock)
    assert pressed(trouble, clock, "A" * 20, 0.1) == [False] * (STUCK_AFTER - 1) + [True] * 13
    assert trouble.words(PAD) == [
        (
            "Phím A bị kẹt, đã bỏ qua; gỡ vật đè hoặc đổi bàn phím / "
            "key A is stuck and ignored; free it or change the keypad"
        )
    ]
    clock.now_s += FREE_AFTER_S + 0.1
    assert trouble.words(PAD) == []
    assert not trouble.stuck(PAD, "A")


def test_other_keys_are_obeyed_while_one_is_stuck_and_do_not_free_it() -> None:
    clock = Clock()
    trouble = DeviceTrouble(clock)
    pressed(trouble, clock, "A" * STUCK_AFTER, 0.1)
    assert pressed(trouble, clock, "CADA", 0.4) == [False, True, False, True]


@given(
    presses=st.lists(
        st.tuples(st.sampled_from(["A", "C", "D", "0D"]), st.floats(STUCK_GAP_S + 0.01, 60.0))
    )
)
def test_a_finger_that_takes_its_second_is_never_taken_for_a_stuck_key(
    presses: list[tuple[str, float]],
) -> None:
    clock = Clock()
    trouble = DeviceTrouble(clock)
    for key, gap_s in presses:
        clock.now_s += gap_s
        assert not trouble.stuck(PAD, key)


def test_one_keypad_does_not_make_another_stuck() -> None:
    clock = Clock()
    trouble = DeviceTrouble(clock)
    pressed(trouble, clock, "A" * STUCK_AFTER, 0.1)
    assert not trouble.stuck("keypad-4", "A")
    assert trouble.words("keypad-4") == []


def test_many_starts_in_a_short_time_are_a_bad_supply_and_few_are_none() -> None:
    clock = Clock()
    trouble = DeviceTrouble(clock)
    for start in range(RESTARTS):
        assert trouble.words(PAD) == []
        trouble.born(PAD, f"boot-{start}")
        trouble.born(PAD, f"boot-{start}")  # a heartbeat
        clock.now_s += 5
    assert trouble.words(PAD) == [RESTARTING]
    clock.now_s += LOOKED_BACK_S
    assert trouble.words(PAD) == []


def test_two_machines_with_one_login_are_told_apart_from_a_restart() -> None:
    clock = Clock()
    trouble = DeviceTrouble(clock)
    for boot in ("left", "right"):
        trouble.born(PAD, boot)
    assert trouble.words(PAD) == []
    trouble.born(PAD, "left")
    assert trouble.words(PAD) == [SHARED]
    clock.now_s += LOOKED_BACK_S + 1
    assert trouble.words(PAD) == []
