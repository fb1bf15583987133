"""What the kiosk asks the server about visits at home; slow, so it runs in the background."""

from __future__ import annotations

from typing import Protocol

from kiosk.domain.home_visit import HalfDay, HomeVisit, VisitWish
from kiosk.domain.words import Language


class HomeVisitGateway(Protocol):
    """The way to the office's visits. The methods may raise `GatewayError`."""

    @property
    def offered(self) -> bool:
        """Whether the office comes home, as far as the last look at it said."""
        ...

    def half_days(self) -> tuple[HalfDay, ...]:
        """When staff can come; full half days, too."""
        ...

    def ask(self, wish: VisitWish, language: Language, key: str) -> HomeVisit:
        """Ask for a visit, once however often it is tried with the key.

        Raises:
            RefusedError: there is no room any more.
        """
        ...

    def find(self, code: str) -> HomeVisit:
        """The visit with this code.

        Raises:
            RefusedError: `unknown_appointment`.
        """
        ...

    def cancel(self, code: str, key: str) -> HomeVisit:
        """Nobody needs to come any more; the office forgets the address."""
        ...
