"""A small book of appointments in memory, and a scanner that a test holds cards to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from kiosk.domain.appointment import Appointment, FreeDay, FreeTime
from kiosk.domain.identity_number import IdentityNumber
from kiosk.domain.words import Words
from kiosk.use_cases.appointment_ports import Booking
from kiosk.use_cases.ports import RefusedError, ServerAwayError
from queue_server.contracts.problems import TITLES, ProblemCode

PAGE = "https://motcua.phuong-mau.example/a/"


def refusal(code: ProblemCode) -> RefusedError:
    en, vi = TITLES[code]
    return RefusedError(code.value, Words(vi, en))


@dataclass
class AppointmentBook:
    """Certification takes two people each half hour of the next days."""

    now: datetime
    kept: dict[str, Appointment] = field(default_factory=dict)
    cards: dict[str, str] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    full: set[datetime] = field(default_factory=set)
    away: bool = False
    books: bool = True

    def put(self, code: str, at: datetime, card: str | None = None) -> Appointment:
        one = Appointment(
            code=code,
            service="CT",
            service_name=Words("Chứng thực", "Certification"),
            procedure_name=None,
            at=at,
            until=at + timedelta(minutes=30),
            state="booked",
            check_in_from=at - timedelta(minutes=60),
            late_after=at + timedelta(minutes=15),
            number=None,
            allowed=frozenset({"move", "cancel"}),
            page_url=PAGE + code,
        )
        self.kept[code] = one
        if card is not None:
            self.cards[code] = card
        return self.find(code)

    def offered(self) -> frozenset[str]:
        self._reach()
        return frozenset({"CT", "HT"} if self.books else ())

    def free_days(self, service: str) -> tuple[FreeDay, ...]:
        self._reach()
        assert service in self.offered()
        days = []
        for ahead in range(1, 6):
            start = (self.now + timedelta(days=ahead)).replace(hour=7, minute=0)
            times = [start + timedelta(minutes=30 * n) for n in (*range(8), *range(12, 20))]
            free = tuple(FreeTime(at, 0 if at in self.full else 2) for at in times)
            days.append(FreeDay(start.date(), free))
        return tuple(days)

    def book(self, booking: Booking, key: str) -> Appointment:
        self._reach()
        if key in self.keys:
            return self.find(self.keys[key])
        if booking.at in self.full:
            raise refusal(ProblemCode.NOT_BOOKABLE)
        code = f"K7M29QX{len(self.kept) + 2}"
        self.keys[key] = code
        return self.put(code, booking.at, booking.card.digits if booking.card else None)

    def find(self, code: str) -> Appointment:
        self._reach()
        if code not in self.kept:
            raise refusal(ProblemCode.UNKNOWN_APPOINTMENT)
        one = self.kept[code]
        ready = one.state == "booked" and self.now >= one.check_in_from
        return replace(one, allowed=one.allowed | {"check-in"}) if ready else one

    def of_card(self, card: IdentityNumber) -> tuple[Appointment, ...]:
        self._reach()
        mine = [code for code, held in self.cards.items() if held == card.digits]
        return tuple(self.find(code) for code in mine)

    def move(self, code: str, at: datetime, key: str) -> Appointment:
        self._reach()
        del key
        if at in self.full:
            raise refusal(ProblemCode.NOT_BOOKABLE)
        return self.put(code, at, self.cards.get(code))

    def cancel(self, code: str, key: str) -> Appointment:
        self._reach()
        del key
        self.kept[code] = replace(self.kept[code], state="cancelled", allowed=frozenset())
        return self.kept[code]

    def _reach(self) -> None:
        if self.away:
            raise ServerAwayError(Words("Hệ thống đang kết nối lại.", "Reconnecting."))


class HandScanner:
    """A scanner; `hold` is a card or code held to it."""

    def __init__(self) -> None:
        self._on_scan: Callable[[str | None], None] | None = None

    def start(self, on_scan: Callable[[str | None], None], on_link: Callable[[bool], None]) -> None:
        self._on_scan = on_scan
        del on_link

    def hold(self, text: str | None) -> None:
        assert self._on_scan is not None
        self._on_scan(text)

    def close(self) -> None:
        """Nothing is held."""
