"""The screens of a kiosk in trouble: alone, without paper, out of numbers, broken."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.config.kiosk import ScreenSection
from kiosk.use_cases.ports import PrinterFault
from tests.fakes.memory_journal import MemoryJournal
from tests.fakes.paper_tray import PaperTray
from tests.ui.stage import Stage, stage


def alone(size: tuple[int, int], screen: ScreenSection) -> Iterator[tuple[str, Stage]]:
    """Every screen that only trouble shows, ready to be taken."""
    tray = PaperTray()
    with stage(size=size, screen=screen, printer=tray, journal=MemoryJournal()) as on:
        on.gateway.away = True
        on.app._watch()
        on.until(lambda: on.app.server_away)
        yield "alone-home", on
        _take(on)
        yield "alone-ticket", on
        on.app.leave()
        for _ in range(9):
            _take(on)
            on.app.leave()
        _take(on)
        yield "alone-no-number", on
        on.app.leave()
    yield from _without_paper(size, screen)
    with stage(size=size, screen=screen) as on:
        on.gateway.away = True
        on.app._watch()
        on.until(lambda: on.screen == "out_of_service")
        yield "out-of-service", on
        on.app._sorry()
        yield "sorry", on


def _without_paper(size: tuple[int, int], screen: ScreenSection) -> Iterator[tuple[str, Stage]]:
    for fault in PrinterFault:
        tray = PaperTray(fault)
        with stage(size=size, screen=screen, printer=tray) as on:
            if fault is PrinterFault.PAPER_OUT:
                on.until(lambda on=on: on.app.outlook.printer is not None)  # type: ignore[misc]  # a default
                yield "home-no-paper", on
            _take(on)
            yield f"fault-{fault.value}", on


def _take(on: Stage) -> None:
    on.app.go(on.app.session.choose_service("CT").want_number())
    on.press_main()
    on.until(lambda: on.screen in {"ticket", "no_number"})
