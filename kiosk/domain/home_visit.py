"""The wish that staff come home: one answer after the other, checked, and every step reversible."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from kiosk.domain.priority import Priority
from kiosk.domain.words import Words

PHONE = re.compile(r"0[0-9]{9,10}")
"""Vietnamese numbers as they are dialled in the country: ten figures, landlines eleven."""
NAME_LETTERS, ADDRESS_SIGNS = 2, 8
NAME_MOST, ADDRESS_MOST = 120, 300


class Ask(StrEnum):
    """The questions in their order; the last one shows everything before it is sent."""

    SERVICE = "service"
    WHEN = "when"
    WHO = "who"
    NAME = "name"
    PHONE = "phone"
    ADDRESS = "address"
    REVIEW = "review"


ORDER = tuple(Ask)
TYPED = frozenset({Ask.NAME, Ask.PHONE, Ask.ADDRESS})


@dataclass(frozen=True, slots=True)
class HalfDay:
    """A morning or an afternoon in which staff can come, and how many homes they still reach."""

    day: date
    part: str
    left: int


@dataclass(frozen=True, slots=True)
class HomeVisit:
    """A visit that is promised; nothing in it is personal. `allowed`: what its holder may do."""

    code: str
    service_name: Words
    day: date
    part: str
    page_url: str
    state: str = "requested"
    allowed: frozenset[str] = frozenset()

    @property
    def parted_code(self) -> str:
        """The code in two halves, as people read it aloud."""
        half = len(self.code) // 2
        return f"{self.code[:half]} {self.code[half:]}"


@dataclass(frozen=True, slots=True)
class VisitWish:
    """What was answered so far; `at` is the question on the screen, `flaw` what is wrong with it.

    Name, phone and address are personal: they live here until the citizen leaves, and nowhere else.
    """

    at: Ask = Ask.SERVICE
    service: str = ""
    day: date | None = None
    part: str = ""
    priority: Priority = Priority.NORMAL
    name: str = ""
    phone: str = ""
    address: str = ""
    wrong: bool = False
    reviewed: bool = False

    def __repr__(self) -> str:
        return f"VisitWish({self.at.value})"

    def choose_service(self, service: str) -> VisitWish:
        """What it is about."""
        return _after(replace(self, service=service), Ask.SERVICE)

    def choose_when(self, half: HalfDay) -> VisitWish:
        """When staff should come."""
        return _after(replace(self, day=half.day, part=half.part), Ask.WHEN)

    def choose_who(self, priority: Priority) -> VisitWish:
        """Why staff should come home, if there is a reason that counts."""
        return _after(replace(self, priority=priority), Ask.WHO)

    def typed(self, text: str) -> VisitWish:
        """Answer the question that is typed; a wrong answer stays on the screen."""
        if self.at not in TYPED:
            return self
        text = " ".join(text.split())
        name, phone, address = self.name, self.phone, self.address
        if self.at is Ask.NAME:
            name = text
        elif self.at is Ask.PHONE:
            phone = text
        else:
            address = text
        said = replace(self, name=name, phone=phone, address=address, wrong=False)
        if not _CHECKS[self.at](text):
            return replace(said, wrong=True)
        return _after(said, self.at)

    def edit(self, ask: Ask) -> VisitWish:
        """Go to one answer from the review, and back there after it."""
        return replace(self, at=ask, wrong=False)

    def back(self) -> VisitWish | None:
        """The question before; None before the first one."""
        place = ORDER.index(self.at)
        return replace(self, at=ORDER[place - 1], wrong=False) if place else None


def _after(wish: VisitWish, ask: Ask) -> VisitWish:
    """The next question, or the review that was seen already."""
    at = Ask.REVIEW if wish.reviewed else ORDER[ORDER.index(ask) + 1]
    return replace(wish, at=at, wrong=False, reviewed=wish.reviewed or at is Ask.REVIEW)


def _is_name(text: str) -> bool:
    letters = sum(sign.isalpha() for sign in text)
    return letters >= NAME_LETTERS and len(text) <= NAME_MOST


def _is_phone(text: str) -> bool:
    return PHONE.fullmatch(text) is not None


def _is_address(text: str) -> bool:
    return ADDRESS_SIGNS <= len(text) <= ADDRESS_MOST


_CHECKS = {Ask.NAME: _is_name, Ask.PHONE: _is_phone, Ask.ADDRESS: _is_address}
