"""Nothing is cut off or too small to touch, on any screen, size and language."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from kivy.uix.label import Label
from kivy.uix.scrollview import ScrollView
from kivy.uix.widget import Widget

from kiosk.config.kiosk import ScreenSection
from kiosk.domain.words import Language
from kiosk.ui.widgets.touch import Touchable
from kiosk.use_cases.ports import PrinterFault
from tests.fakes.paper_tray import PaperTray
from tests.ui.appointment_walk import appointments
from tests.ui.picture_walk import SIZES, busy_office, troubles, walk
from tests.ui.stage import Stage, stage

pytestmark = pytest.mark.kivy

# 20 mm in pixels: a 27 inch portrait screen has 81.6 pixels an inch, a 15.6 inch landscape 96.8.
FINGER = {"portrait": 64, "landscape": 76}
SLACK = 1.5

BOTH = [(orientation, language) for orientation in SIZES for language in Language]


def faults(on: Stage, finger: float) -> Iterator[str]:
    for widget in on.shown():
        touchable = isinstance(widget, Touchable) and widget.opacity and not widget.disabled
        if touchable and min(widget.size) < finger - SLACK:
            words = getattr(widget, "words", "")
            yield f"too small to touch: {type(widget).__name__} {words!r} {widget.size}"
        if isinstance(widget, Label) and widget.text and visible(widget):
            yield from cut_off(widget)


def visible(widget: Widget) -> bool:
    while widget.parent is not None and widget.parent is not widget:
        if not widget.opacity:
            return False
        widget = widget.parent
    return True


def cut_off(label: Label) -> Iterator[str]:
    """Compare the ink of a text with every box around it."""
    middle_y = label.to_window(label.x, label.y)[1] + label.height / 2
    wide, high = label.texture_size
    box: Widget = label
    # What is longer than its view has arrows: see `test_access`.
    while box.parent not in {None, box} and not isinstance(box, ScrollView):
        y = box.to_window(box.x, box.y)[1]
        over = high / 2 - min(middle_y - y, y + box.height - middle_y)
        aside = wide - box.width
        if over > SLACK or aside > SLACK:
            yield f"{label.text!r} leaves {type(box).__name__} by {over:.0f} up, {aside:.0f} aside"
            return
        box = box.parent


@pytest.mark.parametrize(("orientation", "language"), BOTH)
def test_every_screen_fits(orientation: str, language: Language) -> None:
    found: dict[str, list[str]] = {}
    screen = ScreenSection(language=language)
    finger = FINGER[orientation]
    with stage(size=SIZES[orientation], office=busy_office(), screen=screen) as on:
        for shot in walk(on):
            on.frames(4)
            found[shot.name] = list(faults(on, finger))
    tray = PaperTray(PrinterFault.PAPER_OUT)
    with stage(size=SIZES[orientation], office=busy_office(), screen=screen, printer=tray) as on:
        for shot in troubles(on):
            on.frames(4)
            found[shot.name] = list(faults(on, finger))
    assert len(found) == 15
    assert [f"{name}: {text}" for name, texts in found.items() for text in texts] == []


@pytest.mark.parametrize(("orientation", "language"), BOTH)
def test_every_screen_of_appointments_fits(orientation: str, language: Language) -> None:
    found: dict[str, list[str]] = {}
    screen = ScreenSection(language=language)
    with stage(size=SIZES[orientation], screen=screen) as on:
        for shot in appointments(on):
            on.frames(4)
            found[shot.name] = list(faults(on, FINGER[orientation]))
    assert len(found) == 8
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
