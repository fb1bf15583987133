"""What a citizen typed, showed or chose stands on no screen, shown or hidden, after a reset."""

from __future__ import annotations

import pytest
from kivy.properties import StringProperty

from kiosk.domain.priority import Priority
from kiosk.domain.session import Step
from kiosk.ui.screen_list import SCREENS
from kiosk.ui.screens.screen import KioskScreen
from tests.fakes.filing_desk import FakeFilings
from tests.ui.filing_walk import Finger
from tests.ui.scanned_texts import CARD
from tests.ui.stage import Stage, stage

pytestmark = pytest.mark.kivy

NAME = "Quyzw Xofjk"
MARITAL = "1.004873"


def written(on: Stage, text: str) -> list[str]:
    """Every place of every screen, and of the frame around them, that holds a text."""
    return [
        f"{type(widget).__name__}.{name}"
        for widget in on.everything()
        for name, property_ in widget.properties().items()
        if isinstance(property_, StringProperty)
        and text.lower() in (getattr(widget, name) or "").lower()
    ]


def leave(on: Stage) -> None:
    """The citizen is gone."""
    on.app.leave()
    on.until(lambda: not on.app.background.busy)
    on.frames(4)
    assert on.screen == "home"


def test_what_was_searched_for_is_gone_with_what_was_found() -> None:
    with stage() as on:
        on.app.go(on.app.session.search())
        on.type("khai tu")
        rows = on.app.root.ids.screens.get_screen("search").ids.pages
        found = rows._choices[0].name.vi
        assert written(on, "khai tu")
        assert written(on, found)
        leave(on)
        assert not rows._choices
        assert not rows._made
        assert not written(on, "khai tu")
        assert not written(on, found)


def test_a_declaration_is_gone_with_its_choices_and_code() -> None:
    with stage(filings=FakeFilings()) as on:
        finger = Finger(on)
        finger.open(MARITAL)
        on.press_main()
        finger.answer(finger.filing.question, "self")
        finger.write(NAME)
        assert written(on, NAME)
        on.press_main()
        on.until(lambda: finger.filing.code)
        code = finger.filing.code
        question = finger.filing.question
        assert question is not None
        assert code is not None
        leave(on)
        for text in (NAME, code, question.ask.vi):
            assert not written(on, text)


def test_the_papers_and_the_code_of_a_procedure_are_gone() -> None:
    with stage() as on:
        procedure = on.app.backstage.catalogue.services[1].procedures[0]
        on.app.go(on.app.session.choose_procedure(procedure.service, procedure.code))
        on.app.go(on.app.session.tick(0).take_checklist())
        code = on.app.root.ids.screens.get_screen("checklist").ids.qr
        assert code.modules
        assert written(on, procedure.name.vi)
        leave(on)
        assert not code.modules
        assert not written(on, procedure.name.vi)
        assert not on.app.root.ids.screens.get_screen("procedure").ids.papers.children


def test_a_number_is_gone_with_its_code_and_its_priority() -> None:
    with stage() as on:
        on.gateway.away = True
        on.app.go(on.app.session.choose_service("CT").want_number())
        on.app.numbers.ask(Priority.AGE_80)
        on.until(lambda: on.screen == "no_number")
        on.gateway.away = False
        on.app.numbers.ask_again()
        on.until(lambda: on.app.session.step is Step.TICKET)
        number = on.app.root.ids.screens.get_screen("ticket").number
        code = on.app.root.ids.screens.get_screen("ticket").ids.qr
        assert number
        assert code.modules
        leave(on)
        assert not written(on, number)
        assert not code.modules
        assert on.app.numbers._last_priority is Priority.NORMAL


def test_the_next_citizen_books_under_a_key_and_card_of_their_own() -> None:
    with stage() as on:
        on.app.go(on.app.session.appointments())
        on.scanner.hold(CARD)
        on.until(lambda: on.app.desk.card is not None)
        first = on.app.desk._made_key()
        leave(on)
        assert on.app.desk.card is None
        assert on.app.desk._made_key() != first


def test_a_screen_wipes_the_texts_that_it_adds_by_itself() -> None:
    kept = {"home", "services"}
    with stage() as on:
        for name in set(SCREENS) - kept:
            screen = on.app.root.ids.screens.get_screen(name)
            texts = [
                text
                for kind in type(screen).__mro__
                if issubclass(kind, KioskScreen)
                for text, property_ in vars(kind).items()
                if isinstance(property_, StringProperty)
            ]
            for text in texts:
                setattr(screen, text, getattr(screen, text) or NAME)
            screen.forget()
            assert not [text for text in texts if getattr(screen, text) == NAME], name
