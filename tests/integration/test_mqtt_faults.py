"""Server killed, broker killed, server away: delayed perhaps, never lost, doubled or invented."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from queue_server.contracts import topics
from queue_server.contracts.messages import CounterStateMessage
from queue_server.domain import commands as c
from queue_server.use_cases.keep_day import Request
from tests.integration.bridged_office import Keypad, board_where
from tests.integration.mqtt_scene import Scene
from tests.integration.office_brokers import OFFICE, WAIT_S


@pytest.mark.fault
def test_a_server_killed_between_commit_and_acknowledgement_answers_the_same(scene: Scene) -> None:
    scene.started()
    kiosk = scene.kiosk()
    scene.office.writer.held = True
    committed = scene.watcher(topics.board(OFFICE))
    request = kiosk.issue("k1")
    board_where(committed, lambda board: board.today.waiting == 1)
    scene.office.kill_bridge()
    scene.office.writer.held = False
    scene.office.new_bridge().start()
    if scene.redelivers:
        reply = kiosk.reply()
        assert reply.request_id == request.id
    else:
        kiosk.issue("k1")  # amqtt forgets; the kiosk's retry has the same key
        reply = kiosk.reply()
    assert (reply.ok, reply.replayed) == (True, True)
    assert scene.issued() == 1


@pytest.mark.fault
def test_a_press_while_the_server_is_away_arrives_once_if_it_is_fresh(scene: Scene) -> None:
    scene.started()
    scene.kiosk().ticket("k1")
    scene.kiosk().ticket("k2")
    keypad = scene.keypad()
    scene.office.bridge.close()
    stale = keypad.send(1, "A", sent_at=datetime.now(UTC) - timedelta(seconds=6))
    fresh = keypad.send(2, "A")
    scene.office.new_bridge().start()
    answers = {keypad.answer().answers: None for _ in range(2)}
    assert set(answers) == {stale.id, fresh.id}
    again = keypad.press(2, "A")
    assert (again.number, scene.called()) == ("B001", 1)


@pytest.mark.fault
def test_a_killed_broker_comes_back_with_all_states(scene: Scene) -> None:
    scene.started()
    scene.kiosk().ticket("k1")
    keypad = scene.keypad()
    assert keypad.press(1, "A").number == "B001"
    for seq in (2, 3):
        scene.broker.kill()
        scene.broker.back()
        keypad.device.close()
        keypad = Keypad(scene.device("keypad-3"), 3)
        state = keypad.state()
        while state.number is None:  # amqtt comes back empty until the server has spoken
            state = keypad.state()
        assert state.number == "B001"
        display = scene.device("display")
        assert display.subscribe(topics.board(OFFICE))
        board_where(display, lambda b: b.calls and b.calls[0].number == "B001")
        assert keypad.press(seq, "B").recalls == seq - 1
        display.close()
    assert scene.called() == 1


@pytest.mark.fault
def test_what_happens_while_the_broker_is_away_is_told_when_it_is_back(scene: Scene) -> None:
    scene.started()
    scene.kiosk().ticket("k1")
    scene.broker.kill()
    call = Request(c.CallNext(counter=3), lambda _day, _outcome, _at: {})
    future = scene.office.writer.submit(call)
    assert future.result(WAIT_S).fault is None
    scene.broker.back()
    watcher = scene.watcher(topics.counter_state(OFFICE, 3))
    state = CounterStateMessage.model_validate_json(watcher.next().payload)
    while state.number is None:
        state = CounterStateMessage.model_validate_json(watcher.next().payload)
    assert state.number == "B001"
