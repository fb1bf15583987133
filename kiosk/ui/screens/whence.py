"""Asks where the citizen lives, so that only what can be filed here is shown."""

from __future__ import annotations

from kiosk.domain.whence import Whence
from kiosk.ui.screens.screen import KioskScreen
from kiosk.ui.widgets.procedure_row import ProcedureRow


class WhenceScreen(KioskScreen):
    """Three answers; the search then shows what the office takes from there."""

    def refresh(self) -> None:
        """Say the answers anew."""
        say = self.app.locale.say
        self.question, self.hint = say("whence_question"), say("whence_hint")
        self.main_words = ""
        self.ids.pages.fill(list(Whence), self._row, self._tell)

    def _row(self, whence: Whence) -> ProcedureRow:
        row = ProcedureRow()
        self._tell(row, whence)
        row.bind(on_release=self._choose)
        return row

    def _tell(self, row: ProcedureRow, whence: Whence) -> None:
        row.code, row.words = whence.value, self.app.locale.say(f"whence_{whence.value}")
        row.chosen = whence is self.app.session.whence

    def _choose(self, row: ProcedureRow) -> None:
        self.app.go(self.app.session.come_from(Whence(row.code)))
