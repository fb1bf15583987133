"""The calling rules over HTTP: read them, try them on the last day, change them in full work."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date
from typing import Annotated, TypeVar

from fastapi import APIRouter, Depends, Request
from pydantic import Field

from queue_server.api.access import LEADERS, Principal, role_in
from queue_server.api.parts import parts
from queue_server.api.problems import RESPONSES, Refusal
from queue_server.config.rules_part import RulesPart, RulesRefused
from queue_server.contracts.problems import ProblemCode
from queue_server.contracts.rule_views import RulesTrial
from queue_server.use_cases.ports import StoreUnavailable
from queue_server.use_cases.rule_desk import RulesStale
from queue_server.use_cases.rule_trial import RulesUntried, RuleTrials

router = APIRouter(prefix="/admin/rules", tags=["rules"], responses=RESPONSES)

Leader = Annotated[Principal, Depends(role_in(LEADERS))]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
T = TypeVar("T")


class RulesNow(RulesPart):
    """The rules that hold; `hash` is what a change of them must send as `expected`."""

    hash: Digest


class RulesChange(RulesPart):
    """The rules wanted, over those with the hash `expected`, after the trial `trial`."""

    expected: Digest
    trial: Digest | None = Field(None, description="As POST /admin/rules/try answered for them")


@router.get("", response_model=RulesNow)
async def get_rules(request: Request, _principal: Leader) -> RulesNow:
    """The rules and each counter's work profile."""
    return await _carefully(lambda: _now(parts(request).rules))


@router.post("/try", response_model=RulesTrial)
async def try_on_last_day(request: Request, body: RulesPart, _principal: Leader) -> RulesTrial:
    """What these rules would have given on the last complete day; nothing is changed.

    The answer's `trial` is what a change to them must name.
    """
    trials, today = parts(request).rules, _today(request)
    return await _carefully(lambda: trials.try_out(body, today))


@router.put("", response_model=RulesNow)
async def put_rules(request: Request, body: RulesChange, principal: Leader) -> RulesNow:
    """Use these rules from now on, once they were tried; everybody who waits keeps the place."""
    trials, today = parts(request).rules, _today(request)
    part = RulesPart(rules=body.rules, counters=body.counters)

    def save() -> RulesNow:
        trials.save(part, body.expected, body.trial, today, principal.id)
        return _now(trials)

    return await _carefully(save)


def _today(request: Request) -> date:
    with parts(request).live.look() as day:
        return day.day


def _now(trials: RuleTrials) -> RulesNow:
    part, digest = trials.read()
    return RulesNow(rules=part.rules, counters=part.counters, hash=digest)


async def _carefully(work: Callable[[], T]) -> T:
    """In a thread, because it reads and writes files; refusals in the words of the API."""
    try:
        return await asyncio.to_thread(work)
    except RulesRefused as refused:
        raise Refusal(ProblemCode.MALFORMED, str(refused)) from None
    except RulesStale:
        raise Refusal(ProblemCode.STALE_VERSION) from None
    except RulesUntried:
        words = "POST exactly these rules to /admin/rules/try and send the `trial` it answers"
        raise Refusal(ProblemCode.RULES_UNTRIED, words) from None
    except StoreUnavailable:
        raise Refusal(ProblemCode.STORE_UNAVAILABLE) from None
