"""Asks what is to be done within a service."""

from __future__ import annotations

from kiosk.domain.catalogue import Procedure
from kiosk.ui.screens.screen import KioskScreen
from kiosk.ui.widgets.procedure_row import ProcedureRow


class ProceduresScreen(KioskScreen):
    """The procedures of a service; who does not know takes a number for the service."""

    def refresh(self) -> None:
        """Say the procedures anew."""
        say, session = self.app.locale.say, self.app.session
        entry = self.app.backstage.catalogue.service(session.service or "")
        procedures = list(entry.procedures) if entry else []
        self.question = self.app.service_name(session.service or "")
        self.hint = say("procedures_question") if procedures else say("procedures_none")
        self.main_words = say("unsure_take_number") if procedures else say("take_number")
        if session.booking:
            self.main_words = say("choose_time")
        if session.chosen:
            self.hint = say("procedures_more")
            self.main_words = self._take(len(session.chosen))
        self.main_icon = "next"
        self.ids.pages.fill(procedures, self._row, self._tell)

    def on_main(self) -> None:
        """Take a number for the service."""
        self.app.go(self.app.session.want_number())

    def _take(self, count: int) -> str:
        say = self.app.locale.say
        return say("take_number_for", n=count) if count > 1 else say("take_number")

    def _row(self, procedure: Procedure) -> ProcedureRow:
        row = ProcedureRow()
        self._tell(row, procedure)
        row.bind(on_release=self._choose)
        return row

    def _tell(self, row: ProcedureRow, procedure: Procedure) -> None:
        locale = self.app.locale
        row.code, row.words = procedure.code, locale.of(procedure.name)
        row.chosen = procedure.code in self.app.session.chosen
        fee = f"{locale.say('fee')}: {locale.fee(procedure)}"
        row.hint = locale.say("procedure_chosen") if row.chosen else fee

    def _choose(self, row: ProcedureRow) -> None:
        session = self.app.session
        if row.code in session.chosen:
            self.app.go(session.drop_procedure(row.code))
        else:
            self.app.go(session.choose_procedure(session.service or "", row.code))
