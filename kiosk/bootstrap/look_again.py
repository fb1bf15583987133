"""Asks now and then whether the office looks as it did: a change at `/admin` needs no restart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from time import monotonic

from kiosk.adapters.http_gateway import HttpTicketGateway
from kiosk.adapters.office_look import OfficeLook, office_look
from kiosk.bootstrap.kiosk_parts import KioskPlan
from kiosk.domain.office_face import OfficeFace

EVERY_S = 60.0


class LookAgain:
    """Called at each look at the office; `plan` is as the kiosk began."""

    def __init__(
        self,
        plan: KioskPlan,
        gateway: HttpTicketGateway,
        now_s: Callable[[], float] = monotonic,
    ) -> None:
        self._plan = plan
        self._gateway = gateway
        self._now_s = now_s
        self._shown = plan.look
        self._next_s = now_s() + EVERY_S

    def __call__(self) -> OfficeFace | None:
        """The office's face where it is another one now; while the server is away, None."""
        if self._now_s() < self._next_s:
            return None
        self._next_s = self._now_s() + EVERY_S
        found = office_look(self._gateway, self._plan.folder / self._plan.config.state)
        if found is None or found == self._shown:
            return None
        self._shown = found
        return self._face(found)

    def _face(self, found: tuple[OfficeLook, str]) -> OfficeFace:
        plan, look = replace(self._plan, look=found), found[0]
        own = plan.config.screen.theme
        return OfficeFace(plan.office, plan.logo, None if own else (look.colour, look.colour_dark))
