"""What a kiosk must know before somebody takes numbers, and what came of those that it took."""

from __future__ import annotations

from datetime import datetime

from queue_server.contracts.views import FollowView, View


class VisitRules(View):
    """`GET /visits/rules`: limits for one person and day, 0 for none; when a ticket is bulk."""

    tickets_per_person: int
    dossiers_per_person: int
    bulk_from: int


class TakenTicket(View):
    """`GET /tickets/taken`: a ticket of today that who asks took, and how it stands now."""

    id: str
    issued_at: datetime
    follow_url: str
    now: FollowView
