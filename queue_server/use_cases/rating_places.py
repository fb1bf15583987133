"""Where a visit may be rated besides the phone: on the tablet of its counter, and at a kiosk."""

from __future__ import annotations

from datetime import datetime, timedelta

from queue_server.contracts.rating_views import TabletView
from queue_server.contracts.views import Words
from queue_server.domain.citizen_moves import RATING_REASONS
from queue_server.domain.faults import NotEligible
from queue_server.domain.office_day import OfficeDay
from queue_server.domain.ticket import Ticket, TicketState
from queue_server.use_cases.live_office import LiveOffice

AT_THE_COUNTER = timedelta(minutes=10)
AT_A_KIOSK = timedelta(hours=2)


class RatingPlaces:
    """Finds the ticket that somebody in front of a screen may rate."""

    def __init__(self, live: LiveOffice) -> None:
        self._live = live

    def tablet(self, number: int, at: datetime) -> TabletView:
        """What the tablet of a counter shows.

        Raises:
            UnknownCounter: the office has no such counter.
        """
        with self._live.look() as day:
            configured, _ = day.counter(number)
            ticket = self._just_served(day, number, at)
            service = day.office.services.get(ticket.service) if ticket else None
            return TabletView(
                seq=self._live.seq,
                at=at,
                office=Words(vi=day.office.name_vi, en=day.office.name_en),
                counter=number,
                counter_name=Words(vi=configured.name_vi, en=configured.name_en),
                number=ticket.label if ticket else None,
                service=Words(vi=service.name_vi, en=service.name_en) if service else None,
                reasons=list(RATING_REASONS),
                training=day.office.training,
            )

    def at_counter(self, counter: int, label: str, at: datetime) -> Ticket:
        """The ticket that was shown there; a slow citizen is not cut off by the next one.

        Raises:
            UnknownCounter, UnknownTicket: the office has none such.
            NotEligible: it was not served there, or that is too long ago.
        """
        with self._live.look() as day:
            day.counter(counter)
            ticket = day.labelled(label)
            if ticket.counter != counter or not _over_since(ticket, at, AT_THE_COUNTER):
                raise NotEligible(f"{ticket.label} may not be rated at counter {counter} now")
            return ticket

    def at_kiosk(self, label: str, at: datetime) -> Ticket:
        """A ticket of today by its number, while the visit is fresh.

        Raises:
            UnknownTicket: none has this number.
            NotEligible: the visit is not over, or that is too long ago.
        """
        with self._live.look() as day:
            ticket = day.labelled(label)
            if not _over_since(ticket, at, AT_A_KIOSK):
                raise NotEligible(f"{ticket.label} was not finished in the last two hours")
            return ticket

    def _just_served(self, day: OfficeDay, counter: int, at: datetime) -> Ticket | None:
        """The last one finished here, unrated, until the next citizen sits down."""
        found = self._live.lists.finished.get(counter)
        ticket = day.tickets.get(found) if found is not None else None
        if ticket is None or ticket.state is not TicketState.FINISHED or ticket.score is not None:
            return None
        now = day.counters[counter]
        if now.ticket is not None and day.tickets[now.ticket].state is TicketState.SERVING:
            return None
        return ticket if _over_since(ticket, at, AT_THE_COUNTER) else None


def _over_since(ticket: Ticket, at: datetime, within: timedelta) -> bool:
    """Whether the visit ended, and not longer ago than that."""
    over = ticket.state is TicketState.FINISHED and ticket.finished_at is not None
    return over and ticket.finished_at is not None and at - ticket.finished_at <= within
