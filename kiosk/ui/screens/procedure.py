"""What a procedure asks for and costs, before a number is taken for it."""

from __future__ import annotations

from kivy.properties import BooleanProperty, NumericProperty, StringProperty

from kiosk.domain.catalogue import Document, Procedure
from kiosk.domain.session import MOST_PROCEDURES
from kiosk.ui.screens.screen import KioskScreen
from kiosk.ui.widgets.touch import Touchable


class PaperLine(Touchable):
    """One paper and in which form; a touch says that it is along, the next takes that back."""

    place = NumericProperty(0)
    words = StringProperty("")
    form = StringProperty("")
    has = BooleanProperty(False)  # noqa: FBT003 - a Kivy property takes its default so


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
    take_away = StringProperty("")
    accepts = StringProperty("")
    stay = StringProperty("")
    more = StringProperty("")

    def refresh(self) -> None:
        """Say the procedure anew."""
        procedure = self.app.backstage.catalogue.procedure(self.app.session.procedure or "")
        if procedure is None:
            return
        locale = self.app.locale
        self.question = locale.of(procedure.name)
        self.main_words, self.main_icon = self._main_words(), "next"
        self.more = locale.say("add_procedure") if self._may_add(procedure) else ""
        self.file_here = locale.say("file_here") if self._may_file(procedure) else ""
        self.bring, self.fee = locale.say("bring"), locale.say("fee")
        self.nothing = "" if procedure.documents else locale.say("bring_ask")
        self.amount, self.fee_note = locale.fee(procedure), locale.fee_note(procedure)
        self.time, self.days = locale.say("processing"), locale.processing(procedure)
        self.time_note = locale.processing_note(procedure)
        self.take_away = locale.say("take_away")
        self.accepts = locale.accepts(procedure)
        lines = self.app.lines or ()
        wait = next((one.forecast for one in lines if one.service == procedure.service), None)
        self.stay = ". ".join(w for w in (locale.wait(wait), locale.at_the_counter(procedure)) if w)
        papers = self.ids.papers
        papers.clear_widgets()
        places = sorted(enumerate(procedure.documents), key=lambda one: one[1].conditional)
        for place, paper in places:
            papers.add_widget(self._line(place, paper))

    def forget(self) -> None:
        """Wipe which papers somebody has."""
        super().forget()
        self.ids.papers.clear_widgets()

    def on_main(self) -> None:
        """Take a number for this procedure."""
        self.app.go(self.app.session.want_number())

    def file(self) -> None:
        """File it at this kiosk."""
        session = self.app.session
        self.app.go(session.file_here(session.service or "", session.procedure or ""))

    def _main_words(self) -> str:
        session, say = self.app.session, self.app.locale.say
        count = len(session.procedures)
        if session.booking:
            return say("choose_time")
        return say("take_number_for", n=count) if count > 1 else say("take_number")

    def _may_file(self, procedure: Procedure) -> bool:
        """Whether it can be declared at this kiosk, as the office has it."""
        behind = self.app.backstage
        has_form = procedure.code in behind.forms and behind.filing is not None
        return has_form and procedure.mode.files

    def _may_add(self, procedure: Procedure) -> bool:
        """Whether this number can be for one more procedure of the service."""
        session = self.app.session
        entry = self.app.backstage.catalogue.service(procedure.service)
        offered = {one.code for one in entry.procedures} if entry is not None else set()
        left = offered - set(session.procedures)
        return bool(left) and not session.booking and len(session.procedures) < MOST_PROCEDURES

    def _line(self, place: int, paper: Document) -> PaperLine:
        locale = self.app.locale
        line = PaperLine(
            place=place,
            words=locale.of(paper.name),
            form=locale.document(paper),
            has=place in (self.app.session.papers or ()),
        )
        line.bind(on_release=self._tick)
        return line

    def _tick(self, line: PaperLine) -> None:
        self.app.go(self.app.session.tick(line.place))
