"""The words of the screens in the language of the moment, and how numbers and times are said."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from kiosk.domain.appointment import Appointment
from kiosk.domain.catalogue import Document, Procedure
from kiosk.domain.ticket import Forecast
from kiosk.domain.words import Language, Words

NO_DAYS = 0
KHMER = re.compile("[\u1780-\u17ff\u19e0-\u19ff\u200b]+")


class Locale:
    """Says things in one language; what was said in Khmer is known in Vietnamese until `forget`."""

    def __init__(self, texts: Mapping[str, Words], language: Language) -> None:
        self._texts = texts
        self.language = language
        self._vietnamese: dict[str, str] = {}

    def say(self, key: str, **figures: object) -> str:
        """Return a text with its figures filled in."""
        words = self._texts[key]
        return self._noted(words, words.of(self.language).format(**figures), figures)

    def say_in(self, language: Language, key: str) -> str:
        """Return a text without figures in another language."""
        return self._texts[key].of(language)

    def in_language(self, language: Language) -> Locale:
        """The same texts in another language."""
        return Locale(self._texts, language)

    def of(self, words: Words) -> str:
        """Return words that come from the office or the catalogue."""
        return self._noted(words, words.of(self.language), {})

    def in_vietnamese(self, speech: str) -> str:
        """A speech put together from what was said here, for a voice that cannot read Khmer."""
        for khmer in sorted(self._vietnamese, key=len, reverse=True):
            speech = speech.replace(khmer, self._vietnamese[khmer])
        return KHMER.sub("", speech)

    def forget(self) -> None:
        """Keep nothing of what was said: figures may hold what a citizen typed."""
        self._vietnamese.clear()

    def _noted(self, words: Words, said: str, figures: Mapping[str, object]) -> str:
        if self.language is Language.KM and words.km:
            self._vietnamese[said] = words.vi.format(**figures) if figures else words.vi
        return said

    def waiting(self, people: int | None) -> str:
        """Say how many wait; empty when nobody knows."""
        if people is None:
            return ""
        return self.say("waiting_many", n=people) if people else self.say("waiting_nobody")

    def wait(self, forecast: Forecast | None) -> str:
        """Say a forecast in few words; empty when nothing is known."""
        return self.say("wait_short", p50=forecast.calm()[0]) if forecast else ""

    def ahead(self, people: int | None) -> str:
        """Say how many are before this citizen."""
        if people is None:
            return self.say("ahead_unknown")
        key = "ahead_none" if people < 1 else "ahead_one" if people == 1 else "ahead_many"
        return self.say(key, n=people)

    def forecast(self, forecast: Forecast | None) -> str:
        """Say a forecast in a whole sentence; empty when nothing is known."""
        if forecast is None:
            return ""
        p50, p90 = forecast.calm()
        said = self.say("forecast", p50=p50, p90=p90)
        return f"{said}\n({self.of(forecast.basis)})" if forecast.basis else said

    def time_of(self, at: datetime, until: datetime) -> str:
        """Say a span of one day."""
        span = {"start": f"{at:%H:%M}", "end": f"{until:%H:%M}", "date": self.date(at)}
        return self.say("appointment_time", **span)

    def appointment_time(self, one: Appointment) -> str:
        """Say when an appointment is."""
        return self.time_of(one.at, one.until)

    def date(self, at: datetime) -> str:
        """Say weekday and date."""
        return f"{self.say(f'weekday_{at.weekday()}')}, {at:%d/%m/%Y}"

    def amount(self, vnd: int) -> str:
        """Write an amount as it is written in this language."""
        return f"{vnd:,}".replace(",", "," if self.language is Language.EN else ".")

    def fee(self, procedure: Procedure) -> str:
        """Say what a procedure costs."""
        fee = procedure.fee
        if fee.amount_vnd is None:
            return self.say("fee_open")
        if fee.amount_vnd == 0:
            return self.say("fee_free")
        amount = self.amount(fee.amount_vnd)
        if fee.per is None:
            return self.say("fee_amount", amount=amount)
        return self.say("fee_amount_per", amount=amount, per=self.of(fee.per))

    def fee_note(self, procedure: Procedure) -> str:
        """Say who pays less: an amount never stands alone."""
        parts = []
        if procedure.fee.note is not None:
            parts.append(self.of(procedure.fee.note))
        elif procedure.fee.amount_vnd != 0:
            parts.append(self.say("fee_note_missing"))
        if "fee" in procedure.unsure and procedure.fee.amount_vnd is not None:
            parts.append(self.say("fee_unsure"))
        return " ".join(parts)

    def processing(self, procedure: Procedure) -> str:
        """Say how long it takes."""
        processing = procedure.processing
        if processing is None:
            return self.say("processing_open")
        if processing.unit == "immediate":
            return self.say("processing_immediate")
        if processing.value == NO_DAYS:
            return self.say("processing_today")
        return self.say(f"processing_{processing.unit}", n=processing.value)

    def processing_note(self, procedure: Procedure) -> str:
        """Say until when a paper counts for today."""
        cutoff = procedure.processing.cutoff if procedure.processing else None
        return self.say("processing_cutoff", cutoff=cutoff) if cutoff else ""

    def accepts(self, procedure: Procedure) -> str:
        """Say who can file it at this office."""
        known = procedure.accepts
        said = self.say(f"accepts_{known.value}" if known is not None else "accepts_open")
        unsure = known is not None and "accepts" in procedure.unsure
        return f"{said} {self.say('accepts_unsure')}" if unsure else said

    def at_the_counter(self, procedure: Procedure) -> str:
        """Say about how long it takes at a counter; empty when nobody knows."""
        minutes = procedure.counter_minutes
        return self.say("counter_time", n=minutes) if minutes is not None else ""

    def document(self, document: Document) -> str:
        """Say in which form a paper is brought."""
        form = self.say(f"form_{document.form.value}")
        return f"{form}, {self.say('conditional')}" if document.conditional else form
