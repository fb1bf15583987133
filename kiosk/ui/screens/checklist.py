"""The papers, fee and time of a procedure as a code that a phone keeps without a network."""

from __future__ import annotations

from kivy.properties import StringProperty

from kiosk.ui.checklist_text import checklist_text
from kiosk.ui.screens.screen import KioskScreen


class ChecklistScreen(KioskScreen):
    """One large code; the number can be taken from here, too."""

    asks = StringProperty("")
    name_of = StringProperty("")
    more = StringProperty("")

    def refresh(self) -> None:
        """Draw the code of the procedure in the language of the moment."""
        app = self.app
        procedure = app.backstage.catalogue.procedure(app.session.procedure or "")
        if procedure is None:
            return
        say = app.locale.say
        # In landscape the words stand beside the code: it needs the height.
        asks, portrait = say("take_away_question"), app.look.portrait
        self.question, self.asks = (asks, "") if portrait else ("", asks)
        self.name_of = app.locale.of(procedure.name)
        self.more = f"{say('take_away_hint')} {say('take_away_more')}"
        self.main_words, self.main_icon = (
            say("choose_time" if app.session.booking else "take_number"),
            "next",
        )
        text = checklist_text(procedure, app.locale, app.backstage.office)
        self.ids.qr.modules = app.backstage.qr(text)

    def on_main(self) -> None:
        """Take a number for this procedure."""
        self.app.go(self.app.session.want_number())
