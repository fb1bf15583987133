"""An office that comes home, in memory: three half days, the first of them full."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from kiosk.domain.home_visit import HalfDay, HomeVisit, VisitWish
from kiosk.domain.words import Language, Words
from kiosk.use_cases.ports import ServerAwayError
from queue_server.contracts.problems import ProblemCode
from tests.fakes.appointment_book import PAGE, refusal


@dataclass
class HomeVisits:
    """`full` refuses wishes; of what is asked while it is `away` only the answer is lost."""

    today: date
    asked: dict[str, VisitWish] = field(default_factory=dict)
    kept: dict[str, HomeVisit] = field(default_factory=dict)
    offered: bool = True
    full: bool = False
    away: bool = False

    def half_days(self) -> tuple[HalfDay, ...]:
        self._reach()
        tomorrow = self.today + timedelta(days=1)
        return (
            HalfDay(tomorrow, "morning", 0),
            HalfDay(tomorrow, "afternoon", 2),
            HalfDay(tomorrow + timedelta(days=1), "morning", 4),
        )

    def ask(self, wish: VisitWish, language: Language, key: str) -> HomeVisit:
        del language
        if self.full:
            raise refusal(ProblemCode.NOT_BOOKABLE)
        self.asked[key] = wish
        self._reach()
        assert wish.day is not None
        named = Words("Chứng thực", "Certification")
        may = frozenset({"cancel"})
        made = HomeVisit("H7M29QXT", named, wish.day, wish.part, f"{PAGE}H7M29QXT", allowed=may)
        return self.kept.setdefault(made.code, made)

    def find(self, code: str) -> HomeVisit:
        self._reach()
        if code not in self.kept:
            raise refusal(ProblemCode.UNKNOWN_APPOINTMENT)
        return self.kept[code]

    def cancel(self, code: str, key: str) -> HomeVisit:
        del key
        gone = replace(self.find(code), state="cancelled", allowed=frozenset())
        self.kept[code] = gone
        return gone

    def _reach(self) -> None:
        if self.away:
            raise ServerAwayError(Words("Hệ thống đang kết nối lại.", "Reconnecting."))
