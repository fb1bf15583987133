"""A procedure as plain text for a QR code: a phone shows it without any network."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.domain.catalogue import Procedure
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
    yield locale.of(office)
