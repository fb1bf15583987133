"""The broker is killed under the working server: over HTTP all goes on, then devices are right."""

from __future__ import annotations

from pathlib import Path

import psutil
import pytest

from queue_server.contracts import topics
from queue_server.contracts.messages import CounterStateMessage
from tests.fault.busy_crowd import BusyCrowd
from tests.fault.truth_on_disk import assert_nothing_lost_or_doubled
from tests.integration.office_brokers import Device, wait_for_port
from tests.office_process import OfficeProcess

pytestmark = [pytest.mark.fault, pytest.mark.timeout(180)]

OFFICE = "ward"
BROKER = "queue_server.adapters.broker_process"


def broker_of(server: OfficeProcess) -> psutil.Process:
    """The child that carries the messages; others may plan or learn."""
    children = psutil.Process(server.pid).children()
    (broker,) = (child for child in children if BROKER in " ".join(child.cmdline()))
    return broker


def test_tickets_and_calls_go_on_without_a_broker(tmp_path: Path) -> None:
    server = OfficeProcess(tmp_path / "office")
    with server, server.client() as client:
        port = int(server.first_line().rpartition(":")[2])
        crowd = BusyCrowd(server, citizens=2, counters=2)
        crowd.start()
        crowd.up.set()
        for _ in range(3):
            crowd.wait_for_answers(30)
            broker = broker_of(server)
            broker.kill()
            broker.wait(10)
            crowd.wait_for_answers(30)
            wait_for_port(port)
        crowd.go_home()
        client.post("/counters/1/call-next").raise_for_status()
        there = client.get("/counters/1").json()
        keypad = Device(port, "counter-1", password=server.secret("counter-1"))
        try:
            assert keypad.subscribe(topics.counter_state(OFFICE, 1))
            shown = CounterStateMessage.model_validate_json(keypad.next().payload)
            while shown.version != there["version"]:
                shown = CounterStateMessage.model_validate_json(keypad.next().payload)
        finally:
            keypad.close()
        number = there["ticket"]["number"] if there["ticket"] else None
        assert (shown.number, shown.state) == (number, there["state"])
        assert server.stop() == 0
    assert_nothing_lost_or_doubled(server.folder, crowd.notebook)
