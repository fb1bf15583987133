"""Waiting calls: the newest word about a citizen or a counter wins, and old calls are let go."""

from __future__ import annotations

from kiosk.domain.call_ledger import CallLedger
from kiosk.domain.call_line import CallLine
from kiosk.domain.spoken_call import OfficeNow
from tests.fakes.voices import call

OLDEST_S = 60.0


def spoken(line: CallLine) -> list[int]:
    found = []
    while (one := line.take()) is not None:
        found.append(one.call.seq)
    return found


def test_calls_are_spoken_in_the_order_of_arrival() -> None:
    line = CallLine(OLDEST_S)
    assert [line.add(call(n, f"A{n}", counter=n), 0) for n in (1, 2, 3)] == [0, 0, 0]
    assert spoken(line) == [1, 2, 3]


def test_a_recall_takes_the_place_of_the_call_it_repeats() -> None:
    line = CallLine(OLDEST_S)
    line.add(call(1, "A1", 1), 0)
    line.add(call(2, "A2", 2), 0)
    assert line.add(call(3, "A1", 1), 1) == 1
    assert spoken(line) == [3, 2]


def test_a_counter_that_went_on_takes_its_older_call_back() -> None:
    line = CallLine(OLDEST_S)
    line.add(call(1, "A1", 1), 0)
    line.add(call(2, "A2", 2), 0)
    assert line.add(call(3, "A3", 1), 1) == 1
    assert spoken(line) == [2, 3]


def test_a_citizen_called_elsewhere_and_a_counter_gone_on_at_once() -> None:
    line = CallLine(OLDEST_S)
    line.add(call(1, "A1", 1), 0)
    line.add(call(2, "A2", 2), 0)
    assert line.add(call(3, "A2", 1), 1) == 2
    assert spoken(line) == [3]


def test_a_call_that_was_undone_or_answered_is_taken_out() -> None:
    line = CallLine(OLDEST_S)
    for n in (1, 2, 3):
        line.add(call(n, f"A{n}", n), 0)
    assert line.end(OfficeNow(2, {1: "A1", 2: None, 3: None}, frozenset())) == 1
    assert spoken(line) == [1, 3], "a board from before call 3 says nothing about it"


def test_a_counter_that_the_board_does_not_know_ends_nothing() -> None:
    line = CallLine(OLDEST_S)
    line.add(call(1, "A1", 1), 0)
    assert line.end(OfficeNow(9, {}, frozenset())) == 0


def test_old_calls_are_let_go() -> None:
    line = CallLine(OLDEST_S)
    line.add(call(1, "A1", 1), 0)
    line.add(call(2, "A2", 2), 30)
    assert (line.age(60), line.age(61), len(line)) == (0, 1, 1)


def test_what_could_not_be_spoken_comes_first_again_unless_a_newer_word_waits() -> None:
    line = CallLine(OLDEST_S)
    line.add(call(1, "A1", 1), 0)
    taken = line.take()
    assert taken is not None
    line.add(call(2, "A2", 2), 1)
    line.give_back(taken)
    assert spoken(line) == [1, 2]
    line.add(call(3, "A1", 4), 2)
    line.give_back(taken)
    assert spoken(line) == [3]


def test_a_repeated_delivery_is_heard_once() -> None:
    ledger = CallLedger()
    assert ledger.hear(call(1, "A1"))
    assert not ledger.hear(call(1, "A1"))
    assert ledger.hear(call(2, "A1")), "a recall is another event"
    assert ledger.hear(call(1, "B7")), "a store from a backup counts its events once more"


def test_a_lost_call_is_noticed_once_and_jumps_in_seq_mean_nothing() -> None:
    ledger = CallLedger()
    ledger.link()
    assert not ledger.missed(OfficeNow(7, {}, frozenset({5, 7}))), "called before we listened"
    ledger.hear(call(90, "A1"))
    assert not ledger.missed(OfficeNow(95, {}, frozenset({7, 90})))
    assert ledger.missed(OfficeNow(99, {}, frozenset({90, 97}))) == [97]
    assert not ledger.missed(OfficeNow(99, {}, frozenset({90, 97})))
    assert ledger.hear(call(97, "A2")), "late is better than never"


def test_a_call_that_only_the_board_knows_is_said_while_it_holds() -> None:
    ledger = CallLedger()
    old, lost, heard, over = call(1, "A1"), call(7, "A2", 4), call(8, "A3", 5), call(9, "A4", 6)
    holding = {3: "A1", 4: "A2", 5: "A3", 6: None}
    assert ledger.catch_up(OfficeNow(5, holding, frozenset(), (old,))) == []
    ledger.link()
    ledger.hear(heard)
    seen = OfficeNow(10, holding, frozenset(), (over, heard, lost, old))
    assert ledger.catch_up(seen) == [lost]
    assert ledger.hear(lost)
    assert ledger.catch_up(seen) == []
    assert not ledger.hear(lost), "its own message came after all"
