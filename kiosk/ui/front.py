"""What a screen may ask of the kiosk around it, and what stands behind the kiosk."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from kiosk.config.kiosk import ScreenSection
from kiosk.config.theme import Theme
from kiosk.domain.appointment import FreeDay
from kiosk.domain.card import CardFacts
from kiosk.domain.catalogue import Catalogue
from kiosk.domain.guide import Guide
from kiosk.domain.identity_number import IdentityNumber
from kiosk.domain.navpad import NavKey
from kiosk.domain.priority import Priority
from kiosk.domain.promise import Promise
from kiosk.domain.scan import NotRead, Scan
from kiosk.domain.search import ProcedureSearch
from kiosk.domain.session import Session
from kiosk.domain.ticket import TicketOrder, WaitingLine
from kiosk.domain.visit_rules import VisitRules
from kiosk.domain.words import Words
from kiosk.ui.background import Background
from kiosk.ui.locale import Locale
from kiosk.ui.theme import Look
from kiosk.use_cases.appointment_ports import AppointmentGateway
from kiosk.use_cases.file_dossier import FileDossier
from kiosk.use_cases.home_visit_ports import HomeVisitGateway
from kiosk.use_cases.issue_ticket import Issued
from kiosk.use_cases.ports import Scanner
from kiosk.use_cases.print_promise import PrintPromise
from kiosk.use_cases.rating_ports import RatingGateway
from kiosk.use_cases.scan_papers import ScanPapers
from kiosk.use_cases.smile_consent import Consent
from kiosk.use_cases.voice_ports import Headset
from kiosk.use_cases.watch_office import OfficeNow
from queue_server.contracts.forms import Form


def _no_card(_text: str | None) -> CardFacts | NotRead:
    """A kiosk without a scanner knows no card."""
    return NotRead.UNKNOWN


def _nothing_understood(_text: str | None) -> Scan:
    return NotRead.UNKNOWN


def _not_named(_office: Words) -> None:
    """Nothing on paper bears the office's name here."""


def _not_printed(_catalogue: Catalogue) -> None:
    """Nothing on paper names papers to bring here."""


def _nobody_told() -> None:
    """Nobody hears that the scanner is refused."""


@dataclass(frozen=True, slots=True)
class Fonts:
    """The files of the two weights that the screens use, and of the script that they lack."""

    regular: Path
    bold: Path
    khmer: Path


@dataclass(frozen=True, slots=True)
class Backstage:
    """Everything behind the screens.

    `print_promise` is None in a kiosk without a printer; `khmer_paper`: it can print Khmer.
    `issue`, `watch`, `catch_up` and `print_again` are slow and run in the background. `help_place`
    is where people go when the kiosk cannot help them. `keys` says what the codes of an accessible
    keypad mean; `headset` is None in a kiosk without sound; `logo` is a picture file or empty.
    `named` tells what is printed that the office has another name, `offered` other procedures.
    `smiles` begins a consent; None without a camera. `ratings` takes verdicts of visits.
    `forms` are what can be filed, by procedure, and `filing` does it; without it there is no filing
    door. `papers` scans; without it papers are only ticked. `read_card` takes a scanned card.
    `understand` turns a scan into what it is; `refused_scanner` tells staff of a keyboard wedge.
    """

    office: Words
    texts: Mapping[str, Words]
    theme: Theme
    fonts: Fonts
    screen: ScreenSection
    catalogue: Catalogue
    search: ProcedureSearch
    guide: Guide
    issue: Callable[[TicketOrder], Issued]
    watch: Callable[[], OfficeNow]
    qr: Callable[[str], list[list[bool]]]
    now: Callable[[], datetime]
    catch_up: Callable[[], int]
    print_again: Callable[[Issued], Issued]
    help_place: Words
    keys: Mapping[int, NavKey]
    smiles: Callable[[], Consent] | None = None
    ratings: RatingGateway | None = None
    forms: Mapping[str, Form] = field(default_factory=dict)
    filing: FileDossier | None = None
    papers: ScanPapers | None = None
    read_card: Callable[[str | None], CardFacts | NotRead] = _no_card
    headset: Headset | None = None
    appointments: AppointmentGateway | None = None
    scanner: Scanner | None = None
    understand: Callable[[str | None], Scan] = _nothing_understood
    refused_scanner: Callable[[], None] = _nobody_told
    logo: str = ""
    named: Callable[[Words], None] = _not_named
    offered: Callable[[Catalogue], None] = _not_printed
    home_visits: HomeVisitGateway | None = None
    print_promise: PrintPromise | None = None
    khmer_paper: bool = False


class AppointmentTalk(Protocol):
    """The talk with the server about appointments, as the screens see it."""

    card: IdentityNumber | None
    found: tuple[Promise, ...]
    days: tuple[FreeDay, ...]
    asking: bool

    @property
    def words(self) -> str:
        """What the citizen should read now."""
        ...

    @property
    def chosen(self) -> Promise | None:
        """The appointment, or the visit at home, that the session looks at."""
        ...

    def scanned(self, scan: Scan) -> None:
        """A card or code was held to the scanner."""
        ...

    def find(self, code: str) -> None:
        """Look for the appointment, or the visit at home, with this code."""
        ...

    def see_days(self) -> None:
        """Ask when the chosen service can be booked."""
        ...

    def promise(self) -> None:
        """Book the chosen time, or move the appointment to it."""
        ...

    def cancel(self) -> None:
        """Give the place of the appointment back."""
        ...

    def print_it(self) -> None:
        """Put the promise on paper."""
        ...


class NumberTalk(Protocol):
    """The way to a number, as the screens see it; `issued` is the one in the citizen's hand."""

    issued: Issued | None
    printing_again: bool

    def ask(self, priority: Priority) -> None:
        """Ask for the number."""
        ...

    def ask_again(self) -> None:
        """Ask again for what was not given."""
        ...

    def print_again(self) -> None:
        """Try once more to put the number on paper."""
        ...


class TakesScans(Protocol):
    """A screen that takes scans itself, such as the one that files."""

    def scanned(self, text: str | None) -> None:
        """Something was held to the scanner; None is no text."""
        ...


class Kiosk(Protocol):
    """The running kiosk as its screens see it."""

    backstage: Backstage
    session: Session
    locale: Locale
    look: Look
    trouble: Words | None
    background: Background

    def render(self) -> None:
        """Draw the screen of the moment anew."""
        ...

    @property
    def shown(self) -> TakesScans:
        """The screen in front."""
        ...

    @property
    def desk(self) -> AppointmentTalk:
        """What was said about appointments to the citizen in front."""
        ...

    @property
    def numbers(self) -> NumberTalk:
        """The number of the citizen in front, and how it is asked for."""
        ...

    @property
    def lines(self) -> tuple[WaitingLine, ...] | None:
        """The lines outside, as far as they are known."""
        ...

    @property
    def bookable(self) -> frozenset[str]:
        """The services that take appointments here."""
        ...

    @property
    def rules(self) -> VisitRules:
        """What one person may take in a day."""
        ...

    @property
    def ticket_left_s(self) -> int:
        """Seconds until the ticket is cleared from the screen."""
        ...

    def go(self, session: Session) -> None:
        """Take a step."""
        ...

    def stay(self) -> None:
        """The citizen is still here."""
        ...

    def leave(self) -> None:
        """Wipe everything of this citizen."""
        ...

    def service_name(self, service: str) -> str:
        """Return the name of a service."""
        ...
