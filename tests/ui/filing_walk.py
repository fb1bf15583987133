"""A finger that files: touches choices, types letter by letter with mark keys, ticks papers."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from kiosk.domain.compose import BREVE, HAT, HORN
from kiosk.ui.filing.bodies import ChoiceRow, ListRow, TypeBody
from kiosk.ui.filing.facts import KNOWN
from kiosk.ui.filing.typing import from_answer, is_figures
from kiosk.ui.screens.filing import FilingScreen
from kiosk.ui.widgets.typing_keys import MARKS
from kiosk.use_cases.filing import Filing, Place
from queue_server.contracts.forms import FormField, Kind
from tests.ui.stage import Stage

MARK_KEYS = {mark: sign for sign, mark in MARKS.items()}


def keys_of(text: str) -> Iterator[str]:
    """The keys that write a text: letters, then their marks; shift before a capital."""
    for letter in text:
        low = letter.lower()
        if letter != low:
            yield "shift"
        if low == "đ":
            yield from ("d", "đ")
            continue
        base, *marks = unicodedata.normalize("NFD", low)
        yield "space" if base == " " else base
        for mark in sorted(marks, key=lambda mark: mark not in {HAT, BREVE, HORN}):
            yield MARK_KEYS[mark]


class Finger:
    """Files on a stage."""

    def __init__(self, on: Stage) -> None:
        self.on = on

    @property
    def screen(self) -> FilingScreen:
        return self.on.app.root.ids.screens.get_screen("filing")  # type: ignore[no-any-return]  # Kivy

    @property
    def filing(self) -> Filing:
        filing = self.screen._flow.filing
        assert filing is not None
        return filing

    def open(self, procedure: str) -> None:
        """Through the filing door to the first question."""
        self.on.press(self.on.app.root.ids.screens.current_screen.ids.filing)
        known = self.on.app.backstage.catalogue.procedure(procedure)
        assert known is not None
        while not self.on.says(known.name.vi):
            self.on.press(self.on.app.root.ids.screens.current_screen.ids.pages.ids.after)
        (row,) = (w for w in self.on.shown() if getattr(w, "code", None) == procedure)
        self.on.press(row)
        assert self.filing.place is Place.ADVISE

    def write(self, text: str) -> None:
        """Type with the keys of the screen; marks by their keys, so that letters stay letters."""
        (body,) = (w for w in self.on.shown() if isinstance(w, TypeBody))
        body.ids.pad.typing = "plain"
        body.ids.pad.shift = False
        body.key("clear")
        for sign in keys_of(text) if not body.ids.pad.figures else text:
            body.ids.pad.dispatch("on_key", sign)

    def answer(self, field: FormField, value: str) -> None:
        """Answer the question on the screen."""
        if field.kind is Kind.CHOICE:
            self.on.frames()  # rows find their places in the first one
            (row,) = (w for w in self.on.shown() if isinstance(w, ChoiceRow) and w.id == value)
            self.on.press(row)
            return
        typed = from_answer(field, value)
        self.write(typed if not is_figures(field) else typed.replace(" ", ""))
        self.on.press_main()

    def answer_all(self, answers: Mapping[str, str]) -> None:
        """Answer until no question is left."""
        while self.filing.place is Place.QUESTION:
            at = self.filing.at
            self.answer(self.filing.question, answers[at])
            assert self.filing.place is not Place.QUESTION or self.filing.at != at, at

    def rows(self) -> list[Any]:
        """The lines of the list on the screen."""
        return [w for w in self.on.shown() if isinstance(w, ListRow)]

    def file(self, procedure: str, answers: Mapping[str, str]) -> None:
        """The whole way: open, answer, tick the first paper, review, agree, receipt."""
        self.open(procedure)
        self.on.press_main()
        self.answer_all(answers)
        if self.filing.place is Place.PAPERS:
            self.on.press(next(row for row in self.rows() if row.id != KNOWN))
            self.on.press_main()
        assert self.filing.place is Place.REVIEW
        self.on.press_main()
        assert self.filing.place is Place.CONSENT
        self.on.press_main()
        self.on.until(lambda: self.filing.place is Place.DONE)
