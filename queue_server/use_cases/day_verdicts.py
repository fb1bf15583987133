"""What citizens said of their visits today: counts by score, and the low ones in their words."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterable
from dataclasses import dataclass, field

from queue_server.domain import events as e
from queue_server.domain.ticket import Ticket

LOW_SCORE = 2
"""This and less is a dislike (`dislike` of the quality index, metric 5.4)."""
GOOD_SCORE = 4
"""This and more is satisfied."""


@dataclass(slots=True)
class DayVerdicts:
    """Scores come with the tickets; reasons and words only with the events."""

    by_score: Tally[int] = field(default_factory=Tally)
    said: dict[str, e.TicketRated] = field(default_factory=dict)

    def changed(self, old: Ticket | None, new: Ticket) -> None:
        """A ticket was added or moved on."""
        before = old.score if old is not None else None
        if before != new.score:
            if before is not None:
                self.by_score[before] -= 1
            if new.score is not None:
                self.by_score[new.score] += 1

    def heard(self, events: Iterable[e.Event]) -> None:
        """These events happened; hearing one again changes nothing."""
        for event in events:
            if isinstance(event, e.TicketRated):
                self.said[event.ticket] = event

    @property
    def rated(self) -> int:
        """How many citizens gave a score."""
        return self.by_score.total()

    @property
    def good(self) -> int:
        """How many gave a good one."""
        return sum(n for score, n in self.by_score.items() if score >= GOOD_SCORE)

    @property
    def low(self) -> int:
        """How many gave a low one."""
        return sum(n for score, n in self.by_score.items() if score <= LOW_SCORE)

    @property
    def words_missing(self) -> bool:
        """Whether scores are known whose events were not read, as after a restart."""
        return self.rated > len(self.said)

    def newest_low(self) -> list[e.TicketRated]:
        """The low ones, newest first."""
        low = [event for event in self.said.values() if event.score <= LOW_SCORE]
        return sorted(low, key=lambda event: event.at, reverse=True)
