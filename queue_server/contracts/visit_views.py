"""What a kiosk must know before somebody takes numbers."""

from __future__ import annotations

from queue_server.contracts.views import View


class VisitRules(View):
    """`GET /visits/rules`: limits for one person and day, 0 for none; when a ticket is bulk."""

    tickets_per_person: int
    dossiers_per_person: int
    bulk_from: int
