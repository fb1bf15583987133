"""mosquitto is killed while kiosks ask for numbers by MQTT; what it had saved is kept, or lost."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from kiosk.adapters.mqtt_presence import BrokerAddress, MqttPresence
from kiosk.config.credentials import read_credentials
from kiosk.domain.ticket import TicketOrder
from kiosk.domain.words import Language
from kiosk.use_cases.ports import ServerAwayError
from queue_server.bootstrap.mqtt_side import write_broker_files
from queue_server.demo.mqtt_gateway import MqttTicketGateway
from tests.campaign.found import Cannot, Found, found
from tests.campaign.unruly_server import A_FEW, crowded
from tests.fault.truth_on_disk import assert_nothing_lost_or_doubled
from tests.integration.office_brokers import MOSQUITTO, Mosquitto
from tests.office_process import OfficeProcess

KIOSKS = ("kiosk-1", "kiosk-2")
ANSWERED_WITHIN_S = 120.0
SERVICE = "HT"


class KioskByMqtt:
    """One citizen after the other asks at a kiosk without HTTP, each until there is a number."""

    def __init__(self, office: Path, port: int, kiosk: str) -> None:
        credentials = read_credentials(office / "credentials" / f"{kiosk}.json")
        address = BrokerAddress("127.0.0.1", port, "ward")
        self._presence = MqttPresence(address, credentials, {}, on_link=lambda _up: None)
        self._gateway = MqttTicketGateway(self._presence, "ward", kiosk)
        self._home = threading.Event()
        self._news = threading.Condition()
        self.held: dict[str, dict[str, Any]] = {}
        self._thread = threading.Thread(target=self._work)

    def start(self) -> None:
        """Join the broker and begin."""
        self._presence.start()
        self._thread.start()

    def wait_for_number(self) -> None:
        """Until one more citizen holds a number."""
        with self._news:
            goal = len(self.held) + 1
            came = self._news.wait_for(lambda: len(self.held) >= goal, ANSWERED_WITHIN_S)
        assert came, "nobody got a number by MQTT"

    def go_home(self) -> None:
        """The last citizen gets a number, then nobody comes."""
        self._home.set()
        self._thread.join(ANSWERED_WITHIN_S)
        assert not self._thread.is_alive(), "somebody still waits for a number"
        self._presence.close()

    def _work(self) -> None:
        while not self._home.is_set():
            key = uuid.uuid4().hex
            number = self._number(key)
            with self._news:
                self.held[key] = number
                self._news.notify_all()

    def _number(self, key: str) -> dict[str, Any]:
        while True:
            try:
                ticket = self._gateway.reserve(TicketOrder(SERVICE, Language.VI), key)
            except ServerAwayError:
                continue
            return {"id": ticket.id, "number": ticket.number}


@contextmanager
def kiosks_at(office: Path, port: int) -> Iterator[list[KioskByMqtt]]:
    """Both kiosks at work, at home again at the end."""
    with ExitStack() as stack:
        kiosks = [KioskByMqtt(office, port, name) for name in KIOSKS]
        for kiosk in kiosks:
            kiosk.start()
            stack.callback(kiosk.go_home)
        yield kiosks


def mosquitto_killed(folder: Path, rounds: int) -> Found:
    """`kill -9`; every second time what it had saved is gone: a broker that saves nothing."""
    if MOSQUITTO is None:
        raise Cannot("mosquitto is not installed")
    office, lists = folder / "office", folder / "broker"
    OfficeProcess(office)
    broker = Mosquitto(lists)
    write_broker_files(office, lists, broker.port)
    with (lists / "motcua.conf").open("a", encoding="utf-8") as conf:
        conf.write("user root\n")
    broker.start()
    server = OfficeProcess(office, mqtt=f"127.0.0.1:{broker.port}")
    try:
        with (
            crowded(server, citizens=2, counters=2) as crowd,
            kiosks_at(office, broker.port) as kiosks,
        ):
            for number in range(rounds):
                for kiosk in kiosks:
                    kiosk.wait_for_number()
                broker.kill()
                crowd.wait_for_answers(A_FEW)
                if number % 2:
                    (lists / "mosquitto.db").unlink(missing_ok=True)
                broker.back()
            for kiosk in kiosks:
                kiosk.wait_for_number()
    finally:
        broker.close()
    by_mqtt = {key: body for kiosk in kiosks for key, body in kiosk.held.items()}
    crowd.notebook.tickets.update(by_mqtt)
    truth = assert_nothing_lost_or_doubled(office, crowd.notebook)
    note = f"{len(by_mqtt)} of them asked for by MQTT, half of the kills without what was saved"
    return found(rounds, crowd.notebook, truth, note)
