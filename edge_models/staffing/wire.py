"""A live state and its advice as JSON, for asking in a process of its own."""

from __future__ import annotations

import json
import math
from dataclasses import asdict
from typing import Any

from edge_models.simulator.office import Line
from edge_models.staffing.advise import Action, Advice, Outcome
from edge_models.staffing.live_state import Desk, LiveState, Waiting


def state_to_json(state: LiveState) -> str:
    """One line; without a starvation guard `guard` is null."""
    told = asdict(state)
    told["guard"] = state.guard if math.isfinite(state.guard) else None
    return json.dumps(told, allow_nan=False)


def state_from_json(text: str) -> LiveState:
    """The state again.

    Raises:
        ValueError, LookupError, TypeError: it is none.
    """
    told: dict[str, Any] = json.loads(text)
    told["lines"] = tuple(Line(**one) for one in told["lines"])
    told["sessions"] = tuple((start, end) for start, end in told["sessions"])
    told["waiting"] = tuple(Waiting(**one) for one in told["waiting"])
    told["desks"] = tuple(_desk(one) for one in told["desks"])
    told["arrivals"] = tuple(tuple(one) for one in told["arrivals"])
    told["guard"] = math.inf if told["guard"] is None else told["guard"]
    return LiveState(**told)


def _desk(told: dict[str, Any]) -> Desk:
    tiers = tuple(tuple(tier) for tier in told.pop("tiers"))
    first, second = told.pop("turns")
    return Desk(tiers=tiers, turns=(first, second), **told)


def advice_to_json(advice: Advice) -> str:
    """One line."""
    return json.dumps(asdict(advice), allow_nan=False)


def advice_from_json(text: str) -> Advice:
    """The advice again.

    Raises:
        ValueError, LookupError, TypeError: it is none.
    """
    told: dict[str, Any] = json.loads(text)
    action, then = told["action"], told["then"]
    return Advice(
        now=Outcome(**told["now"]),
        action=Action(action["line"], tuple(action["counters"]), action["at"]) if action else None,
        then=Outcome(**then) if then else None,
        runs=told["runs"],
        tried=told["tried"],
    )
