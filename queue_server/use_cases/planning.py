"""The coming hours, for the manager: who is expected, and whether a counter should open."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from queue_server.contracts.planning_views import PlanningView


class Planning(Protocol):
    """May be asked from any thread; never raises."""

    def view(self, at: datetime) -> PlanningView:
        """What is known now; returns within milliseconds."""
        ...

    def advise(self, at: datetime) -> None:
        """Simulate from this moment, unless that was just done; about two seconds.

        Afterwards `view` shows the advice, or why there is none.
        """
        ...
