"""The ways through the kiosk that `pictures` takes, screen by screen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from kiosk.config.kiosk import ScreenSection
from kiosk.domain.words import Language
from kiosk.use_cases.ports import PrinterFault
from tests.fakes.paper_tray import PaperTray
from tests.fakes.ticket_office import TicketOffice
from tests.ui.stage import Stage, stage

SIZES = {"portrait": (1080, 1920), "landscape": (1280, 800)}
PALETTE = 64


@dataclass(frozen=True)
class Shot:
    """A screen that is ready to be taken."""

    name: str
    on: Stage


def busy_office() -> TicketOffice:
    office = TicketOffice()
    office.waiting.update(CT=7, HT=4, CA=2, DD=1, LD=0, BH=5, KD=0, XD=0, NV=0)
    return office


def walk(on: Stage) -> Iterator[Shot]:
    """Go through the kiosk as a citizen does."""
    say = on.app.locale.say
    yield Shot("home", on)
    on.press_words(say("door_number"))
    yield Shot("services", on)
    on.press_main()
    yield Shot("search-empty", on)
    on.type("so do")
    yield Shot("search", on)
    on.type("qq")
    yield Shot("search-nothing", on)
    on.press_back()
    on.press_back()
    card = on.app.backstage.catalogue.services[1]
    on.press_words(on.app.locale.of(card.name))
    yield Shot("procedures", on)
    on.press_words(on.app.locale.of(card.procedures[0].name))
    yield Shot("procedure", on)
    on.press_words(say("take_away"))
    yield Shot("checklist", on)
    on.press_back()
    on.press_main()
    yield Shot("priority", on)
    on.gateway.open.clear()
    on.press_main()
    yield Shot("issuing", on)
    on.gateway.open.set()
    on.until(lambda: on.screen == "ticket")
    yield Shot("ticket", on)


def troubles(on: Stage) -> Iterator[Shot]:
    """The screens nobody wants to need."""
    on.app.go(on.app.session.choose_service("CT").want_number())
    on.press_main()
    on.until(lambda: on.screen == "ticket")
    yield Shot("printer-fault", on)
    on.press_main()
    on.gateway.away = True
    on.app._watch()
    on.until(lambda: on.app.server_away)
    yield Shot("home-away", on)
    on.app.go(on.app.session.choose_service("CT").want_number())
    on.press_main()
    on.until(lambda: on.screen == "no_number")
    yield Shot("no-number", on)
    on.press_back()
    on.app.attention._warn(20)
    yield Shot("idle", on)


def take(out: Path) -> list[Path]:
    """Take all pictures in both orientations and languages.

    Returns:
        the files written.
    """
    out.mkdir(parents=True, exist_ok=True)
    taken = []
    for orientation, size in SIZES.items():
        for language in Language:
            screen = ScreenSection(language=language)
            ending = f"{orientation}-{language.value}.png"
            with stage(size=size, office=busy_office(), screen=screen) as on:
                taken += [keep(shot, out / f"{shot.name}-{ending}") for shot in walk(on)]
            tray = PaperTray(PrinterFault.PAPER_OUT)
            with stage(size=size, office=busy_office(), screen=screen, printer=tray) as on:
                taken += [keep(shot, out / f"{shot.name}-{ending}") for shot in troubles(on)]
    return taken


def keep(shot: Shot, path: Path) -> Path:
    """Take a picture and make it small."""
    shot.on.picture(path)
    with Image.open(path) as picture:
        small = picture.convert("RGB").quantize(PALETTE, dither=Image.Dither.NONE)
    small.save(path, optimize=True)
    return path
