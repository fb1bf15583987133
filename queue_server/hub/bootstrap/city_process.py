"""The process of `motcua hub board`: the city board over HTTP, following the database."""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from types import TracebackType
from typing import Self

from edge_models.wait.interval import IntervalForecast
from queue_server.bootstrap.http_server import HttpServer
from queue_server.bootstrap.settings import Address
from queue_server.contracts.views import BoardTargets
from queue_server.hub.adapters.postgres_board import PostgresBoard
from queue_server.hub.adapters.postgres_contacts import AWAY_AFTER, PostgresContacts
from queue_server.hub.adapters.postgres_wishes import PostgresWishes
from queue_server.hub.api.city_app import City, city_app
from queue_server.hub.bootstrap.city_figures import publications
from queue_server.hub.bootstrap.demand_side import DemandSide
from queue_server.hub.bootstrap.relay_process import utc_now
from queue_server.hub.use_cases.city_board import CityBoard
from queue_server.hub.use_cases.city_services import ServicesOfCity
from queue_server.hub.use_cases.ports import CityStoreAway
from queue_server.hub.use_cases.wishes import Wishes
from queue_server.web import DIST

log = logging.getLogger(__name__)

EVERY_S = 0.4
CONTACTS_EVERY_S = 1.0
SERVICE_MIN = 10.0
"""Minutes for one citizen until a line's own calls of the day say better."""


def new_forecast() -> IntervalForecast:
    """The formula that answers at the office without a model, learned from the day's calls."""
    return IntervalForecast(SERVICE_MIN)


class RunningCity:
    """Serves until it is left; it follows the database in the loop of its HTTP server."""

    def __init__(
        self,
        dsn: str,
        address: Address,
        targets: BoardTargets,
        now: Callable[[], datetime] = utc_now,
        away_after: timedelta = AWAY_AFTER,
    ) -> None:
        self._reader = PostgresBoard(dsn)
        self._contacts = PostgresContacts(dsn, away_after=away_after)
        self._look_at, self._told = 0.0, 0
        board = CityBoard(self._reader, new_forecast, secrets.token_hex(8), targets)
        self._http = HttpServer(address)
        self._kept = PostgresWishes(dsn)
        self._demand = DemandSide(dsn, now)
        wishes = Wishes(self._kept, board.listed, now)
        services = ServicesOfCity(board, time.monotonic)
        months, demand = publications(dsn), self._demand
        self.city = City(board, services, wishes, months, lambda: demand.view, now, DIST)
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def url(self) -> str:
        """Where it answers."""
        return self._http.url

    def __enter__(self) -> Self:
        self._http.start(city_app(self.city), on_stop=self._stop, on_beat=self._beat)
        self._http.soon(self._start)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._http.stop()
        self._http.close()

    def _start(self) -> None:
        loop = asyncio.get_running_loop()
        self._tasks = [loop.create_task(self._follow()), loop.create_task(self._demand.follow())]

    def _stop(self) -> None:
        self.city.ended = True
        for task in self._tasks:
            task.cancel()

    def _beat(self) -> None:
        """Nothing changes here without an event."""

    async def _follow(self) -> None:
        try:
            while not self.city.ended:
                await self._refresh()
                await asyncio.sleep(EVERY_S)
        finally:
            async with self.city.changed:
                self.city.changed.notify_all()
            await self._reader.close()
            await self._contacts.close()
            await self._kept.close()

    async def _refresh(self) -> None:
        try:
            await self.city.board.refresh()
            await self._who_is_away()
        except CityStoreAway as fault:
            self.city.away = str(fault)
            log.info("the board stands still: %s", fault)
            return
        finally:
            await self._tell()
        self.city.away = None

    async def _who_is_away(self) -> None:
        now = time.monotonic()
        if now >= self._look_at:
            self._look_at = now + CONTACTS_EVERY_S
            self.city.board.heard(await self._contacts.worth_a_word())

    async def _tell(self) -> None:
        """Wake whoever follows, also where only half of a look came to its end."""
        if self._told != self.city.board.revision:
            self._told = self.city.board.revision
            async with self.city.changed:
                self.city.changed.notify_all()
