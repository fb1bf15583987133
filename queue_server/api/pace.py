"""How often one address may ask where nobody signs in: enough for many, not for a flood."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Annotated

from fastapi import Depends, Request

from queue_server.api.access import Principal, states, who_if_any
from queue_server.api.problems import Refusal
from queue_server.contracts.problems import ProblemCode

MOST_ADDRESSES = 10_000


class Pace:
    """Each address has `burst` turns, and gets one back every `every_s` seconds."""

    def __init__(self, burst: int, every_s: float, now_s: Callable[[], float] = monotonic) -> None:
        self._burst = burst
        self._every_s = every_s
        self._now_s = now_s
        self._full_at: dict[str, float] = {}

    def take(self, address: str) -> bool:
        """Use a turn; False where none is left."""
        now = self._now_s()
        full_at = max(self._full_at.pop(address, now), now)
        if full_at + self._every_s - now > self._burst * self._every_s:
            self._full_at[address] = full_at
            return False
        if len(self._full_at) >= MOST_ADDRESSES:
            # The address that asked longest ago is the first: its turns are back, or nearly.
            del self._full_at[next(iter(self._full_at))]
        self._full_at[address] = full_at + self._every_s
        return True


class Paces:
    """The paces of one office: looking is cheap, promising a place is not.

    Passwords may be tried six times for one name from one address, then once a minute.

    Phones of one carrier may share an address, so both leave room for a busy morning.
    """

    def __init__(self, now_s: Callable[[], float] = monotonic) -> None:
        self.looks = Pace(600, 0.2, now_s)
        self.promises = Pace(40, 30.0, now_s)
        self.guesses = Pace(60, 10.0, now_s)
        self.guesses_of_one = Pace(6, 60.0, now_s)


def _take(request: Request, pace: Pace, principal: Principal | None) -> None:
    address = request.client.host if request.client else ""
    if principal is None and not pace.take(address):
        raise Refusal(ProblemCode.TOO_MANY)


@states("anybody, at a stranger's pace")
async def looking(
    request: Request, principal: Annotated[Principal | None, Depends(who_if_any)]
) -> Principal | None:
    """Who looks; strangers at their pace.

    Raises:
        Refusal: too often.
    """
    paces: Paces = request.app.state.paces
    _take(request, paces.looks, principal)
    return principal


@states("anybody, at a stranger's pace")
async def promising(
    request: Request, principal: Annotated[Principal | None, Depends(who_if_any)]
) -> Principal | None:
    """Who wants a place kept; strangers at their pace.

    Raises:
        Refusal: too often.
    """
    paces: Paces = request.app.state.paces
    _take(request, paces.promises, principal)
    return principal


Looker = Annotated[Principal | None, Depends(looking)]
Promised = Annotated[Principal | None, Depends(promising)]
