"""The process of `motcua hub relay`: one office's events to the cluster, for as long as it runs."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from queue_server.adapters.backup import STORE
from queue_server.hub.adapters.nats_down import listen_down
from queue_server.hub.adapters.nats_link import Cluster, connected
from queue_server.hub.adapters.nats_relay import NatsOut
from queue_server.hub.adapters.office_log import OfficeLog
from queue_server.hub.adapters.relay_files import MarkFile, keyed_names
from queue_server.hub.contracts import subjects
from queue_server.hub.use_cases.office_desk import OfficeDesk
from queue_server.hub.use_cases.ports import StreamAway
from queue_server.hub.use_cases.relay import Home, OfficeSide, Relay
from queue_server.use_cases.ports import StoreUnavailable

log = logging.getLogger(__name__)

LOOK_S = 0.2
"""How soon a new event is noticed."""
AGAIN_S = 0.25


@dataclass(frozen=True, slots=True)
class RelaySettings:
    """Whose events, from where, to where, how fast; `machine` None: this one's own name.

    `desk` answers what the hub hands down; None: nobody listens here.
    """

    data: Path
    home: Home
    cluster: Cluster
    most_per_s: float = 500.0
    machine: str | None = None
    desk: OfficeDesk | None = None


def utc_now() -> datetime:
    """This machine's clock."""
    return datetime.now(UTC)


async def relay(
    settings: RelaySettings, stop: asyncio.Event, now: Callable[[], datetime] = utc_now
) -> None:
    """Relay until told to stop; whatever is away, it goes on when that is back.

    Raises:
        StoreUnavailable: the office's key cannot be read or made.
    """
    names = keyed_names(settings.data, settings.machine)
    side = OfficeSide(OfficeLog(settings.data / STORE), MarkFile(settings.data), names)
    while not stop.is_set():
        try:
            home = settings.home
            inbox = subjects.inbox(home.office)
            async with connected(settings.cluster, f"relay {home.office}", inbox) as client:
                out = NatsOut(client)
                work = Relay(home, side, out, now)
                await work.compare()
                if work.warning:
                    log.warning("%s", work.warning)
                await out.on_ask(home.province, home.office, work.again)
                if settings.desk is not None:
                    await listen_down(client, home.province, home.office, settings.desk.answer)
                await _work_on(work, settings.most_per_s, stop)
        except (StreamAway, StoreUnavailable) as fault:
            log.info("relay %s waits: %s", settings.home.office, fault)
            await rest(stop, AGAIN_S)


async def _work_on(work: Relay, most_per_s: float, stop: asyncio.Event) -> None:
    while not stop.is_set():
        try:
            sent = await work.step()
        except (StreamAway, StoreUnavailable) as fault:
            # The connection heals by itself: only this batch is tried again.
            log.info("relay waits: %s", fault)
            await rest(stop, AGAIN_S)
            continue
        await rest(stop, sent / most_per_s if sent else LOOK_S)


async def rest(stop: asyncio.Event, seconds: float) -> None:
    """Wait, but no longer than until the stop."""
    try:
        async with asyncio.timeout(seconds):
            await stop.wait()
    except TimeoutError:
        return
