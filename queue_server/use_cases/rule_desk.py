"""Where the calling rules of the running office are kept, and the days to try others on."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from queue_server.config.rules_part import RulesPart
from queue_server.domain.office import Office
from queue_server.use_cases.past_day import PastDay


class RulesStale(Exception):  # noqa: N818 - a refusal
    """Somebody else changed the configuration in the meantime."""


class RuleDesk(Protocol):
    """The rules as they hold; may be asked from any thread. It reads files: not in a loop."""

    def read(self) -> tuple[RulesPart, str]:
        """The rules now, and the digest that `save` expects."""
        ...

    def office_with(self, part: RulesPart) -> Office:
        """The running office with these rules.

        Raises:
            RulesRefused: they do not fit it.
        """
        ...

    def save(self, part: RulesPart, expected: str, by: str) -> str:
        """Use these rules from now on, with an event that says who; the new digest.

        Raises:
            RulesRefused: they do not fit the office.
            RulesStale: the configuration is not the one with the digest `expected`.
            StoreUnavailable: nothing was changed.
        """
        ...

    def last_day(self, today: date) -> date | None:
        """The last day before `today` on which anything happened.

        Raises:
            StoreUnavailable: the days cannot be read.
        """
        ...

    def past(self, day: date) -> PastDay:
        """That day, from its events.

        Raises:
            StoreUnavailable: it cannot be read.
        """
        ...
