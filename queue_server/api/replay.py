"""The day replay over HTTP: the board of a past day at any minute, and other rules on that day."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Annotated, TypeVar

from fastapi import APIRouter, Depends, Query, Request, Response

from queue_server.api.access import LOOKERS, Principal, role_in
from queue_server.api.parts import parts
from queue_server.api.problems import RESPONSES, Refusal
from queue_server.contracts.manager_views import ManagerBoardView
from queue_server.contracts.problems import ProblemCode
from queue_server.contracts.replay_views import ReplayDay, ReplayDays, RulesTried
from queue_server.contracts.written_times import Day
from queue_server.use_cases.ports import StoreUnavailable
from queue_server.use_cases.replay_day import NothingToReplay

router = APIRouter(prefix="/replay", tags=["replay"], responses=RESPONSES)

Looker = Annotated[Principal, Depends(role_in(LOOKERS))]
T = TypeVar("T")


@router.get("/days", response_model=ReplayDays)
async def get_days(request: Request, _principal: Looker) -> ReplayDays:
    """Every day that can be played again; the last one may still go on."""
    shelf = parts(request).replays
    return await _calmly(lambda: ReplayDays(days=[day.isoformat() for day in shelf.days()]))


@router.get("/days/{day}", response_model=ReplayDay)
async def get_day(request: Request, day: Day, _principal: Looker) -> ReplayDay:
    """Play a day, once: of 3,000 tickets in a second or two."""
    shelf = parts(request).replays
    played = await _calmly(lambda: shelf.played(day))
    return ReplayDay(
        day=day.isoformat(), first=played.first, last=played.last, made_up=played.made_up
    )


@router.get("/days/{day}/board", response_model=ManagerBoardView)
async def get_board(
    request: Request, day: Day, minute: Annotated[int, Query(ge=0, lt=1440)], _principal: Looker
) -> Response:
    """The board as it stood at the end of that minute of the day, without forecasts."""
    shelf = parts(request).replays
    body = await _calmly(lambda: shelf.played(day).board(minute))
    return Response(body, media_type="application/json")


@router.get("/days/{day}/rules", response_model=RulesTried)
async def get_rules(
    request: Request,
    day: Day,
    _principal: Looker,
    only: Annotated[int | None, Query(ge=0, lt=100, description="One rule, from 0")] = None,
) -> RulesTried:
    """What the usual calling rules would have given with the people of that day; all, or one."""
    shelf = parts(request).replays
    return await _calmly(lambda: shelf.rules(day, only))


async def _calmly(work: Callable[[], T]) -> T:
    """In a thread, because it reads the store and plays a day."""
    try:
        return await asyncio.to_thread(work)
    except NothingToReplay:
        raise Refusal(
            ProblemCode.NOT_FOUND, "ngày đó không có gì xảy ra / nothing happened on that day"
        ) from None
    except StoreUnavailable:
        raise Refusal(ProblemCode.STORE_UNAVAILABLE) from None
