"""Requests and key presses over both brokers: committed before acknowledged, once, in order."""

from __future__ import annotations

import logging
import queue
import socket
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from queue_server.contracts import topics
from queue_server.contracts.messages import CallMessage, DeviceStatus, Notice
from queue_server.contracts.problems import ProblemCode
from queue_server.contracts.views import BoardView
from tests.integration.bridged_office import Keypad, board_where, envelope
from tests.integration.mqtt_scene import Scene
from tests.integration.office_brokers import (
    OFFICE,
    WAIT_S,
)


def test_a_request_is_acknowledged_only_after_its_commit(scene: Scene) -> None:
    steps: queue.Queue[str] = queue.Queue()
    acknowledge = scene.office.bridge._link.acknowledge

    def spy(receipt: Any) -> None:
        steps.put(f"acknowledged after {scene.issued()}")
        acknowledge(receipt)

    scene.office.bridge._link.acknowledge = spy  # type: ignore[method-assign]  # a spy
    scene.started()
    kiosk = scene.kiosk()
    scene.office.writer.held = True
    kiosk.issue("k1")
    with pytest.raises(queue.Empty):
        steps.get(timeout=0.2)  # that something does not happen can only be watched for a while
    scene.office.writer.release()
    assert steps.get(timeout=WAIT_S) == "acknowledged after 1"
    assert kiosk.reply().ok


def test_no_socket_of_the_server_waits_to_send(scene: Scene) -> None:
    scene.started()
    client = scene.office.bridge._link._client
    for sock in (client.socket(), client._sockpairW):
        assert sock is not None
        assert sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0


def test_a_kiosk_takes_confirms_voids_and_leases(scene: Scene) -> None:
    scene.started()
    kiosk = scene.kiosk()
    request = kiosk.send(kind="issue", key="k1", ticket={"service": "b", "confirm": False})
    reply = kiosk.reply()
    assert (reply.request_id, reply.ok, reply.replayed) == (request.id, True, False)
    assert reply.body is not None
    assert (reply.body["number"], reply.body["state"]) == ("B001", "reserved")
    ticket = reply.body["id"]

    kiosk.send(kind="confirm", key="k2", ticket_id=ticket, confirm={"slip": "printed"})
    confirmed = kiosk.reply()
    assert confirmed.body is not None
    assert confirmed.body["state"] == "waiting"

    kiosk.send(kind="void", key="k3", ticket_id=ticket)
    refused = kiosk.reply()
    assert refused.problem is not None
    assert (refused.problem.code, refused.problem.state) == (ProblemCode.ILLEGAL_MOVE, "waiting")

    kiosk.send(kind="lease", key="k4", lease={"service": "b", "size": 5})
    leased = kiosk.reply()
    assert leased.body is not None
    assert (leased.body["letter"], leased.body["first"], leased.body["last"]) == ("B", 500, 504)


def test_a_repeated_request_gets_the_same_answer(scene: Scene) -> None:
    scene.started()
    kiosk = scene.kiosk()
    kiosk.issue("k1")
    first = kiosk.reply()
    kiosk.issue("k1")
    again = kiosk.reply()
    assert (again.replayed, again.body) == (True, first.body)
    kiosk.issue("k1", service="a")
    other = kiosk.reply()
    assert other.problem is not None
    assert other.problem.code is ProblemCode.KEY_REUSED
    assert scene.issued() == 1


def test_a_kiosk_moves_only_its_own_tickets_and_is_answered_only_at_home(scene: Scene) -> None:
    scene.started()
    kiosk, other = scene.kiosk(), scene.kiosk("kiosk-2")
    kiosk.issue("k1")
    body = kiosk.reply().body
    assert body is not None
    other.send(kind="void", key="k1", ticket_id=body["id"])
    refused = other.reply()
    assert refused.problem is not None
    assert refused.problem.code is ProblemCode.UNKNOWN_TICKET
    other.send(kind="issue", key="k2", ticket={"service": "b"}, reply_to=topics.calls(OFFICE))
    assert not other.reply().ok
    other.send(kind="issue", key="k3", ticket={"service": "b"}, source="kiosk-1")
    forged = other.reply()
    assert forged.problem is not None
    assert forged.problem.code is ProblemCode.NOT_ALLOWED
    assert scene.issued() == 1


def test_a_key_press_calls_and_everybody_hears_it(scene: Scene) -> None:
    board = scene.started()
    assert scene.kiosk().ticket("k1") == "B001"
    display = scene.device("display")
    assert display.subscribe(topics.calls(OFFICE))
    keypad = scene.keypad()

    answer = keypad.press(1, "A")
    assert (answer.number, answer.ticket_state, answer.notice) == ("B001", "called", None)
    call = CallMessage.model_validate_json(display.next().payload)
    assert (call.number, call.counter, call.recall) == ("B001", 3, False)
    assert call.speech.vi == "Mời công dân có số B không không một đến quầy số ba."
    shown = board_where(board, lambda b: b.calls and b.calls[0].number == "B001")
    assert (shown.board.calls[0].seq, call.seq) == (call.seq, answer.seq)

    assert keypad.press(2, "B").recalls == 1
    recall = CallMessage.model_validate_json(display.next().payload)
    assert (recall.recall, recall.seq > call.seq) == (True, True)

    late = Keypad(scene.stranger(), 3)
    while (state := late.state()).recalls == 0:  # the answer goes out before the retained state
        assert state.number in {None, "B001"}
    assert (state.number, state.recalls, state.answers) == ("B001", 1, None)


def test_a_press_that_does_nothing_says_why(scene: Scene) -> None:
    scene.started()
    keypad = scene.keypad()
    assert keypad.press(1, "A").notice is Notice.NOBODY_WAITING
    assert keypad.press(2, "C").notice is Notice.NOT_ALLOWED  # nobody to start with
    assert keypad.press(3, "Z").notice is Notice.NOT_ALLOWED  # no such key
    assert keypad.press(4, "#", digits="7").notice is Notice.NOT_ALLOWED  # no such number
    scene.office.store.broken = True
    scene.kiosk().issue("k1")  # something to write, so that the store is asked
    assert keypad.press(5, "A", digits="0").notice is Notice.STORE_UNAVAILABLE
    scene.office.store.broken = False
    assert keypad.press(5, "A", digits="0").state == "paused"  # the same press, tried again


def test_a_clerk_asks_a_colleague_over_and_no_ticket_moves(scene: Scene) -> None:
    board = scene.started()
    scene.kiosk().ticket("k1")
    keypad = scene.keypad()
    called = keypad.press(1, "A")

    def helped(wanted: bool) -> datetime | None:  # noqa: FBT001 - read aloud at the call
        def fits(shown: BoardView) -> bool:
            (counter,) = (one for one in shown.counters if one.number == 3)
            return (counter.help_since is not None) is wanted and bool(counter.ticket)

        message = board_where(board, fits)
        assert [one.number for one in message.board.counters if one.help_since] == [3] * wanted
        return next(one.help_since for one in message.board.counters if one.number == 3)

    asked = keypad.press(2, "*", digits="0")
    assert (asked.notice, asked.number, asked.version) == (
        Notice.HELP_ASKED, called.number, called.version,
    )  # fmt: skip
    since = helped(wanted=True)
    assert keypad.press(3, "*", digits="0").notice is Notice.HELP_ASKED
    assert scene.office.staff_help.asked() == {3: since}
    assert keypad.press(4, "*", digits="1").notice is None
    assert helped(wanted=False) is None
    assert keypad.press(4, "*", digits="1").version == called.version


def test_a_press_counts_once_and_only_in_order(scene: Scene) -> None:
    scene.started()
    kiosk, keypad = scene.kiosk(), scene.keypad()
    for key in "abc":
        kiosk.ticket(key)
    first = keypad.press(2, "A")
    assert keypad.press(2, "A").version == first.version
    assert keypad.press(1, "A").notice is Notice.TOO_LATE
    keypad.press(3, "C")
    assert keypad.press(4, "A").number == "B002"
    reborn = Keypad(keypad.device, 3, boot="b2")
    reborn.press(1, "C")
    assert reborn.press(2, "A").number == "B003"
    assert keypad.press(5, "A").notice is Notice.TOO_LATE  # from before its restart
    assert scene.called() == 3


def test_an_old_press_is_refused_where_the_clerk_sees_it(scene: Scene) -> None:
    scene.started()
    scene.kiosk().ticket("k1")
    keypad = scene.keypad()
    assert keypad.press(1, "A", age_ms=5001).notice is Notice.TOO_LATE
    long_ago = datetime.now(UTC) - timedelta(seconds=6)
    assert keypad.press(2, "A", sent_at=long_ago).notice is Notice.TOO_LATE
    assert keypad.press(3, "A", age_ms=4000).number == "B001"


def test_a_keypad_with_a_wrong_clock_is_understood_after_its_birth(scene: Scene) -> None:
    board = scene.started()
    scene.kiosk().ticket("k1")
    keypad = scene.keypad()
    wrong = datetime.now(UTC) - timedelta(days=365)
    status = DeviceStatus(**envelope("keypad-3", sent_at=wrong, online=True))
    keypad.device.publish(topics.device_status(OFFICE, "keypad-3"), status.model_dump_json())
    board_where(board, lambda b: any(d.id == "keypad-3" and d.online for d in b.devices))
    stale = wrong - timedelta(seconds=6)
    assert keypad.press(1, "A", sent_at=stale).notice is Notice.TOO_LATE
    assert keypad.press(2, "A", sent_at=wrong).number == "B001"


def test_a_press_for_another_counter_is_refused(scene: Scene) -> None:
    """The broker's list forbids it already; the server looks again."""
    scene.started()
    scene.kiosk().ticket("k1")
    forger = Keypad(scene.stranger(), 3)
    assert forger.press(1, "A", source="keypad-4").notice is Notice.NOT_ALLOWED
    assert forger.press(2, "A", source="kiosk-1").notice is Notice.NOT_ALLOWED
    assert forger.press(3, "A", source="keypad-3").number == "B001"
    assert scene.office.bridge.faults["keypad-4", "foreign_counter"] == 1


MALFORMED = [b" ", b"\xff\xfe", b"{", b"[]", b'{"id": "x7"}', b'{"id": 7}', b"[" * 100_000]


def test_what_cannot_be_read_is_counted_answered_and_gone(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    scene.started()
    kiosk, keypad = scene.kiosk(), scene.keypad()
    with caplog.at_level(logging.WARNING):
        for payload in MALFORMED:
            wanted = "x7" if b"x7" in payload else ""
            kiosk.device.publish(kiosk.request_topic, payload)
            reply = kiosk.reply()
            assert reply.problem is not None
            assert (reply.problem.code, reply.request_id) == (ProblemCode.MALFORMED, wanted)
            keypad.device.publish(keypad.key_topic, payload)
            answer = keypad.answer()
            assert (answer.notice, answer.answers) == (Notice.NOT_ALLOWED, wanted or None)
    logged = [record.getMessage() for record in caplog.records]
    assert sum("malformed from kiosk-1" in line for line in logged) == 1
    assert not any("x7" in line or "[[" in line for line in logged)
    assert scene.office.bridge.faults["counter-3", "malformed"] == len(MALFORMED)
    assert kiosk.ticket("k1") == "B001"
    scene.office.bridge.close()
    scene.office.new_bridge().start()
    last = kiosk.issue("k2")
    while (reply := kiosk.reply()).request_id != last.id:
        assert reply.replayed, "what could not be read came again"


def test_an_unknown_topic_is_counted(scene: Scene) -> None:
    scene.started()
    topic = topics.counter_key(OFFICE, 3).replace("/3/", "/three/")
    scene.stranger().publish(topic, "{}")
    assert scene.kiosk().ticket("k1") == "B001"
    assert scene.office.bridge.faults["unknown", "unknown_topic"] == 1


def test_presence_follows_birth_report_and_last_will(scene: Scene) -> None:
    board = scene.started()
    topic = topics.device_status(OFFICE, "kiosk-1")

    def status(**fields: Any) -> str:
        return DeviceStatus(**envelope("kiosk-1", **fields)).model_dump_json()

    kiosk = scene.device("kiosk-1", topic=topic, payload=status(online=False), qos=1, retain=True)
    kiosk.publish(topic, status(online=True, paper="near_end"), retain=True)

    def shown(**facts: Any) -> None:
        board_where(
            board,
            lambda b: any(
                device.id == "kiosk-1" and facts.items() <= device.model_dump().items()
                for device in b.devices
            ),
        )

    shown(online=True, paper="near_end")
    kiosk.break_off()
    shown(online=False)
    foreign = DeviceStatus(**envelope("kiosk-2", online=True)).model_dump_json()
    scene.device("kiosk-1").publish(topic, foreign)
    scene.kiosk().ticket("k1")
    assert not scene.office.presence.online("kiosk-2")
    assert scene.office.bridge.faults["kiosk-1", "foreign_status"] == 1
