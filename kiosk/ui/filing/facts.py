"""What a filing costs and when it is due, in the words of the moment; a fee never stands alone."""

from __future__ import annotations

from datetime import timedelta, timezone

from kiosk.domain.catalogue import Procedure
from kiosk.domain.words import Words
from kiosk.ui.filing.bodies import Row
from kiosk.ui.locale import Locale
from kiosk.use_cases.file_dossier import Filed
from kiosk.use_cases.filing import Filing

VIETNAM = timezone(timedelta(hours=7))
QUESTIONS_A_MINUTE = 3
KNOWN = "known"
"""The line that asks whether the office may look for papers of before; no paper is called so."""


def advice(locale: Locale, procedure: Procedure, filing: Filing) -> list[tuple[str, str]]:
    """What to know before beginning: (icon, words)."""
    questions = len(filing.asked)
    minutes = max(2, -(-questions // QUESTIONS_A_MINUTE))
    price = ". ".join(w for w in (locale.fee(procedure), locale.fee_note(procedure)) if w)
    return [
        ("clock", locale.say("filing_length", n=questions, m=minutes)),
        ("paper", locale.say("filing_papers", n=len(filing.papers))),
        ("ticket", f"{locale.say('fee')}: {price}"),
        ("again", _time(locale, procedure)),
        ("check", locale.say(f"filing_mode_{procedure.mode.value}")),
        ("lock", locale.say("filing_privacy")),
    ]


def estimate(locale: Locale, procedure: Procedure, filing: Filing) -> list[tuple[str, str]]:
    """What it will cost by what was declared, and how long it takes, before it is sent."""
    amount, note = procedure.fee.amount_vnd, locale.fee_note(procedure)
    price = f"{locale.say('fee')}: {locale.fee(procedure)}. {note}"
    if amount:
        total = locale.amount(filing.form.fee.total(amount, filing.kept))
        price = locale.say("filing_estimate", amount=total, note=note)
    return [("ticket", price.strip()), ("clock", _time(locale, procedure))]


def _time(locale: Locale, procedure: Procedure) -> str:
    said = (locale.processing(procedure), locale.processing_note(procedure))
    return f"{locale.say('processing')}: {'. '.join(words for words in said if words)}"


def due(locale: Locale, filed: Filed) -> str:
    """When the result is there."""
    if filed.due_at is None:
        return locale.say("filing_due_open")
    at = filed.due_at.astimezone(VIETNAM)
    return locale.say("filing_due", time=f"{at:%H:%M}", date=locale.date(at))


def fee(locale: Locale, filed: Filed) -> str:
    """What is to be paid, with who pays less."""
    note = _note(locale, filed.fee_note)
    if filed.fee_vnd is None:
        return f"{locale.say('filing_fee_open')} {note}".strip()
    if filed.fee_vnd == 0:
        return locale.say("fee_free")
    amount = locale.say("filing_fee", amount=locale.amount(filed.fee_vnd))
    return f"{amount} {note or locale.say('fee_note_missing')}"


def _note(locale: Locale, note: Words | None) -> str:
    return locale.of(note) if note is not None else ""


def held_rows(locale: Locale, filing: Filing) -> list[Row]:
    """The line that offers to look for papers of before, or says what was found."""
    if not filing.may_be_known:
        return []
    if filing.held is None:
        return [Row(KNOWN, locale.say("filing_known"), locale.say("filing_known_ask"), "again")]
    found = "filing_known_some" if filing.held else "filing_known_none"
    return [Row(KNOWN, locale.say(found, n=len(filing.held)), "", "again")]


def source(locale: Locale, filing: Filing, paper: str) -> str:
    """Where a paper is taken from and until when that holds; empty where it is not taken over."""
    held = filing.source_of(paper)
    if held is None:
        return ""
    return locale.say("filing_known_from", code=held.dossier, date=f"{held.until:%d/%m/%Y}")
