"""Keeps the days that were played last, so that scrubbing costs nothing."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from datetime import date
from threading import Lock

from queue_server.contracts.replay_views import RulesTried, RuleTried
from queue_server.use_cases.board import Targets
from queue_server.use_cases.past_day import past_day
from queue_server.use_cases.ports import EventReader
from queue_server.use_cases.replay_day import NothingToReplay, PlayedDay, play_day
from queue_server.use_cases.rule_choices import choices, figures_view
from queue_server.use_cases.try_rules import as_it_was, try_rules

KEPT = 4


class ReplayShelf:
    """May be asked from any thread; one day is played at a time.

    Today is played anew each time something happened.
    """

    def __init__(
        self, events: EventReader, targets: Targets, today: Callable[[], tuple[date, int]]
    ) -> None:
        """`today` gives the working day and the number of its last event."""
        self._events = events
        self._targets = targets
        self._today = today
        self._played: OrderedDict[tuple[date, int], PlayedDay] = OrderedDict()
        self._lock = Lock()

    def days(self) -> Sequence[date]:
        """Every day on which anything happened."""
        return self._events.days()

    def played(self, day: date) -> PlayedDay:
        """A day by minutes.

        Raises:
            NothingToReplay: nothing happened on it.
            StoreUnavailable: it cannot be read.
        """
        today, seq = self._today()
        key = (day, seq if day == today else 0)
        with self._lock:
            found = self._played.get(key)
            if found is None:
                found = play_day(day, self._events.of_day(day), self._targets)
                self._played[key] = found
            self._played.move_to_end(key)
            while len(self._played) > KEPT:
                self._played.popitem(last=False)
            return found

    def rules(self, day: date) -> RulesTried:
        """The usual rules on that day.

        Raises:
            NothingToReplay: nothing happened on it.
            StoreUnavailable: it cannot be read.
        """
        if day not in self._events.days():
            raise NothingToReplay(day.isoformat())
        past = past_day(day, (stored.event for stored in self._events.of_day(day)))
        return RulesTried(
            day=day.isoformat(),
            was=figures_view(as_it_was(past)),
            rules=[
                RuleTried(words=one.words, figures=figures_view(try_rules(past, one.office)))
                for one in choices(past.office)
            ],
        )
