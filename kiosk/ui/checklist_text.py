"""What a procedure asks for, to take home: as text in a code that needs no network, or on paper."""

from __future__ import annotations

from datetime import datetime

from kiosk.domain.catalogue import Procedure
from kiosk.domain.checklist_slip import ChecklistSlip
from kiosk.domain.words import Words
from kiosk.ui.locale import Locale

MOST_BYTES = 900
"""A code of 101 squares a side: on the smallest kiosk a square is still 4 pixels, 1 mm; upright,
with large letters and low reach, 2 pixels, 0.6 mm, which no phone has tried yet."""


def checklist_text(procedure: Procedure, locale: Locale, office: Words) -> str:
    """What to bring, what it costs with who pays less, and how long it takes.

    Where everything is too long for a code that any phone reads, what is only good to know goes
    first, then papers that only some people need, then how papers are brought and how long it takes
    (Khmer letters need three bytes each); the amount never goes without its exemption.
    """
    papers = [f"- {locale.of(d.name)} ({locale.document(d)})" for d in procedure.documents]
    sure = [line for line, d in zip(papers, procedure.documents, strict=True) if not d.conditional]
    good_to_know = [w for w in (locale.at_the_counter(procedure), locale.accepts(procedure)) if w]
    rest = f"- {locale.say('take_away_rest')}"
    time = f"{locale.say('processing')}: {locale.processing(procedure)}."
    time = f"{time} {locale.processing_note(procedure)}".rstrip()
    names = [f"- {locale.of(d.name)}" for d in procedure.documents if not d.conditional]
    for lines, more in (
        (papers, [time, *good_to_know]),
        (papers, [time]),
        ([*sure, rest], [time]),
        ([*names, rest], [time]),
    ):
        whole = _text(procedure, locale, office, lines, more)
        if len(whole.encode()) <= MOST_BYTES:
            return whole
    return _text(procedure, locale, office, [*names, rest], [])


def _text(
    procedure: Procedure, locale: Locale, office: Words, papers: list[str], more: list[str]
) -> str:
    say = locale.say
    fee = f"{say('fee')}: {locale.fee(procedure)}. {locale.fee_note(procedure)}"
    lines = [
        locale.of(procedure.name).upper(),
        f"{say('bring')}:",
        *(papers or [say("bring_ask")]),
        fee.rstrip(),
        *more,
        locale.of(office),
    ]
    return "\n".join(lines)


def checklist_slip(
    procedure: Procedure, locale: Locale, office: Words, now: datetime, *, khmer: bool
) -> ChecklistSlip:
    """The same for the printer, in a language that it can print."""
    locale = locale.in_language(locale.language.on_paper(khmer=khmer))
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
