"""Puts the kiosk's window together and runs it; importing this opens Kivy."""

from __future__ import annotations

import logging
import signal
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any, Protocol

import fontpkg_be_vietnam_pro
import fontpkg_noto_sans_khmer
from kivy.clock import Clock
from kivy.core.window import Window

from kiosk.adapters.consent_line import ConsentLine
from kiosk.adapters.guide_file import read_guide, shipped_guide
from kiosk.adapters.http_appointments import HttpAppointments
from kiosk.adapters.http_filing import HttpFilingGateway
from kiosk.adapters.http_gateway import HttpTicketGateway
from kiosk.adapters.http_home_visits import HttpHomeVisits
from kiosk.adapters.http_ratings import HttpRatings
from kiosk.adapters.identity_file import read_identity_facts
from kiosk.adapters.mqtt_presence import MqttPresence
from kiosk.adapters.slip_qr import qr_modules
from kiosk.adapters.text_files import read_texts
from kiosk.bootstrap.kiosk_papers import make_papers
from kiosk.bootstrap.kiosk_parts import (
    KioskPlan,
    in_the_offices_look,
    make_alone,
    make_gateway,
    make_issue,
    make_presence,
    make_procedures,
    report_printer,
)
from kiosk.bootstrap.kiosk_scanner import ScannerHealth, make_scanner, make_understanding
from kiosk.bootstrap.kiosk_sound import make_headset
from kiosk.bootstrap.look_again import LookAgain
from kiosk.bootstrap.printer import printers_from
from kiosk.domain.card import CardFacts, card_facts
from kiosk.domain.glass import Glass
from kiosk.domain.scan import NotRead
from kiosk.domain.search import ProcedureSearch
from kiosk.domain.words import Words
from kiosk.ui.app import KioskApp
from kiosk.ui.front import Backstage, Fonts
from kiosk.use_cases.file_dossier import FileDossier
from kiosk.use_cases.issue_ticket import VIETNAM, IssueTicket
from kiosk.use_cases.ports import PrinterStatus, SlipPrinter
from kiosk.use_cases.print_promise import PrintPromise
from kiosk.use_cases.self_test import SelfTest
from kiosk.use_cases.smile_consent import Consent
from kiosk.use_cases.stand_alone import StandAlone
from kiosk.use_cases.watch_office import OfficeNow, WatchOffice
from queue_server.contracts.forms import shipped_forms
from queue_server.contracts.service_notify import ServiceNotify

FONT_FILES = fontpkg_be_vietnam_pro.ROOT / "files"
FONTS = Fonts(
    FONT_FILES / "BeVietnamPro-Medium.ttf",
    FONT_FILES / "BeVietnamPro-Bold.ttf",
    fontpkg_noto_sans_khmer.ROOT / "files" / "NotoSansKhmer[wdth,wght].ttf",
)


log = logging.getLogger(__name__)

HANGS_AFTER_S = 60.0
"""A job of server and printer is done in 20 s at the longest; one that takes longer never ends."""


class NoScreenError(Exception):
    """There is nothing to draw on."""


def show(plan: KioskPlan) -> int:
    """Show the kiosk until the window is closed or the process is asked to stop.

    Returns:
        0, or 1 when its screens failed so often that it must be started anew.

    Raises:
        NoScreenError: no window could be opened.
    """
    if Window is None:
        raise NoScreenError("no screen to draw on; use --issue SERVICE without one")
    with ExitStack() as stack:
        _end_when_asked()
        app = KioskApp(_backstage(plan, stack))
        notify = ServiceNotify()
        _keep_telling(notify, app)
        app.run()
        notify.stopping()
        return int(app.exit_code)


def _end_when_asked() -> None:
    """From the first moment: a signal that SDL takes only asks the window, and that stays open.

    The app is stopped again and again, because Kivy forgets it while the window is being built.
    """

    def end(_dt: float) -> None:
        app = KioskApp.get_running_app()
        if app is not None:
            app.stop()

    for wanted in (signal.SIGINT, signal.SIGTERM):
        signal.signal(wanted, lambda *_: Clock.schedule_interval(end, 0.1))


def _keep_telling(notify: ServiceNotify, app: KioskApp) -> None:
    """Say that the screen turns, as long as the work beside it ends, too."""

    def beat(_dt: float) -> None:
        if app.background.busy_s < HANGS_AFTER_S:
            notify.alive()

    # After the second frame: the first one only opens the window.
    Clock.schedule_once(lambda _dt: Clock.schedule_once(lambda _dt: notify.ready()))
    if notify.beat_every_s is not None:
        Clock.schedule_interval(beat, notify.beat_every_s)


def _tested_first(test: SelfTest, watch: Callable[[], OfficeNow]) -> Callable[[], OfficeNow]:
    """Test the parts before the first look, and say in the log what is wrong."""
    tests = iter([test])

    def look() -> OfficeNow:
        for todo in tests:
            for finding in todo():
                level = logging.INFO if finding.well else logging.WARNING
                log.log(level, "self-test: %s: %s", finding.part, finding.words)
        return watch()

    return look


def _backstage(plan: KioskPlan, stack: ExitStack) -> Backstage:
    gateway = make_gateway(plan, patient=False)
    stack.callback(gateway.close)
    plan = in_the_offices_look(plan, gateway)
    procedures = make_procedures(plan, gateway)
    plan = replace(plan, catalogue=procedures.begin())
    printer = printers_from(plan.config.printer, plan.config.second_printer)
    if printer is not None:
        stack.callback(printer.close)
    presence = _present(plan, stack)
    alone = make_alone(plan, gateway, stack)
    scanner_health, glass = ScannerHealth(), _glass(plan)
    tell = _teller(presence, alone, scanner_health, procedures, glass)
    issue = make_issue(plan, gateway, printer, tell, alone)
    appointments = HttpAppointments(gateway)
    looking = partial(WatchOffice, offered=appointments.offered, rules=gateway.visit_rules)
    face = LookAgain(plan, gateway)
    filing = FileDossier(
        HttpFilingGateway(gateway.ask), printer, plan.office, khmer=plan.khmer_paper
    )
    promises = _promises(plan, gateway, printer, tell)
    watch = looking(gateway, printer, issue, tell, alone, face=face, procedures=procedures)
    connected = partial(getattr, presence, "connected") if presence is not None else None
    return Backstage(
        texts=read_texts(),
        fonts=FONTS,
        **_as_planned(plan),
        **_advice(plan),
        issue=issue,
        watch=_tested_first(SelfTest(gateway, printer, alone, connected, glass), watch),
        qr=qr_modules,
        now=partial(_office_time, gateway),
        catch_up=watch.catch_up,
        print_again=issue.again,
        forms=shipped_forms(),
        read_card=_card_reader(gateway),
        filing=filing,
        papers=make_papers(plan.config.papers, plan.folder, stack),
        smiles=_consent(plan),
        headset=make_headset(plan.config.sound, plan.folder, stack),
        named=_namers(issue, filing, promises),
        offered=issue.offers,
        appointments=appointments,
        ratings=HttpRatings(gateway),
        home_visits=HttpHomeVisits(gateway, lambda: appointments.home_visits),
        print_promise=promises,
        scanner=make_scanner(plan.config.scanner, stack),
        understand=make_understanding(lambda: datetime.now(VIETNAM).date()),
        refused_scanner=scanner_health.refused,
    )


def _glass(plan: KioskPlan) -> Glass:
    width, height = Window.size
    return Glass.of(width, height, plan.config.screen.diagonal_inch)


class _MayAil(Protocol):
    @property
    def trouble(self) -> str: ...


def _teller(
    presence: MqttPresence | None, alone: StandAlone | None, *parts: _MayAil
) -> Callable[[PrinterStatus], None]:
    """What tells the office how printer, journal and these parts are."""
    return partial(report_printer, presence, alone, notes=lambda: [one.trouble for one in parts])


def _present(plan: KioskPlan, stack: ExitStack) -> MqttPresence | None:
    """Tell the office that this kiosk is there, until `stack` closes."""
    presence = make_presence(plan)
    if presence is not None:
        presence.start()
        stack.callback(presence.close)
    return presence


def _as_planned(plan: KioskPlan) -> dict[str, Any]:
    """What the configuration says of the office and of this kiosk."""
    screen = plan.config.screen
    return {
        "office": plan.office,
        "theme": plan.theme,
        "screen": screen,
        "logo": plan.logo,
        "keys": plan.keys,
        "help_place": Words(screen.help_vi, screen.help_en),
        "khmer_paper": plan.khmer_paper,
    }


def _advice(plan: KioskPlan) -> dict[str, Any]:
    """What is known of procedures, and the two ways to find one."""
    return {
        "catalogue": plan.catalogue,
        "search": ProcedureSearch(plan.catalogue),
        "guide": read_guide(shipped_guide()),
    }


def _namers(*papers: IssueTicket | FileDossier | PrintPromise | None) -> Callable[[Words], None]:
    """Whoever prints the office's name is told another one."""

    def named(office: Words) -> None:
        for one in papers:
            if one is not None:
                one.named(office)

    return named


def _promises(
    plan: KioskPlan,
    gateway: HttpTicketGateway,
    printer: SlipPrinter | None,
    tell: Callable[[PrinterStatus], None],
) -> PrintPromise | None:
    if printer is None:
        return None
    time, khmer = partial(_office_time, gateway), plan.khmer_paper
    return PrintPromise(printer, plan.office, time, tell, khmer=khmer)


def _office_time(gateway: HttpTicketGateway) -> datetime:
    """Now, by the server's clock as far as it has told it."""
    return datetime.now(VIETNAM) + gateway.clock_ahead()


def _card_reader(gateway: HttpTicketGateway) -> Callable[[str | None], CardFacts | NotRead]:
    facts = read_identity_facts()

    def read(text: str | None) -> CardFacts | NotRead:
        return card_facts(text, facts, _office_time(gateway).date())

    return read


def _consent(plan: KioskPlan) -> Callable[[], Consent] | None:
    camera = plan.config.camera
    return partial(ConsentLine, plan.folder / camera.door) if camera is not None else None
