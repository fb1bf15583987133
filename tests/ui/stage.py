"""The kiosk on Kivy's offscreen window: fingers that press real widgets, and pictures of it.

One window per process, prepared by `offscreen`; each test gets its own app in it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from kivy.base import EventLoop, ExceptionHandler, ExceptionManager
from kivy.clock import Clock
from kivy.core.window import Window
from kivy.tests.common import UnitTestTouch
from kivy.uix.widget import Widget

from kiosk.adapters.catalogue_files import read_catalogue, shipped_catalogue
from kiosk.adapters.guide_file import read_guide, shipped_guide
from kiosk.adapters.identity_file import read_identity_facts
from kiosk.adapters.slip_qr import qr_modules
from kiosk.adapters.text_files import read_texts
from kiosk.bootstrap.kiosk_scanner import make_understanding
from kiosk.bootstrap.kiosk_window import FONTS
from kiosk.config.kiosk import ScreenSection
from kiosk.config.navpad import default_navpad, read_navpad
from kiosk.config.theme import Theme, default_theme_path
from kiosk.domain.card import card_facts
from kiosk.domain.catalogue import Catalogue
from kiosk.domain.search import ProcedureSearch
from kiosk.domain.words import Words
from kiosk.ui.app import KioskApp
from kiosk.ui.front import Backstage
from kiosk.use_cases.file_dossier import FileDossier, FilingGateway
from kiosk.use_cases.home_visit_ports import HomeVisitGateway
from kiosk.use_cases.issue_ticket import IssueTicket, SlipFacts
from kiosk.use_cases.ports import Journal, Moment, SlipPrinter
from kiosk.use_cases.print_promise import PrintPromise
from kiosk.use_cases.rating_ports import RatingGateway
from kiosk.use_cases.scan_papers import ScanPapers
from kiosk.use_cases.smile_consent import Consent
from kiosk.use_cases.stand_alone import StandAlone
from kiosk.use_cases.voice_ports import Headset
from kiosk.use_cases.watch_office import WatchOffice
from queue_server.contracts.config_file import read_config
from queue_server.contracts.forms import shipped_forms
from tests.fakes.appointment_book import AppointmentBook, HandScanner
from tests.fakes.office_link import names
from tests.fakes.paper_tray import PaperTray
from tests.fakes.ticket_office import FakeGateway, TicketOffice

OFFICE = Words("Bộ phận Một cửa phường Mẫu", "Sample Ward One-Stop Office")
HELP = Words("bàn hướng dẫn", "the information desk")
KEYS = read_navpad(default_navpad())
NOW = datetime(2026, 5, 12, 8, 15, tzinfo=timezone(timedelta(hours=7)))
PATIENCE_S = 60.0
# Software drawing: a quarter of the pixels is a quarter of the time, and nothing else differs.
SMALL = (540, 960)


class _Record(ExceptionHandler):
    """Lets a test see what the kiosk survived."""

    def __init__(self) -> None:
        self.errors: list[BaseException] = []

    def handle_exception(self, inst: BaseException) -> int:
        self.errors.append(inst)
        return int(ExceptionManager.RAISE)


@dataclass
class Stage:
    """One app on the window, with the office behind it."""

    app: KioskApp
    office: TicketOffice
    gateway: FakeGateway
    printer: SlipPrinter | None
    record: _Record = field(default_factory=_Record)
    book: AppointmentBook = field(default_factory=lambda: AppointmentBook(NOW))
    scanner: HandScanner = field(default_factory=HandScanner)

    def until(self, condition: Callable[[], Any]) -> None:
        """Let the app live until something is true."""
        end = time.monotonic() + PATIENCE_S
        while not condition():
            assert time.monotonic() < end, f"did not happen on {self.screen}: {self.texts()}"
            _live()

    def frames(self, count: int = 2) -> None:
        """Let layout and drawing settle."""
        for _ in range(count):
            _live()

    @property
    def screen(self) -> str:
        """The name of the screen that is shown."""
        return str(self.app.root.ids.screens.current)

    @property
    def errors(self) -> list[BaseException]:
        """What a screen raised and the kiosk survived; none may be left at the end."""
        return self.record.errors

    def everything(self) -> Iterator[Widget]:
        """Every widget of every screen, shown or not."""
        for screen in self.app.root.ids.screens.screens:
            yield from _walk(screen)
        yield from _walk(self.app.root)

    def shown(self) -> list[Widget]:
        """Everything visible, in drawing order."""
        root = self.app.root
        hidden = {screen for screen in root.ids.screens.screens if screen.name != self.screen}
        return [w for w in _walk(root) if w not in hidden]

    def texts(self) -> list[str]:
        """Every text that stands on the screen."""
        return [w.text for w in self.shown() if getattr(w, "text", "") and w.opacity]

    def says(self, text: str) -> bool:
        """Whether a text is part of something on the screen."""
        return any(text in shown for shown in self.texts())

    def press(self, widget: Widget) -> None:
        """Touch a widget in its middle and let go, as a finger does."""
        self.frames()
        x, y = widget.to_window(*widget.center)
        touch = UnitTestTouch(x, y)
        for move in (touch.touch_down, touch.touch_up):
            Clock.schedule_once(lambda _dt, move=move: move())
            self.frames()

    def press_words(self, words: str) -> None:
        """Touch what says these words, as soon as it is there."""
        self.until(lambda: self._saying(words))
        self.press(self._saying(words)[-1])

    def _saying(self, words: str) -> list[Widget]:
        return [w for w in self.shown() if getattr(w, "words", None) == words and w.opacity]

    def press_main(self) -> None:
        """Touch the main action."""
        self.press(self.app.root.ids.footer.ids.main)

    def press_back(self) -> None:
        """Touch the way back."""
        self.press(self.app.root.ids.footer.ids.back)

    def press_bar(self, code: str) -> None:
        """Touch a language or an aid."""
        (choice,) = (c for c in self.app.root.bar.children if c.code == code)
        self.press(choice)

    def type(self, text: Iterable[str]) -> None:
        """Press the keys of the on-screen keyboard: letters, or names of keys."""
        for sign in text:
            wanted = "space" if sign == " " else sign
            self.until(lambda wanted=wanted: self._keys(wanted))
            (key,) = self._keys(wanted)
            self.press(key)

    def _keys(self, sign: str) -> list[Widget]:
        return [w for w in self.shown() if getattr(w, "sign", None) == sign]

    def picture(self, path: Path) -> None:
        """Write what the window shows as PNG."""
        self.frames(4)
        Path(Window.screenshot(name=str(path))).rename(path)


def _live() -> None:
    """One turn of Kivy's loop, with its own way of treating what a callback raised."""
    try:
        EventLoop.idle()
    except Exception as error:  # as Kivy's own loop does: its handlers decide
        if ExceptionManager.handle_exception(error) == ExceptionManager.RAISE:
            raise


def _walk(widget: Widget) -> Iterator[Widget]:
    yield widget
    for child in reversed(widget.children):
        yield from _walk(child)


@contextmanager
def stage(  # noqa: PLR0913 - everything a scene may want
    *,
    size: tuple[int, int] = SMALL,
    printer: SlipPrinter | None = None,
    office: TicketOffice | None = None,
    screen: ScreenSection | None = None,
    prints: bool = True,
    journal: Journal | None = None,
    smiles: Callable[[], Consent] | None = None,
    ratings: RatingGateway | None = None,
    filings: FilingGateway | None = None,
    books: bool = True,
    headset: Headset | None = None,
    home_visits: HomeVisitGateway | None = None,
    papers: ScanPapers | None = None,
    brand: Mapping[str, Any] | None = None,
) -> Iterator[Stage]:
    """Put the kiosk on the window; only with a `journal` it gives numbers without the server."""
    gateway = FakeGateway(office := office or TicketOffice())
    tray = (printer or PaperTray()) if prints else None
    catalogue = read_catalogue(Path(str(shipped_catalogue())))
    alone = StandAlone(gateway, journal, _moment, names("own")) if journal else None
    issue = _issue(gateway, tray, catalogue, alone)
    book, scanner = AppointmentBook(NOW, books=books), HandScanner()
    watch = _watch(gateway, tray, issue, alone, book)
    backstage = Backstage(
        texts=read_texts(),
        fonts=FONTS,
        screen=screen or ScreenSection(),
        catalogue=catalogue,
        search=ProcedureSearch(catalogue),
        guide=read_guide(shipped_guide()),
        issue=issue,
        watch=watch,
        qr=qr_modules,
        now=lambda: NOW,
        catch_up=watch.catch_up,
        print_again=issue.again,
        smiles=smiles,
        **_filing(filings, tray, papers) | _promises(home_visits, tray) | {"ratings": ratings},
        **_brand(brand or {}),
        help_place=HELP,
        keys=KEYS,
        headset=headset,
        appointments=book,
        scanner=scanner,
        understand=make_understanding(NOW.date),
    )
    with on_window(backstage, size) as app:
        yield from _shown(Stage(app, office, gateway, tray, book=book, scanner=scanner))


def _issue(
    gateway: FakeGateway, tray: SlipPrinter | None, catalogue: Catalogue, alone: StandAlone | None
) -> IssueTicket:
    keys = iter(f"key-{number}" for number in range(10_000))
    return IssueTicket(
        gateway, tray, SlipFacts(OFFICE, catalogue), lambda: next(keys), _ignore, alone
    )


def _watch(
    gateway: FakeGateway,
    tray: SlipPrinter | None,
    issue: IssueTicket,
    alone: StandAlone | None,
    book: AppointmentBook,
) -> WatchOffice:
    asks = {"offered": book.offered, "rules": gateway.visit_rules}
    return WatchOffice(gateway, tray, issue, _ignore, alone, **asks)


def _shown(shown: Stage) -> Iterator[Stage]:
    """Wait until it stands, and record what it survives."""
    ExceptionManager.add_handler(shown.record)
    shown.until(lambda: shown.app.lines is not None or shown.app.server_away)
    shown.frames()
    try:
        yield shown
    finally:
        ExceptionManager.remove_handler(shown.record)
    assert not shown.errors


@contextmanager
def on_window(backstage: Backstage, size: tuple[int, int]) -> Iterator[KioskApp]:
    """Start an app in the window of this process and take it off again."""
    EventLoop.ensure_window()
    Window.size = size
    app = KioskApp(backstage)
    EventLoop.status = "started"
    app._run_prepare()
    # Tests say when a second has passed and when the office is looked at.
    for clock in app._clocks:
        clock.cancel()
    while app.root.ids.screens.build_next():
        pass
    EventLoop.idle()
    try:
        yield app
    finally:
        app.dispatch("on_stop")
        Window.remove_widget(app.root)
        # Whatever Kivy still binds to may hold the app, and the app would hold all its widgets.
        app.root = None
        for event in Clock.get_events():
            event.cancel()


def _filing(
    filings: FilingGateway | None, tray: SlipPrinter | None, papers: ScanPapers | None
) -> dict[str, Any]:
    if filings is None:
        return {}
    facts = read_identity_facts()
    return {
        "forms": shipped_forms(),
        "filing": FileDossier(filings, tray, OFFICE),
        "papers": papers,
        "read_card": lambda text: card_facts(text, facts, NOW.date()),
    }


def _brand(brand: Mapping[str, Any]) -> dict[str, Any]:
    """Whose kiosk it is: the sample ward's in the shipped theme, or what `brand` says of it."""
    theme = read_config(default_theme_path(), Theme)
    return {"office": OFFICE, "theme": theme, "logo": "", **brand}


def _promises(visits: HomeVisitGateway | None, tray: SlipPrinter | None) -> dict[str, Any]:
    printing = PrintPromise(tray, OFFICE, lambda: NOW, _ignore) if tray else None
    return {"home_visits": visits, "print_promise": printing}


def _moment() -> Moment:
    return Moment(NOW, "boot", 0.0)


def _ignore(_status: object) -> None:
    """The stage has no office to tell."""
