"""Keeps the days that were played last and what rules gave on them: a second look is free."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from datetime import date
from threading import Lock
from typing import Generic, TypeVar

from queue_server.contracts.replay_views import RulesTried, RuleTried
from queue_server.contracts.rule_views import RuleFiguresView
from queue_server.use_cases.board import Targets
from queue_server.use_cases.past_day import PastDay, past_day
from queue_server.use_cases.ports import EventReader
from queue_server.use_cases.replay_day import NothingToReplay, PlayedDay, play_day
from queue_server.use_cases.rule_choices import choices, figures_view
from queue_server.use_cases.try_rules import as_it_was, try_rules

KEPT = 4
PASTS_KEPT = 2
FIGURES_KEPT = 60
Key = tuple[date, int]
K = TypeVar("K", bound=Hashable)
T = TypeVar("T")


class ReplayShelf:
    """May be asked from any thread; one day is played, and one rule tried, at a time.

    Today is played anew each time something happened.
    """

    def __init__(self, events: EventReader, targets: Targets, today: Callable[[], Key]) -> None:
        """`today` gives the working day and the number of its last event."""
        self._events = events
        self._targets = targets
        self._today = today
        self._played: Kept[Key, PlayedDay] = Kept(KEPT)
        self._pasts: Kept[Key, PastDay] = Kept(PASTS_KEPT)
        self._figures: Kept[tuple[Key, int], RuleFiguresView] = Kept(FIGURES_KEPT)

    def days(self) -> Sequence[date]:
        """Every day on which anything happened."""
        return self._events.days()

    def played(self, day: date) -> PlayedDay:
        """A day by minutes.

        Raises:
            NothingToReplay: nothing happened on it.
            StoreUnavailable: it cannot be read.
        """
        return self._played.get(
            self._key(day), lambda: play_day(day, self._events.of_day(day), self._targets)
        )

    def rules(self, day: date, only: int | None = None) -> RulesTried:
        """The usual rules on that day, or the one of this number, which is faster to wait for.

        Raises:
            NothingToReplay: nothing happened on it, or there is no such rule.
            StoreUnavailable: it cannot be read.
        """
        key = self._key(day)
        past = self._pasts.get(key, lambda: self._past(day))
        usual = choices(past.office)
        wanted = range(len(usual)) if only is None else (only,)
        if wanted[-1] >= len(usual):
            raise NothingToReplay(day.isoformat())

        offices = [one.office for one in usual]

        def tried(number: int) -> RuleTried:
            one = usual[number]
            # As configured is often one of the others; what is the same is played once.
            same = offices.index(one.office)
            figures = self._figures.get(
                (key, same), lambda: figures_view(try_rules(past, one.office))
            )
            return RuleTried(words=one.words, figures=figures)

        return RulesTried(
            day=day.isoformat(),
            was=figures_view(as_it_was(past)),
            rules=[tried(number) for number in wanted],
            of=len(usual),
        )

    def _past(self, day: date) -> PastDay:
        if day not in self._events.days():
            raise NothingToReplay(day.isoformat())
        return past_day(day, (stored.event for stored in self._events.of_day(day)))

    def _key(self, day: date) -> Key:
        today, seq = self._today()
        return day, seq if day == today else 0


class Kept(Generic[K, T]):
    """The newest few of what is dear to make; whoever asks for the same meanwhile waits for it."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._found: OrderedDict[K, T] = OrderedDict()
        self._lock = Lock()

    def get(self, key: K, make: Callable[[], T]) -> T:
        """What is kept under the key, made now if it is not; a fault of `make` keeps nothing."""
        with self._lock:
            if key not in self._found:
                self._found[key] = make()
            self._found.move_to_end(key)
            while len(self._found) > self._most:
                self._found.popitem(last=False)
            return self._found[key]
