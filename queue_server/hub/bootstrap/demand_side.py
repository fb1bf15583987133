"""Keeps the forecast of each area: made once a day, beside the board, area by area."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import date, datetime

from queue_server.domain.office import working_day
from queue_server.hub.adapters.area_demand import area_demand
from queue_server.hub.adapters.postgres_arrivals import arrivals
from queue_server.hub.contracts.demand_views import CityDemand
from queue_server.hub.use_cases.ports import CityStoreAway

log = logging.getLogger(__name__)

LOOK_EVERY_S = 60.0


class DemandSide:
    """Asked by any page; made anew when a day begins."""

    def __init__(self, dsn: str, now: Callable[[], datetime]) -> None:
        self._dsn = dsn
        self._now = now
        self._day: date | None = None
        self.view = CityDemand(made_at=None, areas=[])

    async def follow(self) -> None:
        """Make it now, and each day again, until the task is cancelled."""
        while True:
            try:
                await self.refresh()
            except CityStoreAway as fault:
                log.info("the demand is not forecast now: %s", fault)
            await asyncio.sleep(LOOK_EVERY_S)

    async def refresh(self) -> None:
        """Make it if today's is not there; the board goes on meanwhile.

        Raises:
            CityStoreAway: the one that was there stays.
        """
        today = working_day(self._now())
        if self._day == today:
            return
        found = [
            await asyncio.to_thread(area_demand, one, today)
            for one in await arrivals(self._dsn, today)
        ]
        self.view = CityDemand(made_at=self._now(), areas=found)
        self._day = today
