"""One service across all offices of the city: who has it, and how long its line is there now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TypeVar

from queue_server.contracts.views import Words
from queue_server.hub.contracts.city_views import LineInCity, ServiceInCity
from queue_server.hub.use_cases.city_board import NOT_KNOWN, CityBoard, line_now

HOLDS_S = 2.0
"""Counting thousands of offices takes some hundredths of a second: not anew for each reader."""
T = TypeVar("T")


class ServicesOfCity:
    """Asked by every page; what was counted a moment ago, or before which nothing came, holds."""

    def __init__(self, board: CityBoard, now_s: Callable[[], float]) -> None:
        self._board = board
        self._now_s = now_s
        self._services: tuple[int, float, list[ServiceInCity]] | None = None
        self._lines: dict[str, tuple[int, float, list[LineInCity]]] = {}

    def services(self) -> list[ServiceInCity]:
        """Services by their Vietnamese names, most widely offered first."""
        self._services = self._fresh(self._services, self._count)
        return self._services[2]

    def lines(self, name: str) -> list[LineInCity]:
        """The line of the service with this Vietnamese name at each office that has it."""
        if all(one.name.vi != name for one in self.services()):
            return []
        self._lines[name] = self._fresh(self._lines.get(name), lambda: self._collect(name))
        return self._lines[name][2]

    def _fresh(
        self, kept: tuple[int, float, list[T]] | None, make: Callable[[], list[T]]
    ) -> tuple[int, float, list[T]]:
        now = self._now_s()
        if kept is not None and (kept[0] == self._board.revision or now - kept[1] < HOLDS_S):
            return kept
        return self._board.revision, now, make()

    def _count(self) -> list[ServiceInCity]:
        offices: Counter[str] = Counter()
        english: dict[str, str] = {}
        for _, today, _ in self._board.days():
            names = dict(today.services.values())
            offices.update(names.keys())
            english |= names
        ordered = sorted(offices.items(), key=lambda one: (-one[1], one[0]))
        return [ServiceInCity(name=Words(vi=vi, en=english[vi]), offices=n) for vi, n in ordered]

    def _collect(self, name: str) -> list[LineInCity]:
        found = []
        for office, today, believed in self._board.days():
            service = next((one for one, (vi, _) in today.services.items() if vi == name), None)
            if service is not None:
                line = line_now(today, service).model_dump(include=set(NOT_KNOWN))
                found.append(LineInCity(office=office, **(line if believed else NOT_KNOWN)))
        return found
