"""What citizens said of one day: a count for each score and reason, and of how many visits."""

from __future__ import annotations

from collections import Counter
from datetime import date

from queue_server.contracts.views import RatingsView
from queue_server.domain import events as e
from queue_server.domain.citizen_moves import BEST_SCORE
from queue_server.use_cases.ports import EventReader


def ratings_of(day: date, events: EventReader) -> RatingsView:
    """The ratings of a day. Reads the store: not for the event loop."""
    scores: Counter[int] = Counter()
    reasons: Counter[str] = Counter()
    finished = 0
    for stored in events.of_day(day):
        finished += isinstance(stored.event, e.TicketFinished)
        if isinstance(stored.event, e.TicketRated):
            scores[stored.event.score] += 1
            reasons.update(stored.event.reasons)
    return RatingsView(
        day=day.isoformat(),
        finished=finished,
        rated=scores.total(),
        by_score=[scores[score] for score in range(1, BEST_SCORE + 1)],
        reasons=dict(sorted(reasons.items())),
    )
