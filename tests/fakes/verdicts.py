"""An office that takes verdicts: some visits are over, each may be rated once."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.domain.words import Words
from kiosk.use_cases.ports import ServerAwayError
from kiosk.use_cases.rating_ports import Verdict
from queue_server.contracts.problems import ProblemCode
from tests.fakes.appointment_book import refusal


@dataclass
class Verdicts:
    """`finished` are the numbers whose visit is over; `slips` has numbers by follow code."""

    finished: set[str] = field(default_factory=lambda: {"A012", "B003"})
    slips: dict[str, str] = field(default_factory=lambda: {"k3v9x2abcdef": "A012"})
    kept: dict[str, Verdict] = field(default_factory=dict)
    keys: list[str] = field(default_factory=list)
    away: bool = False

    def number_of(self, code: str) -> str:
        self._reach()
        if code not in self.slips:
            raise refusal(ProblemCode.NOT_FOUND)
        return self.slips[code]

    def rate(self, verdict: Verdict, key: str) -> None:
        self.keys.append(key)
        self._reach()
        if verdict.number not in self.finished:
            raise refusal(ProblemCode.NOT_ELIGIBLE)
        if self.kept.setdefault(verdict.number, verdict) != verdict:
            raise refusal(ProblemCode.ILLEGAL_MOVE)

    def _reach(self) -> None:
        if self.away:
            raise ServerAwayError(Words("Hệ thống đang kết nối lại.", "Reconnecting."))
