"""What the kiosk tells the server of a finished visit; slow, so never called by the screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

REASONS = ("waiting", "attitude", "explained", "papers", "place")
"""What a rating may be about, in the order of the screen."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the citizen with this number says: 1 to 5, and of what. Nothing leads to a person."""

    number: str
    score: int
    reasons: tuple[str, ...] = ()


class RatingGateway(Protocol):
    """Where verdicts go. Every method may raise `GatewayError`."""

    def number_of(self, code: str) -> str:
        """The number of the slip with this follow code.

        Raises:
            RefusedError: no slip has it.
        """
        ...

    def rate(self, verdict: Verdict, key: str) -> None:
        """Keep it; the same key again changes nothing.

        Raises:
            RefusedError: no such number, the visit is not over, or it was rated already.
        """
        ...
