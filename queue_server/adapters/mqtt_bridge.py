"""Joins the office and the broker: one thread between the network's thread and the writer's.

Everything that decides or formats runs here, so neither the writer nor the network ever waits,
and nothing needs a lock. Both of them only put a job into the queue.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from queue import Empty, SimpleQueue

from queue_server.adapters.mqtt_inbound import MqttInbound, OfficeSide
from queue_server.adapters.mqtt_link import BrokerLogin, Incoming, MqttLink
from queue_server.adapters.mqtt_outbound import MqttOutbound
from queue_server.contracts import topics
from queue_server.contracts.views import BoardView
from queue_server.use_cases.announce import calls_of
from queue_server.use_cases.keep_day import Commit
from queue_server.use_cases.key_order import KeyOrder
from queue_server.use_cases.live_office import LiveOffice

log = logging.getLogger(__name__)

JOBS_AT_ONCE = 64

Job = Callable[[], None]


class MqttBridge:
    """The server's end of MQTT. `start` after the live office has a day, `close` before it ends."""

    def __init__(
        self, login: BrokerLogin, office: OfficeSide, board: Callable[[], BoardView]
    ) -> None:
        self._jobs: SimpleQueue[Job] = SimpleQueue()
        self._link = MqttLink(login, _subscriptions(office.id), self._heard, self._linked)
        self._outbound = MqttOutbound(office.id, office.live, board, self._publish)
        order = KeyOrder(datetime.now(UTC), time.monotonic())
        self._inbound = MqttInbound(office, order, self._outbound, self._jobs.put)
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="mqtt-bridge", daemon=True)
        office.live.listen(self._committed)

    @property
    def up(self) -> bool:
        """Whether the broker is there."""
        return self._link.up

    @property
    def faults(self) -> Mapping[tuple[str, str], int]:
        """How many messages could not be used, by device and kind."""
        return self._inbound.faults.counts

    def start(self) -> None:
        """Begin; connects in the background."""
        self._thread.start()
        self._link.start()

    def wait_until_up(self, within_s: float) -> bool:
        """Wait until devices are heard; False when the broker is not there by then."""
        return self._link.wait_until_up(within_s)

    def close(self) -> None:
        """Finish what is here and end; what was not acknowledged comes again after a start."""
        self._closing.set()
        self._jobs.put(_nothing)
        if self._thread.is_alive():
            self._thread.join()
        self._link.close()

    # -- on the threads of others: only put a job -----------------------------------------

    def _heard(self, incoming: Incoming) -> None:
        done = partial(self._link.acknowledge, incoming.receipt)
        self._jobs.put(partial(self._take, incoming, done))

    def _linked(self) -> None:
        self._jobs.put(self._outbound.forget)

    def _committed(self, _live: LiveOffice, commit: Commit) -> None:
        touched = tuple(commit.changes.counters)
        calls = tuple(calls_of(commit))
        self._jobs.put(partial(self._tell, touched, calls))

    # -- on the bridge's own thread -------------------------------------------------------

    def _run(self) -> None:
        going = True
        while going:
            going = not self._closing.is_set()
            for job in self._gather(self._outbound.due_in_s() if going else 0.0):
                self._do(job)
            self._do(self._outbound.repaint)

    def _gather(self, wait_s: float) -> list[Job]:
        jobs: list[Job] = []
        try:
            jobs.append(self._jobs.get(timeout=wait_s))
            while len(jobs) < JOBS_AT_ONCE:
                jobs.append(self._jobs.get_nowait())
        except Empty:
            pass
        return jobs

    def _do(self, job: Job) -> None:
        try:
            job()
        except Exception:  # the thread must outlive any fault of one message
            log.exception("a job of the MQTT bridge failed")

    def _take(self, incoming: Incoming, done: Job) -> None:
        try:
            self._inbound.take(incoming, done)
        except Exception:  # it would fail again: do not let it come again
            done()
            raise

    def _tell(self, touched: tuple[int, ...], calls: tuple[dict[str, object], ...]) -> None:
        for call in calls:
            self._outbound.call(call)
        self._outbound.touch(touched)

    def _publish(self, topic: str, payload: str, retain: bool) -> bool:  # noqa: FBT001 - a port
        return self._link.publish(topic, payload, retain=retain)


def _subscriptions(office: str) -> list[tuple[str, int]]:
    """QoS 1, except for statuses: a heartbeat that a broker kept would tell a wrong time."""
    filters = topics.server_subscriptions(office)
    status = topics.device_status(office, "any").replace("/any/", "/+/")
    return [(one, 0 if one == status else 1) for one in filters]


def _nothing() -> None:
    """Wakes the thread so that it sees that it should end."""
