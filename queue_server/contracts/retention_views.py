"""What is kept of people, how long, and what went: the report of the purge."""

from __future__ import annotations

from datetime import datetime

from queue_server.contracts.views import View, Words


class KeptView(View):
    """One kind of personal data: the rule, how much there is now, and since when the oldest."""

    kind: str
    what: Words
    rule: Words
    count: int
    oldest: str | None


class ForgottenView(View):
    """One erasure: when, by whom (`office`: by rule), how much of what, and why."""

    at: datetime
    by: str
    kind: str
    counts: dict[str, int]
    reason: str


class RetentionView(View):
    """`GET /admin/retention`; the newest erasures first."""

    at: datetime
    kept: list[KeptView]
    forgotten: list[ForgottenView]
