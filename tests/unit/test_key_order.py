"""Key presses: whatever a network does to them, each is carried out at most once and in order."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from queue_server.contracts.messages import KeyPress, Notice
from queue_server.use_cases.key_order import BOOTS_KEPT, REMEMBERED, KeyOrder, Standing

T0 = datetime(2026, 5, 12, 8, 0, tzinfo=UTC)
S0 = 1000.0


def press(seq: int, *, boot: str = "b1", age_ms: int = 0, sent_s: float = 0.0) -> KeyPress:
    sent_at = T0 + timedelta(seconds=sent_s)
    return KeyPress(
        id=f"{boot}-{seq}",
        sent_at=sent_at,
        source="keypad-3",
        seq=seq,
        boot=boot,
        end="A",
        age_ms=age_ms,
    )


def order() -> KeyOrder:
    return KeyOrder(T0, S0)


@given(
    arrivals=st.lists(
        st.tuples(st.integers(1, 3), st.integers(0, 8), st.booleans()), min_size=1, max_size=60
    )
)
def test_each_press_counts_at_most_once_and_only_forwards(
    arrivals: list[tuple[int, int, bool]],
) -> None:
    """Arrivals of any boot and number, answered at once or later, in any mixture."""
    keys = order()
    done: list[tuple[int, int]] = []
    for boot, seq, answered in arrivals:
        one = press(seq, boot=f"b{boot}")
        if keys.standing(one, S0) is not Standing.NEW:
            continue
        keys.taken(one)
        done.append((boot, seq))
        if answered:
            keys.answered(one, None)
    assert len(done) == len(set(done))
    for boot in (1, 2, 3):
        seqs = [seq for b, seq in done if b == boot]
        assert seqs == sorted(seqs)
        # Once another boot was heard, the older one is over.
        places = [place for place, (b, _) in enumerate(done) if b == boot]
        assert not places or places[-1] - places[0] == len(places) - 1


def test_a_repeat_gets_the_remembered_answer() -> None:
    keys = order()
    one = press(1)
    keys.taken(one)
    assert keys.standing(one, S0) is Standing.REPEATED
    assert keys.answer_to(one) == (False, None)
    keys.answered(one, Notice.NOBODY_WAITING)
    assert keys.answer_to(one) == (True, Notice.NOBODY_WAITING)


def test_what_the_store_could_not_keep_may_be_tried_again() -> None:
    keys = order()
    keys.taken(press(1))
    keys.not_kept(press(1))
    assert keys.standing(press(1), S0) is Standing.NEW


def test_memory_is_bounded_and_what_is_forgotten_is_late() -> None:
    keys = order()
    for seq in range(REMEMBERED + 1):
        keys.taken(press(seq))
        keys.answered(press(seq), None)
    assert keys.standing(press(0), S0) is Standing.LATE
    assert keys.standing(press(1), S0) is Standing.REPEATED


def test_five_seconds_in_the_device_and_on_the_way_together() -> None:
    keys = order()
    assert keys.standing(press(1, age_ms=5000), S0) is Standing.NEW
    assert keys.standing(press(1, age_ms=5001), S0) is Standing.LATE
    assert keys.standing(press(1, age_ms=3000), S0 + 2.5) is Standing.LATE
    assert keys.standing(press(1, age_ms=3000), S0 + 1.5) is Standing.NEW


def test_heartbeats_tell_how_wrong_a_clock_is() -> None:
    keys = order()
    year_s = -365 * 86_400.0
    assert keys.standing(press(1, sent_s=year_s), S0) is Standing.LATE
    keys.heartbeat("keypad-3", T0 + timedelta(seconds=year_s), S0)
    assert keys.standing(press(1, sent_s=year_s), S0) is Standing.NEW
    assert keys.standing(press(1, sent_s=year_s), S0 + 6) is Standing.LATE


def test_one_slow_heartbeat_does_not_excuse_a_late_press() -> None:
    keys = order()
    keys.heartbeat("keypad-3", T0, S0)
    keys.heartbeat("keypad-3", T0 + timedelta(seconds=30), S0 + 40)
    assert keys.standing(press(1, sent_s=31), S0 + 40) is Standing.LATE


def test_a_clock_that_was_set_back_is_believed_after_three_heartbeats() -> None:
    keys = order()
    keys.heartbeat("keypad-3", T0, S0)
    for beat in (30, 60, 90):
        keys.heartbeat("keypad-3", T0 + timedelta(seconds=beat - 3600), S0 + beat)
    assert keys.standing(press(1, sent_s=91 - 3600), S0 + 91) is Standing.NEW


def test_a_forgotten_start_does_not_retire_the_living_keypad() -> None:
    """A storm of restarts, and then a press of its beginning that a broker had kept."""
    keys = order()
    for start in range(BOOTS_KEPT + 3):
        assert keys.standing(press(1, boot=f"b{start}"), S0) is Standing.NEW
        keys.taken(press(1, boot=f"b{start}"))
        keys.answered(press(1, boot=f"b{start}"), None)
    assert keys.standing(press(1, boot="b0"), S0 + 6) is Standing.LATE
    living = f"b{BOOTS_KEPT + 2}"
    assert keys.standing(press(2, boot=living, sent_s=6), S0 + 6) is Standing.NEW
    assert keys.standing(press(1, boot=living), S0 + 6) is Standing.REPEATED
