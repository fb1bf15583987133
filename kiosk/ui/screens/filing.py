"""Files a dossier: advice, one question a screen, papers, review, consent, receipt."""

from __future__ import annotations

from typing import Any

from kiosk.domain.catalogue import Procedure
from kiosk.domain.scan import NotRead
from kiosk.domain.words import Words
from kiosk.ui.filing import facts
from kiosk.ui.filing.bodies import (
    AdviseBody,
    ChoiceBody,
    DoneBody,
    Row,
    RowsBody,
    TypeBody,
    WaitBody,
)
from kiosk.ui.filing.flow import FilingFlow
from kiosk.ui.filing.paper_places import PAPER_PLACES, PaperPlaces
from kiosk.ui.filing.typing import from_answer, is_figures, seen, shaped, spaced, to_answer
from kiosk.ui.screens.asking import AskingScreen
from kiosk.use_cases.file_dossier import Fee
from kiosk.use_cases.filing import Filing, Place
from queue_server.contracts.forms import FormField, Kind

LONG_QUESTION = 56
"""Letters from which a question takes two lines on a low screen and leaves none for the help."""


class FilingScreen(AskingScreen):
    """The filing of the citizen in front; everything of it is forgotten when they leave."""

    def __init__(self, **properties: Any) -> None:
        super().__init__(**properties)
        self._flow = FilingFlow(self.app)
        self._papers = PaperPlaces(self, self._flow)

    # -- the life of a filing

    def forget(self) -> None:
        """Wipe everything of this citizen."""
        super().forget()
        self._flow.forget()
        self._papers.forget()

    def refresh(self) -> None:
        """Say the place of the filing anew; without one, ask for the code of a saved draft."""
        session = self.app.session
        if self._flow.filing is None and session.procedure is not None:
            self._flow.open(session.procedure)
        filing = self._flow.filing
        self.main_icon = "next"
        if filing is None:
            self._resume()
            return
        {
            Place.ADVISE: self._advise,
            Place.ASSIST: self._assist,
            Place.QUESTION: self._question,
            Place.REVIEW: self._review,
            Place.CONSENT: self._consent,
            Place.SENDING: self._sending,
            Place.DONE: self._done,
        }.get(filing.place, self._papers.refresh)(filing)

    def on_main(self) -> None:
        """Take the main action of the place."""
        filing, today = self._flow.filing, self.app.backstage.now().date()
        typed = self.body(TypeBody).text if TypeBody in self._bodies else ""
        if filing is None:
            self._flow.load(typed)
        elif filing.place is Place.ADVISE:
            self._flow.go(filing.begin())
        elif filing.place is Place.ASSIST:
            self._flow.go(filing.helped_by(typed))
        elif filing.place is Place.QUESTION:
            self._flow.go(filing.answer(to_answer(filing.question, typed), today))
        elif filing.place in PAPER_PLACES:
            self._papers.on_main(filing)
        elif filing.place is Place.REVIEW:
            self._flow.go(filing.ask_consent(today))
        elif filing.place is Place.CONSENT:
            self._flow.hand_in(filing)
        elif filing.place is Place.DONE:
            self.app.leave()

    def went_back(self) -> bool:
        """Go a step back within the filing; False leads out of it."""
        self._papers.left()
        if self._flow.back():
            return True
        self.forget()
        return False

    @property
    def may_go_back(self) -> bool:
        """Nothing goes back once it is on its way."""
        return self._flow.filing is None or self._flow.filing.can_go_back

    def scanned(self, text: str | None) -> None:
        """A card was held to the scanner: take over what it says, or say why not."""
        filing = self._flow.filing
        if filing is None or filing.place not in {Place.ADVISE, Place.QUESTION}:
            return
        card = self.app.backstage.read_card(text)
        if isinstance(card, NotRead):
            self._flow.trouble = self.app.backstage.texts[f"filing_{card.value}"]
            self.app.render()
            return
        self._flow.trouble = None
        filled = filing.filled(card.facts)
        self._flow.go(filled.begin() if filled.place is Place.ADVISE else filled)

    # -- what stands on the screen

    def _advise(self, filing: Filing) -> None:
        locale = self.app.locale
        procedure = self._procedure(filing)
        self.question, self.hint = locale.of(procedure.name), self.note(filing)
        self.main_words = locale.say("filing_begin")
        ways = [(locale.say("filing_resume"), self._ask_code)]
        if self.app.backstage.papers is not None and filing.papers:
            ways.insert(0, (locale.say("scan_first"), lambda: self._flow.go(filing.prepare())))
        ways.append((locale.say("filing_assisted"), lambda: self._flow.go(filing.assist())))
        known = facts.advice(locale, procedure, filing)
        if self._flow.trouble is not None:
            known.insert(0, ("warning", locale.of(self._flow.trouble)))
        self.put(AdviseBody).show(known, ways)

    def _assist(self, filing: Filing) -> None:
        say = self.app.locale.say
        self._ask_text(say("filing_assist_question"), say("filing_assist_help"), filing.assistant)
        self.main_words = say("filing_next")

    def _resume(self) -> None:
        say = self.app.locale.say
        self._ask_text(say("filing_code_question"), say("filing_code_help"), "", upper=True)
        self.main_words = say("filing_next")

    def _ask_text(self, question: str, words: str, text: str, *, upper: bool = False) -> None:
        self.question, self.hint = question, ""
        body = self.put(TypeBody)
        body.help, body.example = words, ""
        body.flaw = self.app.locale.of(self._flow.trouble) if self._flow.trouble is not None else ""
        if self.is_fresh(question):
            body.ask(text, str.upper if upper else str, str, figures=False, code=True)
        body.ids.pad.speak()

    def _question(self, filing: Filing) -> None:
        locale, field = self.app.locale, filing.question
        n, of = filing.number
        self.question = locale.of(_words(field.ask))
        self.hint = locale.say("filing_number", n=n, of=of) + self.note(filing, " · ")
        words = locale.of(_words(field.help)) if field.help else ""
        if field.kind is Kind.CHOICE:
            self.main_words = ""
            body = self.put(ChoiceBody)
            body.help = words
            choices = [(one.id, locale.of(_words(one.words))) for one in field.choices]
            body.show(choices, filing.answers.get(field.id, ""), self._chosen)
            return
        self.main_words = locale.say("filing_next" if field.required else "filing_next_optional")
        body = self.put(TypeBody)
        body.help, body.tight = words, len(self.question) > LONG_QUESTION
        body.example = locale.say("filing_example", text=field.example) if field.example else ""
        body.flaw = locale.of(self._flow.trouble) if self._flow.trouble is not None else ""
        if filing.flaw is not None:
            body.flaw = locale.say(f"flaw_{filing.flaw.value}")
        if self.is_fresh(filing.at, filing.answers.get(filing.at)):
            self._begin_typing(field, filing.answers.get(filing.at, ""))
        body.ids.pad.speak()

    def _begin_typing(self, field: FormField, answer: str) -> None:
        body = self.body(TypeBody)
        body.ask(
            from_answer(field, answer),
            lambda text: shaped(field, text),
            lambda text: seen(field, text),
            figures=is_figures(field),
        )

    def _review(self, filing: Filing) -> None:
        locale = self.app.locale
        self.question, self.hint = locale.say("filing_review_question"), self.note(filing)
        self.main_words = locale.say("filing_next")
        body = self.put(RowsBody)
        body.note = locale.say("filing_review_note")
        rows = [
            Row(
                field.id,
                locale.of(_words(field.label)),
                locale.of(_words(field.shown(filing.answers.get(field.id, "")))) or "—",
                "right",
            )
            for field in filing.asked
        ]
        body.show(rows, lambda field_id: self._flow.go(filing.edit(field_id)))

    def _consent(self, filing: Filing) -> None:
        locale = self.app.locale
        self.question, self.hint = locale.say("filing_consent_question"), self.note(filing)
        self.main_words, self.main_icon = locale.say("filing_agree"), "check"
        lines = facts.estimate(locale, self._procedure(filing), filing)
        lines += [(icon, locale.say(key)) for icon, key in CONSENT]
        if self._flow.trouble is not None:
            lines.insert(0, ("warning", locale.of(self._flow.trouble)))
        self.put(AdviseBody).show(lines)

    def _sending(self, _filing: Filing) -> None:
        self.question = self.hint = self.main_words = ""
        self.put(WaitBody).words = self.app.locale.say("filing_sending")

    def _done(self, _filing: Filing) -> None:
        locale, handed = self.app.locale, self._flow.handed
        if handed is None:
            return
        filed, body = handed.filed, self.put(DoneBody)
        self.question, self.hint = locale.say("filing_done_question"), locale.of(filed.procedure)
        if filed.missed:
            self.question, self.hint = locale.say("filing_missed"), locale.say("filing_missed_hint")
        self.main_words, self.main_icon = locale.say("filing_done"), "check"
        body.caption, body.code = locale.say("filing_code"), filed.code
        body.due, body.fee = facts.due(locale, filed), facts.fee(locale, filed)
        body.follow = locale.say("filing_follow")
        body.holder = spaced(filed.holder)
        fault = handed.fault.value if handed.fault else "none"
        body.slip = (
            locale.say("filing_slip")
            if handed.printed
            else f"{locale.say(f'fault_{fault}')} {locale.say('filing_no_slip')}"
        )
        body.modules = self.app.backstage.qr(filed.page_url)
        self._fee(body, handed.filed.to_pay)

    def _fee(self, body: DoneBody, fee: Fee) -> None:
        locale = self.app.locale
        amount = locale.amount(fee.due_vnd or fee.paid_vnd)
        body.paid = locale.say("filing_paid", amount=amount) if fee.paid_vnd else ""
        body.pay = locale.say("filing_pay", amount=amount) if fee.code else ""
        body.pay_modules = self.app.backstage.qr(fee.code) if fee.code else []

    # -- inside

    def _procedure(self, filing: Filing) -> Procedure:
        found = self.app.backstage.catalogue.procedure(filing.form.procedure)
        if found is None:
            raise LookupError(f"the catalogue has no {filing.form.procedure}")
        return found

    def _chosen(self, choice: str) -> None:
        filing = self._flow.filing
        if filing is not None:
            self._flow.go(filing.answer(choice, self.app.backstage.now().date()))

    def note(self, filing: Filing, before: str = "") -> str:
        """The code of the draft and who helps, as far as there are any."""
        say = self.app.locale.say
        notes = [say("filing_saved", code=spaced(filing.code))] if filing.code else []
        if filing.assistant:
            notes.append(say("filing_helped", who=filing.assistant))
        return before + " · ".join(notes) if notes else ""

    def _ask_code(self) -> None:
        self._flow.forget()
        self.app.go(self.app.session.resume())


CONSENT = (
    ("check", "filing_consent_true"),
    ("paper", "filing_consent_use"),
    ("lock", "filing_consent_keep"),
)


def _words(words: Any) -> Words:
    return Words(words.vi, words.en, words.km)
