"""What a procedure asks for and costs, before a number is taken for it."""

from __future__ import annotations

from kivy.properties import StringProperty
from kivy.uix.boxlayout import BoxLayout

from kiosk.domain.catalogue import Document
from kiosk.ui.screens.screen import KioskScreen


class PaperLine(BoxLayout):
    """One paper to bring and in which form."""

    words = StringProperty("")
    form = StringProperty("")


class ProcedureScreen(KioskScreen):
    """Papers, fee with its exemptions, time."""

    bring = StringProperty("")
    nothing = StringProperty("")
    fee = StringProperty("")
    amount = StringProperty("")
    fee_note = StringProperty("")
    time = StringProperty("")
    days = StringProperty("")
    time_note = StringProperty("")
    file_here = StringProperty("")

    def refresh(self) -> None:
        """Say the procedure anew."""
        procedure = self.app.backstage.catalogue.procedure(self.app.session.procedure or "")
        if procedure is None:
            return
        locale = self.app.locale
        self.question = locale.of(procedure.name)
        self.main_words, self.main_icon = locale.say("take_number"), "next"
        fileable = procedure.code in self.app.backstage.forms and self.app.backstage.filing
        self.file_here = locale.say("file_here") if fileable else ""
        self.bring, self.fee = locale.say("bring"), locale.say("fee")
        self.nothing = "" if procedure.documents else locale.say("bring_ask")
        self.amount, self.fee_note = locale.fee(procedure), locale.fee_note(procedure)
        self.time, self.days = locale.say("processing"), locale.processing(procedure)
        self.time_note = locale.processing_note(procedure)
        papers = self.ids.papers
        papers.clear_widgets()
        for paper in sorted(procedure.documents, key=lambda paper: paper.conditional):
            papers.add_widget(self._line(paper))

    def on_main(self) -> None:
        """Take a number for this procedure."""
        self.app.go(self.app.session.want_number())

    def file(self) -> None:
        """File it at this kiosk."""
        session = self.app.session
        self.app.go(session.file_here(session.service or "", session.procedure or ""))

    def _line(self, paper: Document) -> PaperLine:
        locale = self.app.locale
        return PaperLine(words=locale.of(paper.name), form=locale.document(paper))
