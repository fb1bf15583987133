"""Asks for staff to come home: what, when, for whom, who and where; then a code and its paper."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from kiosk.domain.home_visit import TYPED, Ask, VisitWish
from kiosk.domain.priority import Priority
from kiosk.ui.filing.bodies import (
    ChoiceBody,
    DoneBody,
    Row,
    RowsBody,
    TypeBody,
    WaitBody,
)
from kiosk.ui.home_visit_talk import HomeVisitTalk
from kiosk.ui.screens.asking import AskingScreen

LONGEST = {Ask.NAME: 120, Ask.PHONE: 11, Ask.ADDRESS: 300}
WHOM = (
    Priority.NORMAL,
    Priority.AGE_80,
    Priority.AGE_60,
    Priority.DISABLED,
    Priority.PREGNANT,
    Priority.MERIT,
)


class HomeVisitScreen(AskingScreen):
    """One question at a time, in the bodies that filing uses; everything is forgotten after it."""

    def __init__(self, **properties: Any) -> None:
        super().__init__(**properties)
        self._talk = HomeVisitTalk(self.app)

    # -- the life of a wish

    def forget(self) -> None:
        """Wipe everything of this citizen."""
        super().forget()
        self._talk.forget()

    def refresh(self) -> None:
        """Say the question anew."""
        talk = self._talk
        self.hint = self.main_words = ""
        self.main_icon = "next"
        if talk.promised is not None:
            self._done()
        elif talk.busy:
            self.question = ""
            self.put(WaitBody).words = self.app.locale.say("asking_server")
        elif talk.wish.at in TYPED:
            self._type(talk.wish)
        else:
            {
                Ask.SERVICE: self._service,
                Ask.WHEN: self._when,
                Ask.WHO: self._who,
                Ask.REVIEW: self._review,
            }[talk.wish.at](talk.wish)

    def on_main(self) -> None:
        """Take the main action of the question."""
        talk = self._talk
        if talk.promised is not None:
            self.app.leave()
        elif talk.wish.at in TYPED:
            talk.go(talk.wish.typed(self.body(TypeBody).text))
        elif talk.wish.at is Ask.REVIEW:
            talk.ask()
            self.app.render()

    def went_back(self) -> bool:
        """Go a question back; before the first one is the screen of appointments."""
        before = self._talk.wish.back()
        if before is None:
            self.forget()
            return False
        self._talk.go(before)
        return True

    @property
    def may_go_back(self) -> bool:
        """Nothing goes back once it is on its way."""
        return not self._talk.busy and self._talk.promised is None

    # -- what stands on the screen

    def _service(self, wish: VisitWish) -> None:
        locale = self.app.locale
        self.question, self.hint = locale.say("visit_service"), locale.say("visit_hint")
        self._rows(
            [
                Row(one.id, locale.of(one.hint), locale.of(one.name), "right")
                for one in self.app.backstage.catalogue.services
                if one.id in self._offered
            ],
            lambda service: self._talk.go(wish.choose_service(service)),
        )

    def _when(self, wish: VisitWish) -> None:
        locale, talk = self.app.locale, self._talk
        self.question = locale.say("visit_when")
        if talk.half_days is None and talk.trouble is None:
            talk.see_half_days()
            self.put(WaitBody).words = locale.say("asking_server")
            return
        half_days = {f"{one.day}-{one.part}": one for one in talk.half_days or ()}
        if not half_days:
            none = locale.of(talk.trouble) if talk.trouble else locale.say("visit_full")
            self.put(WaitBody).words = none
            return
        rows = [
            Row(name, locale.say("visit_room", n=one.left), self._day(one.day, one.part), "right")
            for name, one in half_days.items()
        ]
        self._rows(rows, lambda name: self._talk.go(wish.choose_when(half_days[name])))

    def _who(self, wish: VisitWish) -> None:
        say = self.app.locale.say
        self.question = say("visit_who")
        body = self.put(ChoiceBody)
        body.help = ""
        words = {one: say(f"priority_{one.value}") for one in WHOM}
        words[Priority.NORMAL] = say("visit_who_other")
        choices = [(one.value, words[one]) for one in WHOM]
        body.show(choices, "", lambda one: self._talk.go(wish.choose_who(Priority(one))))

    def _type(self, wish: VisitWish) -> None:
        say, ask = self.app.locale.say, wish.at
        self.question = say(f"visit_{ask.value}")
        self.main_words = say("filing_next")
        body = self.put(TypeBody)
        body.help, body.example = say(f"visit_{ask.value}_help"), ""
        body.flaw = say(f"visit_{ask.value}_wrong") if wish.wrong else ""
        if self.is_fresh(ask):
            most, phone = LONGEST[ask], ask is Ask.PHONE
            shape = str.title if ask is Ask.NAME else str
            text = {Ask.NAME: wish.name, Ask.PHONE: wish.phone, Ask.ADDRESS: wish.address}[ask]
            body.ask(text, lambda typed: shape(typed.lstrip()[:most]), str, figures=phone)
        body.ids.pad.speak()

    def _review(self, wish: VisitWish) -> None:
        locale, say = self.app.locale, self.app.locale.say
        self.question = say("visit_review")
        self.main_words, self.main_icon = say("visit_send"), "check"
        whom = "visit_who_other" if wish.priority is Priority.NORMAL else ""
        said = {
            Ask.SERVICE: self.app.service_name(wish.service),
            Ask.WHEN: self._day(wish.day, wish.part),
            Ask.WHO: say(whom or f"priority_{wish.priority.value}"),
            Ask.NAME: wish.name,
            Ask.PHONE: wish.phone,
            Ask.ADDRESS: wish.address,
        }
        rows = [
            Row(ask.value, say(f"visit_{ask.value}"), text, "right") for ask, text in said.items()
        ]
        note = locale.of(self._talk.trouble) if self._talk.trouble else say("visit_consent")
        self._rows(rows, lambda ask: self._talk.go(wish.edit(Ask(ask))), note)

    def _done(self) -> None:
        visit, locale, body = self._talk.promised, self.app.locale, self.put(DoneBody)
        if visit is None:
            return
        say, fault = locale.say, self._talk.fault
        self.question, self.hint = say("visit_done"), locale.of(visit.service_name)
        self.main_words, self.main_icon = say("filing_done"), "check"
        body.caption, body.code = say("visit_code"), visit.parted_code
        body.due, body.fee = self._day(visit.day, visit.part), say("visit_done_hint")
        body.follow, body.holder = say("visit_page"), ""
        printed = fault is None and self.app.backstage.print_promise is not None
        trouble = say(f"fault_{fault.value if fault else 'none'}")
        body.slip = say("visit_slip") if printed else f"{trouble} {say('visit_no_slip')}"
        body.modules = self.app.backstage.qr(visit.page_url)

    # -- inside

    @property
    def _offered(self) -> set[str]:
        """What the office does; before the server was heard, everything in the catalogue."""
        lines = self.app.lines
        services = self.app.backstage.catalogue.services
        return {one.service for one in lines} if lines else {one.id for one in services}

    def _day(self, day: Any, part: str) -> str:
        date = self.app.locale.date(datetime.combine(day, time()))
        return self.app.locale.say(f"visit_{part}", date=date)

    def _rows(self, rows: list[Row], touch: Any, note: str = "") -> None:
        body = self.put(RowsBody)
        body.note = note
        body.show(rows, touch)
