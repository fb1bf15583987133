"""The papers, fee and time of a procedure to take home: on paper, or as a code for a phone."""

from __future__ import annotations

import logging

from kivy.properties import StringProperty

from kiosk.ui.checklist_text import checklist_slip, checklist_text
from kiosk.ui.faults import place_of
from kiosk.ui.screens.screen import KioskScreen
from kiosk.use_cases.ports import PrinterFault

log = logging.getLogger(__name__)

PRINTING, PRINTED, NOT_PRINTED = "list_printing", "list_printed", "list_not_printed"


class ChecklistScreen(KioskScreen):
    """One large code that needs no network, a list on paper, and the way to the number.

    A list is printed once: `printed` says how far that is, empty before the first touch.
    """

    asks = StringProperty("")
    name_of = StringProperty("")
    more = StringProperty("")
    paper = StringProperty("")
    printed = StringProperty("")
    said = StringProperty("")
    _of = ""

    def refresh(self) -> None:
        """Draw the code of the procedure in the language of the moment."""
        app = self.app
        procedure = app.backstage.catalogue.procedure(app.session.procedure or "")
        if procedure is None:
            return
        if self._of != procedure.code:
            self._of, self.printed = procedure.code, ""
        say = app.locale.say
        # In landscape the words stand beside the code: it needs the height.
        asks, portrait = say("take_away_question"), app.look.portrait
        self.question, self.asks = (asks, "") if portrait else ("", asks)
        self.name_of = app.locale.of(procedure.name)
        self.more = f"{say('take_away_hint')} {say('take_away_more')}"
        self.said = say(self.printed) if self.printed else ""
        again = self.printed in {"", NOT_PRINTED} and app.backstage.print_promise is not None
        self.paper = say("list_print") if again else ""
        self.main_words, self.main_icon = (
            say("choose_time" if app.session.booking else "take_number"),
            "next",
        )
        text = checklist_text(procedure, app.locale, app.backstage.office)
        self.ids.qr.modules = app.backstage.qr(text)

    def on_main(self) -> None:
        """Take a number for this procedure."""
        self.app.go(self.app.session.want_number())

    def forget(self) -> None:
        """Wipe also which list was printed."""
        super().forget()
        self._of = ""

    def print_it(self) -> None:
        """Put the list on paper; the screen says how that goes."""
        behind, of = self.app.backstage, self._of
        printing, procedure = behind.print_promise, behind.catalogue.procedure(of)
        if printing is None or procedure is None:
            return
        slip = checklist_slip(
            procedure, self.app.locale, behind.office, behind.now(), khmer=behind.khmer_paper
        )
        self._say(of, PRINTING)
        self.app.background.run(
            lambda: printing.checklist(slip),
            lambda fault: self._came_out(of, fault),
            lambda error: self._broke(of, error),
        )

    def _came_out(self, of: str, fault: PrinterFault | None) -> None:
        self._say(of, PRINTED if fault is None else NOT_PRINTED)

    def _broke(self, of: str, error: BaseException) -> None:
        log.error("printing a list broke: %s", place_of(error))
        self._say(of, NOT_PRINTED)

    def _say(self, of: str, printed: str) -> None:
        """Say how it went, unless somebody else stands here by now."""
        if of == self._of:
            self.printed = printed
            self.app.render()
