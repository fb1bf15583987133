"""Asks what is to be filed at this kiosk; who saved a declaration continues it from here."""

from __future__ import annotations

from kiosk.domain.catalogue import Procedure
from kiosk.ui.screens.screen import KioskScreen
from kiosk.ui.widgets.procedure_row import ProcedureRow


class FilingsScreen(KioskScreen):
    """The procedures that have a form."""

    def refresh(self) -> None:
        """Say the procedures anew."""
        locale, backstage = self.app.locale, self.app.backstage
        self.question = locale.say("filing_list_question")
        self.hint = locale.say("filing_list_hint")
        self.main_words, self.main_icon = locale.say("filing_resume"), "again"
        listed = backstage.catalogue.procedures
        known = [p for p in listed if p.code in backstage.forms and p.mode.files]
        self.ids.pages.fill(known, self._row)

    def on_main(self) -> None:
        """Continue a saved declaration."""
        self.app.go(self.app.session.resume())

    def _row(self, procedure: Procedure) -> ProcedureRow:
        locale = self.app.locale
        hint = f"{locale.say('fee')}: {locale.fee(procedure)}"
        row = ProcedureRow(code=procedure.code, words=locale.of(procedure.name), hint=hint)
        row.bind(on_release=lambda _row: self._choose(procedure))
        return row

    def _choose(self, procedure: Procedure) -> None:
        self.app.go(self.app.session.file_here(procedure.service, procedure.code))
