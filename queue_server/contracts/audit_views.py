"""What an auditor reads: the chain, its signed heads, the last check, and events in plain words."""

from __future__ import annotations

from datetime import datetime

from queue_server.contracts.views import View


class AnchorView(View):
    """A signed head: the newest event of a day that is over."""

    day: str
    seq: int
    hash: str
    at: datetime


class CheckView(View):
    """What the last check of the whole chain found; `fault` names the first place.

    `fault_vi` says the same in Vietnamese.
    """

    at: datetime
    ok: bool
    events: int
    days: int
    tickets: int
    fault: str | None
    fault_vi: str | None


class AuditView(View):
    """The state of the chain; `second_place` is None where the office has not set one."""

    newest: int
    anchors: list[AnchorView]
    public_key: str
    second_place: str | None
    second_fault: str | None
    checking: bool
    check: CheckView | None


class AuditFact(View):
    """What an event says: the name of a field, and its value as text."""

    name: str
    value: str


class AuditEvent(View):
    """One event; `facts` holds what needs no protection: who, where, which number."""

    seq: int
    at: datetime
    kind: str
    counter: int | None
    by: str | None
    facts: list[AuditFact]
