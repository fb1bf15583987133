"""Where an administrator reads, tries and changes the calling rules of the running office."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from queue_server.config.rules_part import RulesPart
from queue_server.domain.office import Office
from queue_server.use_cases.past_day import PastDay


class RulesStale(Exception):  # noqa: N818 - a refusal
    """Somebody else changed the configuration in the meantime."""


class NoPastDay(Exception):  # noqa: N818 - a refusal
    """No day is over yet, so there is nothing to try rules on."""


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

    def save(self, part: RulesPart, expected: str) -> str:
        """Use these rules from now on; the new digest.

        Raises:
            RulesRefused: they do not fit the office.
            RulesStale: the configuration is not the one with the digest `expected`.
            StoreUnavailable: nothing was changed.
        """
        ...

    def last_day(self, today: date) -> PastDay:
        """The last day before `today`.

        Raises:
            NoPastDay: there is none.
            StoreUnavailable: it cannot be read.
        """
        ...
