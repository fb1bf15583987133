"""The process of `motcua hub fold --follow`: a day is folded into its month soon after it ends."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

from queue_server.domain.office import working_day
from queue_server.hub.adapters.postgres_months import PostgresMonths
from queue_server.hub.bootstrap.relay_process import rest, utc_now
from queue_server.hub.use_cases.fold_months import fold
from queue_server.hub.use_cases.ports import CityStoreAway

log = logging.getLogger(__name__)

EVERY_S = 600.0
"""What came late is folded again so soon; where nothing did, one look costs some milliseconds."""


async def follow(
    dsn: str, stop: asyncio.Event, now: Callable[[], datetime] = utc_now, every_s: float = EVERY_S
) -> None:
    """Fold until told to stop; while the database is away, it waits."""
    book = PostgresMonths(dsn)
    while not stop.is_set():
        try:
            touched = await fold(book, working_day(now()))
        except CityStoreAway as fault:
            log.info("nothing is folded now: %s", fault)
        else:
            if touched:
                log.info("%d months of offices brought to yesterday", touched)
        await rest(stop, every_s)
