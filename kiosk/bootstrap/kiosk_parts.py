"""Builds the parts of a kiosk from its configuration; nothing is opened before it is needed."""

from __future__ import annotations

import logging
import secrets
import uuid
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from importlib.metadata import version
from pathlib import Path
from time import monotonic

from kiosk.adapters.catalogue_files import read_catalogue, shipped_catalogue
from kiosk.adapters.http_catalogue import CatalogueFile, HttpCatalogue
from kiosk.adapters.http_gateway import TRIES, HttpTicketGateway
from kiosk.adapters.journal_file import JournalFile
from kiosk.adapters.machine_clock import moment
from kiosk.adapters.mqtt_presence import BrokerAddress, MqttPresence
from kiosk.adapters.office_look import OfficeLook, office_look
from kiosk.adapters.slip_letters import khmer_can_be_set
from kiosk.config.credentials import Credentials, read_credentials
from kiosk.config.kiosk import KioskConfig
from kiosk.config.navpad import default_navpad, read_navpad
from kiosk.config.theme import Theme, default_theme_path
from kiosk.domain.catalogue import Catalogue
from kiosk.domain.glass import Glass
from kiosk.domain.navpad import NavKey
from kiosk.domain.words import Words
from kiosk.use_cases.issue_ticket import VIETNAM, IssueTicket, SlipFacts
from kiosk.use_cases.office_catalogue import FollowCatalogue
from kiosk.use_cases.ports import JournalError, PrinterStatus, SlipPrinter
from kiosk.use_cases.stand_alone import StandAlone
from queue_server.contracts.config_file import read_config
from queue_server.contracts.forms import shipped_forms
from queue_server.contracts.messages import Paper

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class KioskPlan:
    """A configuration with everything it points to, read and found good."""

    config: KioskConfig
    credentials: Credentials
    catalogue: Catalogue
    theme: Theme
    keys: Mapping[int, NavKey]
    folder: Path
    look: tuple[OfficeLook, str] | None = None

    @property
    def office(self) -> Words:
        """The office's name, as its server says it or else as this file does."""
        if self.look is not None:
            return self.look[0].name
        return Words(self.config.office.name_vi, self.config.office.name_en)

    @property
    def glass(self) -> Glass:
        """The glass as the configuration says it, before there is a window on it."""
        screen = self.config.screen
        shape = (9, 16) if screen.orientation == "portrait" else (16, 10)
        return Glass.of(*shape, screen.diagonal_inch)

    @property
    def khmer_paper(self) -> bool:
        """Whether slips may be Khmer: each printer draws them, and the letters can be joined."""
        printers = (self.config.printer, self.config.second_printer)
        return khmer_can_be_set() and not any(one.prints_text for one in printers)

    @property
    def logo(self) -> str:
        """The brand's picture, empty where it has none; it lies beside the theme file.

        Without one there it is the office's own, from its server.
        """
        if self.look is not None and not self.theme.brand.logo:
            return self.look[1]
        theme, logo = self.config.screen.theme, self.theme.brand.logo
        return str((self.folder / theme).parent / logo) if theme and logo else ""


def read_plan(path: Path) -> KioskPlan:
    """Read the configuration and the files behind it, the forms among them.

    Raises:
        ConfigError: one of them cannot be used; the message names file, key and cure.
    """
    folder = path.parent
    config = _with_own_files(read_config(path, KioskConfig), folder)
    shipped_forms()
    own, theme, keys = config.catalogue.folder, config.screen.theme, config.keypad.map
    return KioskPlan(
        config,
        read_credentials(folder / config.server.credentials),
        read_catalogue(folder / own if own else Path(str(shipped_catalogue()))),
        read_config(folder / theme if theme else default_theme_path(), Theme),
        read_navpad(folder / keys if keys else default_navpad()),
        folder,
    )


def in_the_offices_look(plan: KioskPlan, gateway: HttpTicketGateway) -> KioskPlan:
    """The plan in the look that the server's administration chose; a theme file of its own wins.

    Asked once at the start, for at most three and a half seconds; what was heard is kept.
    """
    look = office_look(gateway, plan.folder / plan.config.state)
    if look is None:
        return plan
    theme = plan.theme if plan.config.screen.theme else look[0].on(plan.theme)
    return replace(plan, look=look, theme=theme)


def _with_own_files(config: KioskConfig, folder: Path) -> KioskConfig:
    if config.mqtt is None:
        return config
    mqtt = config.mqtt.beside(folder, folder / config.server.credentials)
    mqtt.tls()
    return config.model_copy(update={"mqtt": mqtt})


def make_gateway(plan: KioskPlan, *, patient: bool = True) -> HttpTicketGateway:
    """Build the way to the server; not patient is who can do without it."""
    server, tries = plan.config.server, TRIES if patient else 1
    ca = plan.folder / server.ca if server.ca else None
    return HttpTicketGateway(server.url, plan.credentials, tries=tries, ca=ca)


def make_alone(plan: KioskPlan, gateway: HttpTicketGateway, stack: ExitStack) -> StandAlone | None:
    """Build what gives numbers while the server is away; None where nothing can be written."""
    try:
        journal = JournalFile(plan.folder / plan.config.state / "numbers.journal")
    except JournalError as error:
        log.error("no numbers of its own: %s", error)  # noqa: TRY400 - the reason is the message
        return None
    stack.callback(journal.close)
    return StandAlone(gateway, journal, partial(moment, VIETNAM), _own_names)


def _own_names() -> tuple[str, str]:
    """Key and follow code; nobody guesses a code of 96 bits, and no server has to be asked."""
    return uuid.uuid4().hex, secrets.token_urlsafe(12)


def make_issue(
    plan: KioskPlan,
    gateway: HttpTicketGateway,
    printer: SlipPrinter | None,
    tell: Callable[[PrinterStatus], None],
    alone: StandAlone | None = None,
) -> IssueTicket:
    """Build the use case; what the printer answers goes to `tell`."""
    facts = SlipFacts(plan.office, plan.catalogue, plan.khmer_paper)
    return IssueTicket(gateway, printer, facts, lambda: uuid.uuid4().hex, tell, alone)


def make_procedures(plan: KioskPlan, gateway: HttpTicketGateway) -> FollowCatalogue:
    """Build what follows the office's catalogue; a folder of the kiosk's own wins over it."""
    shelf = CatalogueFile(plan.folder / plan.config.state)
    source = HttpCatalogue(gateway) if plan.config.catalogue.folder is None else None
    return FollowCatalogue(source, shelf, plan.catalogue, monotonic)


def make_presence(plan: KioskPlan) -> MqttPresence | None:
    """Build the presence, None when no broker is configured."""
    mqtt = plan.config.mqtt
    if mqtt is None:
        return None
    return MqttPresence(
        BrokerAddress(mqtt.host, mqtt.port, plan.config.office.id, tls=mqtt.tls()),
        plan.credentials,
        {"motcua": version("motcua-edge")},
        heartbeat_s=mqtt.heartbeat_s,
    )


def report_printer(
    presence: MqttPresence | None,
    alone: StandAlone | None,
    status: PrinterStatus,
    notes: Callable[[], list[str]] = list,
) -> None:
    """Tell the office how printer, journal and, by `notes`, other parts are."""
    if presence is None:
        return
    fault = status.fault or status.broken
    details = []
    if status.broken is not None:
        details.append("second printer in use")
    if alone is not None and alone.trouble:
        details.append(f"journal: {alone.trouble}")
    if alone is not None and alone.refused:
        details.append(f"{alone.refused} numbers given offline were refused")
    details += [note for note in notes() if note]
    presence.report(
        paper=Paper(status.paper.value),
        printer=fault.value if fault else "ready",
        detail=". ".join(details) or None,
    )
