"""Today's demand as the board shows it: the forecast of the morning beside who came."""

from __future__ import annotations

from datetime import date

import numpy as np

from edge_models.demand.arrivals import SLOT_MIN, SLOTS, Counts
from edge_models.demand.forecast import DayForecast
from queue_server.adapters.office_moment import rest_factor
from queue_server.adapters.planning_words import clock, demand_words
from queue_server.contracts.planning_views import DemandSlotView, DemandView, ServiceDemandView
from queue_server.contracts.views import Words
from queue_server.domain.office import Office


def demand_view(
    demand: DayForecast, office: Office, came: Counts, minute: float
) -> DemandView | None:
    """The whole day; half hours to come follow how busy today is. None where nobody is known."""
    if not demand.history_days:
        return None
    factor = rest_factor(demand, came, minute)
    services = list(office.services.values())
    place = {name: row for row, name in enumerate(demand.services)}
    mean = np.array(
        [demand.mean[place[s.id]] if s.id in place else np.zeros(SLOTS) for s in services]
    )
    now = int(minute // SLOT_MIN)
    shown = _shown(mean, came)
    expected = mean * np.where(np.arange(SLOTS) > now, factor, 1.0)
    total = float(mean.sum())
    low, high = demand.spread.total_interval(total)
    score = demand.scores.get(demand.model)
    return DemandView(
        day=date.fromordinal(demand.day).isoformat(),
        model="learned" if demand.model == "learned" else "seasonal",
        missed_share=round(score.share, 4) if score else None,
        missed_day_share=round(score.day_share, 4) if score else None,
        tried_days=demand.tried_days,
        history_days=demand.history_days,
        rest_factor=round(factor, 3),
        holiday=demand.holiday,
        words=demand_words(demand),
        expected=round(total, 1),
        low=low,
        high=high,
        came=int(came.sum()),
        slots=_slots(demand, expected.sum(axis=0), came.sum(axis=0), shown, now),
        services=[
            ServiceDemandView(
                service=service.id,
                name=Words(vi=service.name_vi, en=service.name_en),
                expected=round(float(mean[row].sum()), 1),
                came=int(came[row].sum()),
                slots=_slots(demand, expected[row], came[row], shown, now),
            )
            for row, service in enumerate(services)
        ],
    )


def _shown(mean: Counts, came: Counts) -> range:
    """From the first to the last half hour in which anybody came or is expected."""
    busy = np.flatnonzero((mean.sum(axis=0) > 0) | (came.sum(axis=0) > 0))
    return range(int(busy[0]), int(busy[-1]) + 1) if len(busy) else range(0)


def _slots(
    demand: DayForecast, expected: Counts, came: Counts, shown: range, now: int
) -> list[DemandSlotView]:
    low, high = demand.spread.interval(expected)
    return [
        DemandSlotView(
            at=clock(slot * SLOT_MIN),
            expected=round(float(expected[slot]), 2),
            low=int(low[slot]),
            high=int(high[slot]),
            came=int(came[slot]) if slot <= now else None,
        )
        for slot in shown
    ]
