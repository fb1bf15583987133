"""What a procedure asks for, to take home: as text in a code that needs no network, or on paper."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from kiosk.domain.catalogue import Procedure
from kiosk.domain.checklist_slip import ChecklistSlip
from kiosk.domain.words import Words
from kiosk.ui.locale import Locale

MOST_BYTES = 900
"""A code of 101 squares a side: on the smallest kiosk a square is still 4 pixels, 1 mm."""


def checklist_text(procedure: Procedure, locale: Locale, office: Words) -> str:
    """What to bring, what it costs with who pays less, and how long it takes.

    Where everything is too long for a code that any phone reads, papers that only some people
    need go first; the amount never goes without its exemption.
    """
    papers = [f"- {locale.of(d.name)} ({locale.document(d)})" for d in procedure.documents]
    sure = [line for line, d in zip(papers, procedure.documents, strict=True) if not d.conditional]
    whole = _text(procedure, locale, office, papers)
    if len(whole.encode()) <= MOST_BYTES:
        return whole
    return _text(procedure, locale, office, [*sure, f"- {locale.say('take_away_rest')}"])


def _text(procedure: Procedure, locale: Locale, office: Words, papers: list[str]) -> str:
    return "\n".join(_lines(procedure, locale, office, papers))


def _lines(procedure: Procedure, locale: Locale, office: Words, papers: list[str]) -> Iterator[str]:
    say = locale.say
    yield locale.of(procedure.name).upper()
    yield f"{say('bring')}:"
    yield from papers or [say("bring_ask")]
    fee = f"{say('fee')}: {locale.fee(procedure)}."
    yield f"{fee} {locale.fee_note(procedure)}".rstrip()
    time = f"{say('processing')}: {locale.processing(procedure)}."
    yield f"{time} {locale.processing_note(procedure)}".rstrip()
    yield from (line for line in (locale.at_the_counter(procedure),) if line)
    yield locale.accepts(procedure)
    yield locale.of(office)


def checklist_slip(
    procedure: Procedure, locale: Locale, office: Words, now: datetime
) -> ChecklistSlip:
    """The same for the printer, in a language that it has letters of."""
    locale = locale.in_language(locale.language.on_paper)
    say = locale.say
    notes = (
        locale.fee_note(procedure),
        locale.at_the_counter(procedure),
        locale.accepts(procedure),
    )
    time = f"{say('processing')}: {locale.processing(procedure)}"
    cutoff = locale.processing_note(procedure)
    papers = (f"{locale.of(one.name)} ({locale.document(one)})" for one in procedure.documents)
    return ChecklistSlip(
        office=locale.of(office),
        number=procedure.code,
        service=locale.of(procedure.name),
        ahead=None,
        issued_at=now,
        follow_url="",
        language=locale.language.value,
        bring=tuple(papers) or (say("bring_ask"),),
        cost=f"{say('fee')}: {locale.fee(procedure)}",
        time=f"{time}. {cutoff}." if cutoff else time,
        notes=tuple(note for note in notes if note),
    )
