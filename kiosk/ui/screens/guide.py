"""Asks what somebody's matter is about, question by question, until a procedure is found."""

from __future__ import annotations

from kiosk.domain.guide import Answer
from kiosk.domain.words import Language
from kiosk.ui.screens.screen import KioskScreen
from kiosk.ui.widgets.procedure_row import ProcedureRow


class GuideScreen(KioskScreen):
    """One question of the guide; who finds no answer sees the services instead."""

    def refresh(self) -> None:
        """Say the question anew."""
        app, say = self.app, self.app.locale.say
        session, catalogue = app.session, app.backstage.catalogue
        self.question = app.locale.of(app.backstage.guide.question(session.guide).ask)
        self.hint = say("guide_hint")
        self.main_words, self.main_icon = say("guide_none"), "next"
        codes = {one.code for one in catalogue.procedures if one.taken_from(session.whence)}
        offered = app.backstage.guide.offered(session.guide, codes)
        self.ids.pages.fill(offered, self._row, self._tell)

    def on_main(self) -> None:
        """None of the answers: choose from the list of services."""
        self.app.go(self.app.session.list_services())

    def _row(self, answer: Answer) -> ProcedureRow:
        row = ProcedureRow()
        self._tell(row, answer)
        row.bind(on_release=self._choose)
        return row

    def _tell(self, row: ProcedureRow, answer: Answer) -> None:
        locale = self.app.locale
        known = self.app.backstage.catalogue.procedure(answer.procedure)
        name = locale.of(known.name) if known is not None else ""
        # An answer without Khmer is said by the name of its procedure, which has it.
        unsaid = locale.language is Language.KM and not answer.words.km
        row.words = name if name and unsaid else locale.of(answer.words)
        row.code, row.leads = answer.procedure, answer.to
        row.hint = name if self.app.look.portrait and row.words != name else ""

    def _choose(self, row: ProcedureRow) -> None:
        session = self.app.session
        found = self.app.backstage.catalogue.procedure(row.code)
        if found is not None:
            self.app.go(session.choose_procedure(found.service, found.code))
        else:
            self.app.go(session.ask_guide(row.leads))
