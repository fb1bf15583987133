"""One service across all offices of the city: who has it, and how long its line is there now."""

from __future__ import annotations

from collections import Counter

from queue_server.contracts.views import Words
from queue_server.hub.contracts.city_views import LineInCity, ServiceInCity
from queue_server.hub.use_cases.city_board import CityBoard, line_now


def services_of(board: CityBoard) -> list[ServiceInCity]:
    """Services by their Vietnamese names, most widely offered first."""
    offices: Counter[str] = Counter()
    english: dict[str, str] = {}
    for _, today, _ in board.days():
        names = dict(today.services.values())
        offices.update(names.keys())
        english |= names
    ordered = sorted(offices.items(), key=lambda one: (-one[1], one[0]))
    return [ServiceInCity(name=Words(vi=vi, en=english[vi]), offices=n) for vi, n in ordered]


def lines_of(board: CityBoard, name: str) -> list[LineInCity]:
    """The line of the service with this Vietnamese name at each office that has it."""
    found = []
    for office, today, believed in board.days():
        service = next((one for one, (vi, _) in today.services.items() if vi == name), None)
        if service is not None:
            line = line_now(today, service)
            found.append(
                LineInCity(
                    office=office,
                    waiting=line.waiting if believed else 0,
                    counters_open=line.counters_open if believed else 0,
                    p50_min=line.p50_min if believed else None,
                    p90_min=line.p90_min if believed else None,
                )
            )
    return found
