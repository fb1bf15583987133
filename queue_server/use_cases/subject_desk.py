"""Everything of one person: found by card, phone or code, handed out as a file, and what may go.

A number is found by opening every declaration and contact that is still kept, because nothing
that is kept openly leads to a person. Whoever asks has it written down before.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from queue_server.contracts.forms import Kind, Prefill, form_of
from queue_server.domain.appointment import Appointment, HomeVisit
from queue_server.domain.dossier import Dossier
from queue_server.domain.dossier_moves import ANSWERS
from queue_server.use_cases.dossier_desk import DossierDesk
from queue_server.use_cases.home_visit_desk import Contact, Seal
from queue_server.use_cases.ports import CardHash

CARD, PHONE, CODE = "card", "phone", "code"
COUNTRY = "84"


class SubjectReader(Protocol):
    """Reading what leads to people, beside the writer. May raise `StoreUnavailable`."""

    def declarations(self) -> Iterator[tuple[Dossier, bytes]]:
        """Every dossier whose answers are still kept, with them, sealed."""
        ...

    def contacts(self) -> Sequence[tuple[str, bytes]]:
        """Every home visit whose contact is still kept, by id, with it, sealed."""
        ...

    def carded(self, card: str) -> Sequence[str]:
        """The appointments that are kept under this keyed hash, by id."""
        ...

    def numbers_of(self, card: str) -> Sequence[str]:
        """The numbers of tickets that are kept under this keyed hash."""
        ...

    def has_card(self, appointment: str) -> bool:
        """Whether an appointment is kept under any keyed hash."""
        ...

    def appointment(self, name: str) -> Appointment | None:
        """An appointment by id or code, in its newest form."""
        ...

    def visit(self, name: str) -> HomeVisit | None:
        """A home visit by id or code, in its newest form."""
        ...


@dataclass(slots=True)
class Held:
    """What is kept of one person; `named_in` are dossiers of others that name the number."""

    dossiers: list[Dossier] = field(default_factory=list)
    named_in: list[Dossier] = field(default_factory=list)
    appointments: list[Appointment] = field(default_factory=list)
    visits: list[HomeVisit] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class SubjectDesk:
    """Every method reads the store and opens what is sealed: not for the event loop."""

    kept: SubjectReader
    dossiers: DossierDesk
    contacts: Seal
    cards: CardHash

    def find(self, how: str, value: str) -> Held:
        """All that is kept of whom `value` leads to.

        Raises:
            CannotBeOpened: something is sealed with a key that is not here.
        """
        if how == CODE:
            return self._by_code("".join(value.split()).upper())
        return self._by_phone(digits(value)) if how == PHONE else self._by_card(digits(value))

    def contact(self, visit: str) -> Contact | None:
        """How to find the citizen of a home visit, opened; None where it is forgotten."""
        sealed = dict(self.kept.contacts()).get(visit)
        return None if sealed is None else self._opened(visit, sealed)

    def _by_card(self, number: str) -> Held:
        card = self.cards.of(number)
        rows = (self.kept.appointment(one) for one in self.kept.carded(card))
        held = Held(appointments=[row for row in rows if row is not None])
        held.numbers = list(self.kept.numbers_of(card))
        for dossier, answers in self._declared():
            if _card_of(dossier, answers) == number:
                held.dossiers.append(dossier)
            elif number in map(digits, answers.values()):
                held.named_in.append(dossier)
        return held

    def _by_phone(self, number: str) -> Held:
        held = Held()
        for visit, sealed in self.kept.contacts():
            row = self.kept.visit(visit)
            if row is not None and _phone(self._opened(visit, sealed).phone) == _phone(number):
                held.visits.append(row)
        for dossier, answers in self._declared():
            if _phone(number) in _phones_of(dossier, answers):
                held.dossiers.append(dossier)
        return held

    def _by_code(self, code: str) -> Held:
        """The one thing that has this code, as far as anything personal is kept of it."""
        held = Held()
        dossier = self.dossiers.find(code)
        if dossier is not None and self.dossiers.kept.part(dossier.id, ANSWERS) is not None:
            held.dossiers.append(dossier)
        appointment = self.kept.appointment(code)
        if appointment is not None and self.kept.has_card(appointment.id):
            held.appointments.append(appointment)
        visit = self.kept.visit(code)
        if visit is not None and visit.id in dict(self.kept.contacts()):
            held.visits.append(visit)
        return held

    def _declared(self) -> Iterator[tuple[Dossier, dict[str, str]]]:
        for dossier, sealed in self.kept.declarations():
            yield dossier, json.loads(self.dossiers.seal.open(sealed, dossier.id))["answers"]

    def _opened(self, visit: str, sealed: bytes) -> Contact:
        return Contact(**json.loads(self.contacts.open(sealed, visit)))


def digits(text: str) -> str:
    """Only the digits of a number as people write it."""
    return "".join(sign for sign in text if sign.isdigit())


def _phone(text: str) -> str:
    """A telephone number without its country: as it is dialled here."""
    plain = digits(text)
    return "0" + plain[len(COUNTRY) :] if plain.startswith(COUNTRY) else plain


def _card_of(dossier: Dossier, answers: dict[str, str]) -> str:
    """The identity number of whoever declares."""
    form = form_of(dossier.procedure)
    fields = form.field if form is not None else ()
    of_card = (answers.get(one.id, "") for one in fields if one.prefill is Prefill.NUMBER)
    return digits(next(of_card, ""))


def _phones_of(dossier: Dossier, answers: dict[str, str]) -> set[str]:
    form = form_of(dossier.procedure)
    fields = form.field if form is not None else ()
    return {_phone(answers.get(one.id, "")) for one in fields if one.kind is Kind.PHONE} - {""}
