"""Counters in trouble, on both brokers: nobody called twice, nothing lost, staff told plainly."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.agents.counter import DISPLAY_LOST, CounterAgent
from kiosk.bootstrap.counter import start
from kiosk.config.counter import read_counter_config
from kiosk.domain.keypad_line import KeyStroke, encode
from queue_server.contracts import topics
from queue_server.contracts.messages import DeviceStatus, Notice
from queue_server.domain import events as e
from queue_server.use_cases.device_trouble import FREE_AFTER_S, RESTARTING, RESTARTS, SHARED
from tests.integration.bridged_office import Keypad, board_where, envelope
from tests.integration.counter_desk import CounterDesk
from tests.integration.mqtt_scene import Scene
from tests.integration.office_brokers import OFFICE, Device

A = KeyStroke("", "A")
DARK = " " * 4
STUCK_WORDS = "key A is stuck and ignored; free it or change the keypad"


def board_says(board: Device, device: str, words: str) -> None:
    """Wait until the board says this of a device, or says nothing where `words` is empty."""

    def fits(shown: object) -> bool:
        found = next(one for one in shown.devices if one.id == device)  # type: ignore[attr-defined]  # a BoardView
        return words in (found.detail or "") if words else found.detail is None

    board_where(board, fits)


def calls_in_order(scene: Scene) -> list[str]:
    return [
        event.ticket for _, event in scene.office.store.events if isinstance(event, e.TicketCalled)
    ]


def tickets(scene: Scene, count: int) -> None:
    for number in range(count):
        scene.kiosk().ticket(f"k{number}")


@pytest.mark.fault
def test_a_stuck_key_calls_nobody_by_itself_and_staff_are_told(scene: Scene) -> None:
    board = scene.started()
    tickets(scene, 3)
    keypad = scene.keypad()
    assert keypad.press(1, "A").number == "B001"
    notices = [keypad.press(seq, "A").notice for seq in range(2, 12)]
    assert (notices[0], notices[-1]) == (Notice.NOT_ALLOWED, Notice.KEY_STUCK)
    board_says(board, "keypad-3", STUCK_WORDS)
    # The clerk finishes with the other keys; the stuck one does not call B002 into this.
    assert keypad.press(12, "C").ticket_state == "serving"
    assert keypad.press(13, "A").notice is Notice.KEY_STUCK
    assert keypad.press(14, "D").number is None
    for seq in range(15, 20):
        assert keypad.press(seq, "A").notice is Notice.KEY_STUCK
    assert scene.called() == 1
    scene.office.pass_by(FREE_AFTER_S + 1)
    assert keypad.press(20, "A").number == "B002"
    board_says(board, "keypad-3", "")


@pytest.mark.fault
def test_a_storm_of_restarts_calls_once_is_told_and_leaves_the_keypad_usable(scene: Scene) -> None:
    board = scene.started()
    tickets(scene, 2)
    keypad = scene.keypad()
    topic = topics.device_status(OFFICE, "keypad-3")
    sent = []
    for start_no in range(3 * RESTARTS):
        reborn = Keypad(keypad.device, 3, boot=f"storm-{start_no}")
        birth = DeviceStatus(**envelope("keypad-3", online=True, boot=reborn.boot))
        keypad.device.publish(topic, birth.model_dump_json(), retain=True)
        sent.append(reborn.send(1, "A"))  # every start counts from 1 again
        assert reborn.answer().answers == sent[-1].id
        scene.office.pass_by(5)
    assert scene.called() == 1
    board_says(board, "keypad-3", RESTARTING)
    for press in sent:  # and all of it once more, as a broker may
        keypad.device.publish(keypad.key_topic, press.model_dump_json())
        assert keypad.answer().answers == press.id
    assert scene.called() == 1
    assert reborn.press(2, "C").ticket_state == "serving"
    assert reborn.press(3, "D").number is None
    assert reborn.press(4, "A").number == "B002"


@pytest.mark.fault
@pytest.mark.parametrize("seed", range(4))
def test_doubled_and_reordered_presses_call_each_citizen_once(scene: Scene, seed: int) -> None:
    """What a network may do to QoS 1: copies anywhere later, neighbours exchanged."""
    chance = random.Random(seed)
    scene.started()
    tickets(scene, 6)
    keypad = scene.keypad()
    order = list(range(18))
    for place in range(len(order) - 1):
        if chance.random() < 0.2:
            order[place], order[place + 1] = order[place + 1], order[place]
    for copy in chance.choices(order, k=12):
        order.insert(chance.randrange(order.index(copy), len(order) + 1), copy)
    answered = set()
    for seq in order:
        press = keypad.send(seq, "ACD"[seq % 3])
        answered.add(press.id)
        while keypad.answer().answers != press.id:
            pass
    called = calls_in_order(scene)
    assert len(answered) == 18
    assert 1 <= len(called) <= 6
    assert len(set(called)) == len(called)
    # Nobody was passed over: those called are the first of the line.
    issued = [ev.ticket for _, ev in scene.office.store.events if isinstance(ev, e.TicketReserved)]
    assert called == issued[: len(called)]


@pytest.mark.fault
def test_two_clerks_on_one_counter_call_one_citizen(scene: Scene) -> None:
    scene.started()
    tickets(scene, 2)
    left = scene.keypad()
    right = Keypad(scene.device("keypad-3b"), 3, boot="r1")
    first, second = left.send(1, "A"), right.send(1, "A")
    found = {}
    while len(found) < 2:
        answer = left.answer()
        found[answer.answers] = answer
    assert {found[first.id].notice, found[second.id].notice} == {None, Notice.NOT_ALLOWED}
    assert {found[first.id].number, found[second.id].number} == {"B001"}
    assert scene.called() == 1
    started = right.send(2, "C")  # either of them may go on
    while (answer := right.answer()).answers != started.id:
        assert answer.answers in found
    assert answer.ticket_state == "serving"


@pytest.fixture
def desk(scene: Scene, tmp_path: Path) -> Callable[[], CounterDesk]:
    """Counters as `motcua counter` builds them, closed after the test."""

    def make() -> CounterDesk:
        made = CounterDesk(tmp_path, scene.broker.port)
        scene.at_the_end(made.close)
        return made

    return make


@pytest.mark.fault
def test_two_machines_with_one_login_are_named_and_call_one_citizen(
    scene: Scene, desk: Callable[[], CounterDesk], tmp_path: Path
) -> None:
    board = scene.started()
    tickets(scene, 2)
    first = desk()
    first.wait_for_sign(DARK)
    second: CounterAgent = start(read_counter_config(first.config_without_devices(tmp_path)))
    try:
        board_says(board, "keypad-3", SHARED)
        first.press(A)
        board_where(board, lambda b: b.today.called == 1)
    finally:
        second.close()
    assert scene.called() == 1


@pytest.mark.fault
def test_a_broker_restarted_in_the_middle_of_a_call(
    scene: Scene, desk: Callable[[], CounterDesk]
) -> None:
    """The call is on the disk and nobody has heard of it yet when the broker dies."""
    scene.started()
    tickets(scene, 2)
    place = desk()
    place.wait_for_sign(DARK)
    scene.office.writer.held = True
    place.press(A)
    scene.office.writer.submitted_after(2).result(10)
    scene.broker.kill()
    scene.office.writer.release()
    scene.broker.back()
    place.wait_for_sign("B001")
    assert scene.called() == 1
    late = scene.watcher(topics.board(OFFICE))
    shown = board_where(late, lambda b: b.calls and b.calls[0].number == "B001")
    assert shown.board.calls[0].speech is not None
    place.press(KeyStroke("", "C"))
    board_where(late, lambda b: any(one.ticket_state == "serving" for one in b.counters))
    assert scene.called() == 1


@pytest.mark.fault
def test_an_unplugged_display_is_told_to_staff_while_the_counter_goes_on(
    scene: Scene, desk: Callable[[], CounterDesk]
) -> None:
    board = scene.started()
    tickets(scene, 1)
    place = desk()
    place.wait_for_sign(DARK)
    place.sign.unplug()
    board_says(board, "keypad-3", DISPLAY_LOST)
    place.keypad.send(encode(A))
    board_where(board, lambda b: b.calls and b.calls[0].number == "B001")
    place.sign.plug()
    place.wait_for_sign("B001")
    board_says(board, "keypad-3", "")
