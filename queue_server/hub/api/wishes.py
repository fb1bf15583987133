"""Wishes over HTTP: no account, one key for each, at a stranger's pace."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Annotated

from fastapi import APIRouter, Path, Request

from queue_server.api.pace import Pace
from queue_server.api.problems import RESPONSES, Refusal
from queue_server.contracts.problems import ProblemCode
from queue_server.hub.contracts.wish_views import WishRequest, WishView
from queue_server.hub.use_cases.ports import CityStoreAway
from queue_server.hub.use_cases.wishes import KeyTaken, Wishes

router = APIRouter(prefix="/api/v1/city", tags=["wishes"], responses=RESPONSES)

Key = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]
BURST, EVERY_S = 40, 20.0
"""Phones of one carrier may share an address, so a busy morning has room."""


def new_pace() -> Pace:
    """How often one address may ask an office for something."""
    return Pace(BURST, EVERY_S)


def _wishes(request: Request) -> Wishes:
    wishes: Wishes = request.app.state.city.wishes
    return wishes


@router.post("/{office}/wishes", response_model=WishView, status_code=202)
async def ask(request: Request, office: str, body: WishRequest) -> WishView:
    """Ask an office for a number, a time, or which times are free; look later what it says.

    A repeat with the same key answers with the same wish.
    """
    pace: Pace = request.app.state.pace
    if not pace.take(request.client.host if request.client else ""):
        raise Refusal(ProblemCode.TOO_MANY)
    return await _told(_wishes(request).ask(office, body))


@router.get("/wishes/{key}", response_model=WishView)
async def find(request: Request, key: Key) -> WishView:
    """What became of a wish."""
    return await _told(_wishes(request).find(key))


@router.post("/wishes/{key}/give-up", response_model=WishView)
async def give_up(request: Request, key: Key) -> WishView:
    """Wait no longer for an office that does not answer."""
    return await _told(_wishes(request).give_up(key))


async def _told(work: Awaitable[WishView]) -> WishView:
    """Refusals in the words of the API."""
    try:
        return await work
    except LookupError:
        raise Refusal(ProblemCode.NOT_FOUND) from None
    except KeyTaken:
        raise Refusal(ProblemCode.KEY_REUSED) from None
    except CityStoreAway:
        raise Refusal(ProblemCode.STORE_UNAVAILABLE) from None
