"""A small morning at the sample ward, and the next one: what rules can be tried on."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

import httpx

from queue_server.adapters.clock import SetClock
from queue_server.domain.office import ZONE

MORNING = datetime(2026, 11, 23, 8, 0, tzinfo=ZONE)


def a_day_passes(admin: httpx.Client, clock: SetClock) -> None:
    """One clerk and three people who come at 8:00, 8:01 and, aged 60, at 8:02; then it is Tuesday.

    Called at 8:02, 8:22 and 8:32, who has priority first; the last one is done at 8:42.
    """
    _move(admin, "call-next")
    for minutes in range(3):
        clock.advance_to(MORNING + timedelta(minutes=minutes))
        _issue(admin, **({"priority": "age_60"} if minutes == 2 else {}))
    for minutes in (2, 22, 32):
        clock.advance_to(MORNING + timedelta(minutes=minutes))
        _move(admin, "call-next")
        _move(admin, "start")
    clock.advance_to(MORNING + timedelta(minutes=42))
    _move(admin, "finish")
    _move(admin, "close")
    clock.advance_to(MORNING + timedelta(days=1))
    _issue(admin)


def _issue(admin: httpx.Client, **more: str) -> None:
    headers = {"Idempotency-Key": uuid.uuid4().hex}
    admin.post("/tickets", json={"service": "CT", **more}, headers=headers).raise_for_status()


def _move(admin: httpx.Client, name: str) -> None:
    admin.post(f"/counters/1/{name}", json={}).raise_for_status()
