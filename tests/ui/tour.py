"""Every screen of the kiosk, one after the other: for what must hold on all of them.

A step is taken as a touch would take it, but directly: whether touches lead there is shown by the
walks and flows. `filing_tour` has the places of a filing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from kivy.core.window import Window

from kiosk.config.kiosk import ScreenSection
from kiosk.domain.aid import Aid
from kiosk.domain.home_visit import HalfDay
from kiosk.domain.priority import Priority
from kiosk.domain.visit_rules import VisitRules
from kiosk.domain.words import Language
from kiosk.ui.faults import UNEXPECTED
from kiosk.use_cases.file_dossier import Fee
from kiosk.use_cases.ports import PrinterFault
from tests.fakes.filing_desk import FakeFilings
from tests.fakes.home_visits import HomeVisits
from tests.fakes.paper_tray import PaperTray
from tests.fakes.verdicts import Verdicts
from tests.ui.feedback_walk import FakeConsent
from tests.ui.filing_tour import filing
from tests.ui.picture_walk import SIZES, Shot, busy_office
from tests.ui.rating_walk import SLIP
from tests.ui.scan_walk import Desk
from tests.ui.scanned_texts import CARD, CODE
from tests.ui.stage import NOW, Stage, stage

LONG_NAME = "Nguyễn Hoàng Phương Thảo Quỳnh Hương"
BULK = VisitRules(dossiers=30, bulk_from=5)


@contextmanager
def undrawn() -> Iterator[None]:
    """Lay everything out and draw nothing: what is measured is the same, in a third of the time."""
    Window.on_draw = Window.flip = lambda *_arguments: None
    try:
        yield
    finally:
        del Window.on_draw, Window.flip


@contextmanager
def everything(
    orientation: str, language: Language, aids: Collection[Aid], folder: Path
) -> Iterator[Stage]:
    """A kiosk that has all there is, drawn with these aids as long as it stands."""
    with stage(
        size=SIZES[orientation],
        office=busy_office(),
        screen=ScreenSection(language=language),
        printer=PaperTray(),
        filings=FakeFilings(to_pay=Fee(16_000, 0, "00020101")),
        papers=Desk(folder).papers(),
        home_visits=HomeVisits(NOW.date()),
        ratings=Verdicts(),
        smiles=FakeConsent,
    ) as on:
        look = on.app.look
        look.aid(aids)
        # A citizen who leaves takes the aids along; the tour keeps them.
        look.aid = lambda _aids: None
        on.app.render()
        yield on


def tour(on: Stage) -> Iterator[Shot]:
    """Every screen, ready to be looked at."""
    parts = (
        ticketing,
        printing,
        visits,
        appointments,
        home_visit,
        rating,
        smiling,
        filing,
        trouble,
    )
    for part in parts:
        for name in part(on):
            on.frames(3)
            yield Shot(name, on)
        leave(on)


def leave(on: Stage) -> None:
    """The citizen is gone, and the kiosk knows the office of the moment."""
    on.app.leave()
    on.until(lambda: not on.app.background.busy)


def ticketing(on: Stage) -> Iterator[str]:
    """From the first touch to the number."""
    app, catalogue = on.app, on.app.backstage.catalogue
    yield "home"
    app.go(app.session.list_services())
    yield "services"
    app.go(app.session.search())
    yield "search-empty"
    for sign in "khai tu":
        app.shown.on_key("space" if sign == " " else sign)
    yield "search"
    app.shown.on_key("q")
    app.shown.on_key("q")
    yield "search-nothing"
    app.go(app.session.ask_guide())
    yield "guide"
    app.back()
    app.go(app.session.ask_whence())
    yield "whence"
    app.back()
    app.back()
    service = catalogue.services[1]
    app.go(app.session.choose_service(service.id))
    yield "procedures"
    longest = max(service.procedures, key=lambda one: len(one.documents))
    app.go(app.session.choose_procedure(service.id, longest.code))
    yield "procedure"
    app.go(app.session.take_checklist())
    yield "checklist"
    app.go(app.session.want_number())
    yield "priority"
    on.gateway.open.clear()
    app.main()
    yield "issuing"
    on.gateway.open.set()
    on.until(lambda: on.screen == "ticket")
    yield "ticket"
    app.attention._warn(10)
    yield "idle-ticket"


def printing(on: Stage) -> Iterator[str]:
    """Each thing that a printer may have, after the number was given."""
    for fault in PrinterFault:
        on.printer.fault = fault
        take_number(on)
        yield f"fault-{fault.value}"
        leave(on)
        if fault is PrinterFault.PAPER_OUT:
            on.until(lambda: on.app._notice)
            yield "home-no-paper"
    on.printer.fault = None


def take_number(on: Stage) -> None:
    """A number of the first service."""
    on.app.go(on.app.session.choose_service("CT").want_number())
    on.app.main()
    on.until(lambda: on.screen == "ticket")


def visits(on: Stage) -> Iterator[str]:
    """Many dossiers, and the card by which they are counted."""
    app = on.app
    app.outlook.rules = BULK
    app.go(app.session.list_services().count_dossiers())
    yield "bulk"
    app.main()
    yield "bulk-services"
    app.go(app.session.choose_service("CT").want_number())
    app.main()
    yield "card"
    on.scanner.hold(CARD)
    on.until(lambda: app.desk.card is not None)
    yield "card-read"
    app.outlook.rules = VisitRules()


def appointments(on: Stage) -> Iterator[str]:
    """Find none, find several, book one, use it, give it back."""
    app = on.app
    app.go(app.session.appointments())
    yield "appointments"
    on.scanner.hold("nothing")
    on.until(lambda: app.desk.note_key)
    yield "appointments-not-read"
    app.go(app.session.book())
    app.go(app.session.choose_service("CT").want_number())
    on.until(lambda: app.desk.days)
    yield "days"
    app.go(app.session.choose_day(app.desk.days[0].day))
    yield "times"
    app.go(app.session.choose_time(NOW.replace(hour=8, minute=0) + timedelta(days=1)))
    yield "booking"
    on.scanner.hold(CARD)
    on.until(lambda: app.desk.card is not None)
    yield "booking-card"
    app.main()
    on.until(lambda: on.screen == "appointment" and not app.desk.asking)
    yield "booked"
    leave(on)
    on.book.put(CODE, NOW + timedelta(minutes=15))
    on.scanner.hold(CODE)
    on.until(lambda: on.screen == "appointment")
    yield "appointment"
    app.shown.give_back()
    yield "appointment-sure"
    leave(on)
    digits = CARD.split("|")[0]
    for number, code in enumerate(("K7M29QXA", "K7M29QXB", "K7M29QXC")):
        on.book.put(code, NOW + timedelta(days=number), digits)
    on.scanner.hold(CARD)
    on.until(lambda: len(app.desk.found) > 2)
    yield "appointments-several"


def home_visit(on: Stage) -> Iterator[str]:
    """Question by question to the promise."""
    app = on.app
    app.go(app.session.appointments().ask_home_visit())
    screen = app.shown
    talk = screen._talk
    yield "home-visit-service"
    talk.go(talk.wish.choose_service("CT"))
    yield "home-visit-asking"
    on.until(lambda: talk.half_days is not None)
    yield "home-visit-when"
    talk.go(talk.wish.choose_when(HalfDay(NOW.date() + timedelta(days=1), "afternoon", 2)))
    yield "home-visit-who"
    talk.go(talk.wish.choose_who(Priority.AGE_80))
    for name, wrong, right in (
        ("name", "", LONG_NAME),
        ("phone", "0912", "0912345678"),
        ("address", "", "Số 123, đường Nguyễn Thị Minh Khai, tổ dân phố 14, phường Mẫu, tỉnh Mẫu"),
    ):
        talk.go(talk.wish.typed(wrong))
        yield f"home-visit-{name}-wrong"
        screen.put(type(screen.ids.body.children[0])).write(right)
        yield f"home-visit-{name}"
        talk.go(talk.wish.typed(right))
    yield "home-visit-review"
    app.main()
    on.until(lambda: talk.promised is not None)
    yield "home-visit-done"


def rating(on: Stage) -> Iterator[str]:
    """A number that is not over yet, then a slip, a low score, thanks."""
    app = on.app
    app.go(app.session.rate())
    yield "rate-number"
    for sign in "A999":
        app.shown.on_key(sign)
    app.main()
    app.shown.choose(5)
    app.main()
    on.until(lambda: not app.shown._asking)
    yield "rate-refused"
    on.scanner.hold(SLIP)
    on.until(lambda: app.shown.phase == "faces")
    yield "rate-faces"
    app.shown.choose(2)
    yield "rate-about"
    app.main()
    on.until(lambda: app.shown.phase == "thanks")
    yield "rate-thanks"


def smiling(on: Stage) -> Iterator[str]:
    """Consent, look, an own word, thanks."""
    app = on.app
    app.go(app.session.give_feedback())
    yield "smile-consent"
    app.shown.agree()
    yield "smile-looking"
    app.shown._consent.let_go.set()
    on.until(lambda: app.shown.phase == "rate")
    yield "smile-rate"
    app.shown.rate(4)
    yield "smile-thanks"


def trouble(on: Stage) -> Iterator[str]:
    """The screens nobody wants to need."""
    app = on.app
    app.outlook.server_away = True
    app.render()
    yield "home-away"
    app.go(app.session.choose_service("CT").want_number())
    app.trouble = UNEXPECTED
    app.render()
    yield "no-number"
    app.back()
    app.attention._warn(20)
    yield "idle"
    app.stay()
    app.scanning.refused = True
    app.render()
    yield "wedge"
    app._sorry()
    on.until(lambda: not app.background.busy)
    yield "sorry"
    leave(on)
    app.outlook.gives = False
    app.render()
    yield "out-of-service"
    app.outlook.gives = True
