"""A service as a choice: its letter, its name, how many wait and for how long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from kivy.properties import StringProperty

from kiosk.domain.catalogue import Catalogue
from kiosk.domain.ticket import WaitingLine
from kiosk.domain.words import Words
from kiosk.ui.locale import Locale
from kiosk.ui.widgets.touch import Card

NO_HINT = Words("", "")


@dataclass(frozen=True, slots=True)
class Offer:
    """A service of the catalogue with its line of the moment; `line` None while nobody knows."""

    id: str
    letter: str
    name: Words
    hint: Words
    line: WaitingLine | None


def offers(catalogue: Catalogue, lines: Sequence[WaitingLine] | None) -> list[Offer]:
    """Return what the office offers, most asked for first.

    Before the server was ever heard, everything in the catalogue may be on offer.
    """
    known = {line.service: line for line in lines or ()}
    found = [
        Offer(entry.id, entry.letter, entry.name, entry.hint, known.pop(entry.id, None))
        for entry in catalogue.services
        if lines is None or entry.id in known
    ]
    return found + [
        Offer(line.service, line.letter, line.name, NO_HINT, line) for line in known.values()
    ]


class ServiceChoice(Card):
    """An offer to be touched."""

    service = StringProperty("")
    letter = StringProperty("")
    words = StringProperty("")
    hint = StringProperty("")
    waiting = StringProperty("")
    wait = StringProperty("")

    @classmethod
    def showing(cls, offer: Offer, locale: Locale) -> Self:
        """Build the card of an offer in the language of the moment."""
        return cls(**_said(offer, locale))

    def show(self, offer: Offer, locale: Locale) -> None:
        """Stand for another offer, or for the same one in other words."""
        for name, words in _said(offer, locale).items():
            setattr(self, name, words)


def _said(offer: Offer, locale: Locale) -> dict[str, str]:
    line = offer.line
    return {
        "service": offer.id,
        "letter": offer.letter,
        "words": locale.of(offer.name),
        "hint": locale.of(offer.hint),
        "waiting": locale.waiting(line.waiting) if line else "",
        "wait": locale.wait(line.forecast) if line else "",
    }


class ServiceCard(ServiceChoice):
    """An offer as a card of the home screen."""


class ServiceRow(ServiceChoice):
    """An offer as a row of a list."""
