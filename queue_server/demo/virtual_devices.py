"""The devices of the virtual office: real agents, gateways and printers, with virtual hands."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import mean

from kiosk.adapters.catalogue_files import read_catalogue, shipped_catalogue
from kiosk.adapters.http_gateway import HttpTicketGateway
from kiosk.adapters.mqtt_counter_link import MqttCounterLink
from kiosk.adapters.mqtt_presence import BrokerAddress, MqttPresence
from kiosk.adapters.printer_simulator import PrinterSimulator
from kiosk.adapters.simulated_printer import SimulatedPrinter
from kiosk.agents.counter import CounterAgent
from kiosk.bootstrap.printer import printer_from
from kiosk.config.credentials import Credentials, read_credentials
from kiosk.config.printer import PrinterConfig
from kiosk.domain.catalogue import Catalogue
from kiosk.domain.words import Words
from kiosk.use_cases.issue_ticket import IssueTicket, SlipFacts
from kiosk.use_cases.ports import PrinterStatus, TicketGateway
from queue_server.bootstrap import RunningOffice
from queue_server.contracts.messages import Paper
from queue_server.contracts.tls_files import TlsFiles
from queue_server.demo.mqtt_gateway import MqttTicketGateway
from queue_server.demo.virtual_clerk import VirtualKeypad, WatchedLink, Workplace

VERSIONS = {"motcua": version("motcua-edge")}
OVER_MQTT = "kiosk-2"


@dataclass(frozen=True, slots=True)
class Station:
    """A kiosk: its way to the server, and who hears how its printer is."""

    id: str
    gateway: TicketGateway
    presence: MqttPresence


class VirtualDevices:
    """Everything that stands in front of people, until `close`; `apart` are left to others."""

    def __init__(self, office: RunningOffice, apart: frozenset[str] = frozenset()) -> None:
        self._office = office
        self._stack = ExitStack()
        self.catalogue: Catalogue = read_catalogue(Path(str(shipped_catalogue())))
        self.kiosks: list[Station] = []
        self.workplaces: list[Workplace] = []
        for device in office.settings.file.devices:
            if device.id in apart:
                continue
            if device.role == "kiosk":
                self.kiosks.append(self._kiosk(device.id))
            elif device.role == "counter" and device.counter is not None:
                self.workplaces.append(self._workplace(device.id, device.counter))
            elif device.role in {"display", "announcer"}:
                self._presence(device.id).start()

    def close(self) -> None:
        """Say goodbye and let go of everything."""
        self._stack.close()

    def _kiosk(self, name: str) -> Station:
        presence = self._presence(name)
        gateway: TicketGateway
        if name == OVER_MQTT:
            gateway = MqttTicketGateway(presence, self._office.settings.file.office.id, name)
        else:
            gateway = HttpTicketGateway(self._office.http_url, self._credentials(name))
            self._stack.callback(gateway.close)
        presence.start()
        return Station(name, gateway, presence)

    def _workplace(self, name: str, counter: int) -> Workplace:
        keypad = VirtualKeypad()
        link = WatchedLink(
            MqttCounterLink(self._address(name), self._credentials(name), counter, VERSIONS)
        )
        agent = CounterAgent(keypad, link, None, now=time.monotonic)
        agent.start()
        self._stack.callback(agent.close)
        file = self._office.settings.file
        served = {entry.service for entry in file.to_office().counters[counter].profile}
        usual_min = mean(one.service_min for one in file.services if one.id in served)
        return Workplace(keypad, link, served, usual_min)

    def _presence(self, name: str) -> MqttPresence:
        presence = MqttPresence(self._address(name), self._credentials(name), VERSIONS)
        self._stack.callback(presence.close)
        return presence

    def _address(self, name: str) -> BrokerAddress:
        broker, settings = self._office.broker, self._office.settings
        own = settings.data / "credentials" / f"{name}.pem"
        root = settings.data / "tls" / "ca.pem"
        tls = TlsFiles(root, own, own.with_suffix(".key")) if settings.mqtt_tls else None
        return BrokerAddress(broker.host, broker.port, settings.file.office.id, tls=tls)

    def _credentials(self, name: str) -> Credentials:
        return read_credentials(self._office.settings.data / "credentials" / f"{name}.json")


@contextmanager
def loaded_printer(folder: Path) -> Iterator[PrinterConfig]:
    """A printer simulator with paper for a day; the slips are filed in `folder`."""
    simulator = PrinterSimulator(SimulatedPrinter(folder=folder), port=0)
    try:
        host, port = simulator.address
        yield PrinterConfig(kind="network", host=host, port=port)
    finally:
        simulator.close()


@contextmanager
def issuing(
    station: Station, office: Words, catalogue: Catalogue, folder: Path
) -> Iterator[IssueTicket]:
    """A kiosk's use case with a printer of its own, which tells the office of its paper."""

    def report(status: PrinterStatus) -> None:
        station.presence.report(
            paper=Paper(status.paper.value),
            printer=status.fault.value if status.fault else "ready",
        )

    with loaded_printer(folder) as config:
        printer = printer_from(config)
        try:
            if printer is not None:
                report(printer.status())
            facts = SlipFacts(office, catalogue)
            new_key = lambda: uuid.uuid4().hex  # noqa: E731 - a name for one expression
            yield IssueTicket(station.gateway, printer, facts, new_key, report)
        finally:
            if printer is not None:
                printer.close()
