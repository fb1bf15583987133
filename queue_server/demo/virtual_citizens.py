"""Virtual citizens: they take numbers through a kiosk's own use case, sit down, and may leave."""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum

import httpx

from kiosk.domain.catalogue import Catalogue
from kiosk.domain.ticket import SlipOutcome, TicketOrder
from kiosk.domain.words import Language
from kiosk.use_cases.issue_ticket import IssueTicket
from kiosk.use_cases.ports import GatewayError
from queue_server.demo.virtual_day import Visit
from queue_server.demo.virtual_time import Pace
from queue_server.demo.waiting_room import Seated, WaitingRoom
from queue_server.domain.office import ZONE

log = logging.getLogger(__name__)

LOOK_AROUND_MIN = 1.0
LOOK_AROUND_AT_LEAST_S = 0.1


class Fate(StrEnum):
    """What became of a citizen before any counter."""

    PRINTED = "printed"
    SHOWN = "shown"
    REFUSED = "refused"
    LEFT = "left"


class Tally:
    """Counts fates; used by several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: Counter[Fate] = Counter()

    def count(self, fate: Fate) -> None:
        """One more."""
        with self._lock:
            self._counts[fate] += 1

    def of(self, fate: Fate) -> int:
        """How many."""
        with self._lock:
            return self._counts[fate]


class Arrivals:
    """The citizens who walk to one kiosk. One thread: they stand in line there, too."""

    def __init__(
        self, issue: IssueTicket, catalogue: Catalogue, room: WaitingRoom, pace: Pace
    ) -> None:
        self._issue = issue
        self._catalogue = catalogue
        self._room = room
        self._pace = pace

    def come(self, day: date, visits: Sequence[Visit], tally: Tally) -> None:
        """Take a number for each visit of the day, at its time.

        Raises:
            Stopped: the demo ends.
        """
        for visit in visits:
            self._pace.until(moment(day, visit.arrives_min))
            self._take_number(visit, tally)

    def _take_number(self, visit: Visit, tally: Tally) -> None:
        order = TicketOrder(visit.service, Language.VI, visit.priority, self._procedure(visit))
        came_at = self._pace.clock.now()
        try:
            issued = self._issue(order)
        except GatewayError as fault:
            log.warning("a citizen got no number: %s", fault)
            tally.count(Fate.REFUSED)
            return
        tally.count(Fate.PRINTED if issued.slip is SlipOutcome.PRINTED else Fate.SHOWN)
        ticket = issued.ticket
        self._room.sit_down(Seated(visit, ticket.id, ticket.number, came_at))

    def _procedure(self, visit: Visit) -> str | None:
        service = self._catalogue.service(visit.service)
        procedures = service.procedures if service else ()
        return procedures[int(visit.procedure_draw * len(procedures))].code if procedures else None


class Reception:
    """The desk where those who lose patience give their number back. One thread."""

    def __init__(self, client: httpx.Client, room: WaitingRoom, pace: Pace) -> None:
        self._client = client
        self._room = room
        self._pace = pace

    def watch(self, until: datetime, tally: Tally) -> None:
        """Cancel the tickets of those who leave.

        Raises:
            Stopped: the demo ends.
        """
        look_around = max(LOOK_AROUND_MIN, LOOK_AROUND_AT_LEAST_S * self._pace.speed / 60)
        while (now := self._pace.clock.now()) < until:
            while (gone := self._room.walk_out(now)) is not None:
                self._cancel(gone)
                tally.count(Fate.LEFT)
            self._pace.minutes(look_around)

    def _cancel(self, gone: Seated) -> None:
        key = {"Idempotency-Key": f"{gone.ticket}-cancel"}
        response = self._client.post(f"/tickets/{gone.ticket}/cancel", headers=key)
        if not response.is_success:
            # Called at this very moment: the clerk will wait in vain and note the absence.
            log.info("%s was not cancelled: %s", gone.number, response.status_code)


def moment(day: date, minutes: float) -> datetime:
    """An instant of a day, in the office's time."""
    return datetime.combine(day, time(), ZONE) + timedelta(minutes=minutes)
