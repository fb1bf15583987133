"""Who was signed in at which counter, visit by visit and for how long."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from queue_server.domain import events as e
from queue_server.use_cases.reports.other_facts import OtherFact


@dataclass(slots=True)
class ClerksAtCounters:
    """Follows a day's events. Who paused stays noted; who closed the counter left it."""

    of_visit: dict[str, str] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    times: list[OtherFact] = field(default_factory=list)
    _at: dict[int, str] = field(default_factory=dict)
    _since: dict[int, tuple[datetime, int]] = field(default_factory=dict)

    def visit(self, ticket: str, counter: int) -> None:
        """A visit moved at a counter: it is that of who is signed in there, if anybody."""
        person = self._at.get(counter)
        if person is not None:
            self.of_visit[ticket] = person

    def counter(self, event: e.CounterEvent, at: datetime, seq: int, *, is_open: bool) -> None:
        """Something happened to a counter at `at`, after which it is open or not."""
        number = event.counter
        if isinstance(event, e.ClerkNoted):
            self._shut(number, at)
            self._at[number] = event.person
        elif isinstance(event, e.CounterClosed):
            self._shut(number, at)
            self._at.pop(number, None)
        if not is_open:
            self._shut(number, at)
        elif number in self._at:
            self._since.setdefault(number, (at, seq))

    def end(self, at: datetime | None) -> None:
        """The day is over, or this is as far as it came."""
        for number in list(self._since):
            self._shut(number, at or self._since[number][0])

    def _shut(self, number: int, at: datetime) -> None:
        since, seq = self._since.pop(number, (None, 0))
        if since is not None:
            person = self._at[number]
            spent = max(0.0, (at - since).total_seconds())
            self.seconds[person] = self.seconds.get(person, 0.0) + spent
            self.times.append(
                OtherFact(what="clerk", at=since, seq=seq, about=person, seconds=spent)
            )
