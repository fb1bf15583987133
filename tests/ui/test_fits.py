"""Nothing is cut off, overlapped, too small, out of reach or unsaid on any screen.

In each language, upright and across, with and without large letters and a low reach.
"""

from __future__ import annotations

from math import hypot
from pathlib import Path

import pytest
from kivy.uix.label import Label
from kivy.uix.scrollview import ScrollView

import kiosk.ui
from kiosk.config.kiosk import ScreenSection
from kiosk.config.theme import Theme, default_theme_path
from kiosk.domain.aid import Aid
from kiosk.domain.glass import Glass
from kiosk.domain.words import Language
from kiosk.ui.screen_list import SCREENS
from kiosk.ui.theme import Look
from kiosk.ui.widgets.qr_view import QrView
from kiosk.use_cases.ports import PrinterFault
from queue_server.contracts.config_file import read_config
from tests.ui.inspection import (
    FINGER,
    TOO_SMALL,
    broken_codes,
    cut_off,
    faults,
    overlapped,
    visible,
    wrong,
)
from tests.ui.picture_walk import SIZES
from tests.ui.stage import stage
from tests.ui.tour import everything, ticketing, tour, undrawn

pytestmark = pytest.mark.kivy

BOTH = [(orientation, language) for orientation in SIZES for language in Language]
SHOTS = 90
ONE_WAY = {
    # The first screens, and what stands for one of them.
    *("home", "home-away", "home-no-paper", "wedge", "sorry", "out-of-service"),
    # On its way to the office, or kept by it: undone by the follow page or a clerk.
    *("issuing", "ticket", "idle-ticket", "home-visit-asking", "home-visit-done"),
    *("filing-sending", "filing-done", "filing-done-paid", "filing-done-missed", "rate-thanks"),
    *(f"fault-{fault.value}" for fault in PrinterFault),
}
"""Where nothing leads back, because nothing was chosen yet or all is done."""
SIZED = ("u", "finger", "step", "small", "body", "heading", "title", "number", "large", "low")
WORN = [(*where, aids) for where in BOTH for aids in ("", "large low")]
"""No aids, and what needs most room; contrast needs no room: see below."""


@pytest.mark.timeout(600)
@pytest.mark.parametrize(("orientation", "language", "aids"), WORN)
def test_every_screen_fits_and_is_reached(
    orientation: str, language: Language, aids: str, tmp_path: Path
) -> None:
    found: dict[str, list[str]] = {}
    visited = set()
    worn = [Aid(name) for name in aids.split()]
    with undrawn(), everything(orientation, language, worn, tmp_path) as on:
        for shot in tour(on):
            assert shot.name not in found
            visited.add(on.screen)
            found[shot.name] = list(wrong(on, FINGER[orientation]))
            assert on.app.root.ids.footer.can_go_back or shot.name in ONE_WAY, shot.name
    assert visited == set(SCREENS)
    assert len(found) == SHOTS
    assert [f"{name}: {text}" for name, texts in found.items() for text in texts] == []


@pytest.mark.parametrize(("orientation", "language"), BOTH)
def test_every_procedure_and_list_of_the_catalogue_fits(
    orientation: str, language: Language
) -> None:
    found: dict[str, list[str]] = {}
    with stage(size=SIZES[orientation], screen=ScreenSection(language=language)) as on:
        start = on.app.session
        for service in on.app.backstage.catalogue.services:
            on.app.go(start.choose_service(service.id))
            on.frames(4)
            found[service.id] = list(faults(on, 0))
            for procedure in service.procedures:
                on.app.go(start.choose_procedure(service.id, procedure.code))
                on.frames(4)
                found[procedure.code] = list(faults(on, 0))
    assert len(found) == 56
    assert [f"{name}: {text}" for name, texts in found.items() for text in texts] == []


def test_a_text_that_does_not_fit_is_seen() -> None:
    with stage() as on:
        label = next(w for w in on.shown() if isinstance(w, Label) and w.text and visible(w))
        assert not list(cut_off(label))
        label.size_hint_y, label.height = None, 4
        on.frames(4)
        assert list(cut_off(label))


def test_texts_over_each_other_are_seen() -> None:
    with stage() as on:
        seen = [w for w in on.shown() if visible(w)]
        one, other = [w for w in seen if isinstance(w, Label) and w.text][:2]
        assert not list(overlapped(on, seen))
        one.size_hint, one.size, one.pos = (None, None), other.size, other.pos
        assert list(overlapped(on, seen))


def test_a_code_that_is_cut_off_or_too_small_is_seen() -> None:
    with stage() as on:
        on.app.go(on.app.session.choose_service("CT").want_number())
        on.press_main()
        on.until(lambda: on.screen == "ticket")
        on.frames(4)
        seen = [w for w in on.shown() if visible(w)]
        (code,) = [w for w in seen if isinstance(w, QrView)]
        assert not list(broken_codes(on, seen))
        whole, code.size_hint = tuple(code.size), (None, None)
        code.size = (60, 60)
        on.frames(4)
        assert list(broken_codes(on, [code]))
        code.size, view = whole, next(w for w in seen if isinstance(w, ScrollView))
        on.frames(4)
        assert not list(broken_codes(on, [code]))
        view.size_hint_y, view.height = None, 100
        on.frames(4)
        assert list(broken_codes(on, [code]))


DENSITIES = {
    # Coarse and fine, small and large, upright and across.
    "15.6 inch, 1920 × 1080": ((1920, 1080), 15.6),
    "21.5 inch, 1080 × 1920": ((1080, 1920), 21.5),
    "21.5 inch, 1920 × 1080": ((1920, 1080), 21.5),
    "32 inch, 1080 × 1920": ((1080, 1920), 32.0),
    "43 inch, 1080 × 1920": ((1080, 1920), 43.0),
}
TOO_NARROW = {
    "10.1 inch, 1280 × 800": ((1280, 800), 10.1, 13.0),
    "10.1 inch, 800 × 1280": ((800, 1280), 10.1, 10.2),
}
"""With the millimetres that are left for a finger."""


@pytest.mark.timeout(300)
@pytest.mark.parametrize("glass", DENSITIES)
def test_whatever_the_glass_all_that_is_touched_measures_20_mm(glass: str) -> None:
    """The way that most people take; which screens else there are is measured at two densities."""
    (wide, high), inch = DENSITIES[glass]
    finger = hypot(wide, high) / inch / 25.4 * 20
    assert not Glass.of(wide, high, inch).trouble
    found: dict[str, list[str]] = {}
    with undrawn(), stage(size=(wide, high), screen=ScreenSection(diagonal_inch=inch)) as on:
        for name in ticketing(on):
            on.frames(4)
            found[name] = [fault for fault in faults(on, finger) if TOO_SMALL in fault]
    assert len(found) > 8
    assert [f"{name}: {text}" for name, texts in found.items() for text in texts] == []


@pytest.mark.timeout(300)
@pytest.mark.parametrize("glass", TOO_NARROW)
def test_on_a_glass_too_narrow_for_20_mm_all_fits_and_is_as_large_as_staff_are_told(
    glass: str,
) -> None:
    (wide, high), inch, left_mm = TOO_NARROW[glass]
    told = Glass.of(wide, high, inch)
    assert told.finger_mm == pytest.approx(left_mm, abs=0.1)
    assert f"measure {left_mm:.0f} mm" in told.trouble
    found: dict[str, list[str]] = {}
    with undrawn(), stage(size=(wide, high), screen=ScreenSection(diagonal_inch=inch)) as on:
        for name in ticketing(on):
            on.frames(4)
            found[name] = list(wrong(on, told.finger))
    assert len(found) > 8
    assert [f"{name}: {text}" for name, texts in found.items() for text in texts] == []


def test_contrast_changes_colours_and_nothing_else() -> None:
    """So a screen that fits without high contrast fits with it."""
    look = Look(read_config(default_theme_path(), Theme), "light")
    aids: tuple[frozenset[Aid], ...] = (frozenset(), frozenset({Aid.LARGE, Aid.LOW}))
    for worn in aids:
        look.aid(worn)
        sizes = {name: getattr(look, name) for name in SIZED}
        look.aid(worn | {Aid.CONTRAST})
        assert sizes == {name: getattr(look, name) for name in SIZED}
    lines = [
        line.strip()
        for path in (Path(kiosk.ui.__file__).parent).rglob("*.kv")
        for line in path.read_text(encoding="utf-8").splitlines()
        if "look.contrast" in line
    ]
    assert lines
    assert all(line.startswith("color: ") for line in lines), lines
