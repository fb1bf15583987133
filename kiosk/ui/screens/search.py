"""Asks what somebody is looking for."""

from __future__ import annotations

from kivy.properties import BooleanProperty, StringProperty

from kiosk.domain.catalogue import Procedure
from kiosk.domain.search import ProcedureSearch
from kiosk.domain.whence import Whence
from kiosk.ui.screens.screen import KioskScreen
from kiosk.ui.widgets.keyboard import typed
from kiosk.ui.widgets.procedure_row import ProcedureRow

LONGEST_QUERY = 40


class SearchScreen(KioskScreen):
    """A few letters without diacritics, and the procedures that are meant.

    Whoever lives elsewhere says so and sees only what is taken from there, without a letter all of
    it. Whoever does not know what to type is asked questions instead.
    """

    query = StringProperty("")
    note = StringProperty("")
    placeholder = StringProperty("")
    guide = StringProperty("")
    whence = StringProperty("")
    away = BooleanProperty(False)  # noqa: FBT003 - a Kivy property takes its default so

    def refresh(self) -> None:
        """Say everything anew; a new citizen starts with an empty field."""
        # In landscape the field itself asks: keyboard and results need the height.
        asks = self.app.locale.say("search_question")
        self.question = asks if self.app.look.portrait else ""
        self.placeholder = asks
        self.main_words = self.app.locale.say("search_take_number")
        self.main_icon = "ticket"
        whence = self.app.session.whence
        away = whence is not Whence.HERE
        self.whence = self.app.locale.say(f"whence_short_{whence.value}" if away else "whence_door")
        self.away = away
        self.ids.keyboard.speak()
        self._find()

    @property
    def written(self) -> str:
        """What is looked for."""
        return str(self.query)

    def on_main(self) -> None:
        """Choose from the list of services instead."""
        self.app.go(self.app.session.list_services())

    def on_key(self, sign: str) -> None:
        """Take a key of the keyboard."""
        self.query = typed(self.query, sign)[:LONGEST_QUERY]
        self._find()

    def _find(self) -> None:
        search: ProcedureSearch = self.app.backstage.search
        whence, typed = self.app.session.whence, bool(self.query.strip())
        found = search.find(self.query, keep=lambda one: one.taken_from(whence))
        if not typed and whence is not Whence.HERE:
            everything = self.app.backstage.catalogue.procedures
            found = [one for one in everything if one.taken_from(whence)]
        say = self.app.locale.say
        self.note = "" if found else say("search_nothing" if typed else "search_empty")
        self.guide = "" if found else say("guide_door")
        self.ids.pages.fill(found, self._row, self._tell)

    def _row(self, procedure: Procedure) -> ProcedureRow:
        row = ProcedureRow()
        self._tell(row, procedure)
        row.bind(on_release=self._choose)
        return row

    def _tell(self, row: ProcedureRow, procedure: Procedure) -> None:
        row.code, row.words = procedure.code, self.app.locale.of(procedure.name)
        row.hint = self.app.service_name(procedure.service) if self.app.look.portrait else ""

    def _choose(self, row: ProcedureRow) -> None:
        procedure = self.app.backstage.catalogue.procedure(row.code)
        if procedure is not None:
            self.app.go(self.app.session.choose_procedure(procedure.service, procedure.code))
