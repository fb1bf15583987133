"""A city or a nation of made-up offices, each with a morning of events as collectors get them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

from queue_server.adapters.json_codec import to_json
from queue_server.contracts.views import Words
from queue_server.hub.adapters.postgres_board import PostgresBoard
from queue_server.hub.adapters.postgres_city import PostgresCity
from queue_server.hub.contracts.event_message import EventMessage
from queue_server.hub.contracts.personal import without_person
from queue_server.hub.use_cases.city_board import Listed
from queue_server.hub.use_cases.collect import take
from queue_server.hub.use_cases.ports import Received
from tests.fakes.office_days import EIGHT, OFFICE

CAN_THO = (10.03, 105.78)
NAMES = (
    *("Ninh Kiều", "Cái Răng", "Bình Thủy", "Ô Môn", "Thốt Nốt", "Tân An", "An Bình", "Long Tuyền"),
    *("Phong Điền", "Thới Lai", "Cờ Đỏ", "Vĩnh Thạnh", "Hưng Phú", "Phước Thới", "Trung Nhứt"),
)


def listed(number: int, spread: float = 0.25) -> list[Listed]:
    """So many offices around Cần Thơ; the same number gives the same city."""
    dice = Random(7)
    return [
        Listed(
            f"vp-{i:04}",
            "92",
            Words(vi=f"Phường {NAMES[i % 15]} {i + 1}", en=f"{NAMES[i % 15]} ward {i + 1}"),
            CAN_THO[0] + dice.gauss(0, spread),
            CAN_THO[1] + dice.gauss(0, spread),
            f"https://vp-{i:04}.example",
        )
        for i in range(number)
    ]


def morning(office: str, dice: Random) -> Iterator[dict[str, Any]]:
    """Events of one office; every tenth has no counter open yet."""
    told = without_person("OfficeConfigured", {"office": to_json(replace(OFFICE, id=office))})
    yield {"kind": "DayOpened", "body": {"day": f"{EIGHT:%Y-%m-%d}"}}
    yield {"kind": "OfficeConfigured", "body": told}
    if dice.random() < 0.1:
        return
    for counter in range(1, dice.choice((2, 3, 4, 5))):
        yield {"kind": "CounterOpened", "counter": counter}
    for person in range(int(dice.expovariate(1 / 5))):
        ticket = {"ticket": f"t{person}"}
        service = dice.choice("abc")
        issued = EIGHT.isoformat()
        body = {"service": service, "number": person + 1, "issued_at": issued}
        yield {"kind": "TicketReserved", "body": body, **ticket}
        yield {"kind": "TicketConfirmed", "body": {"slip": "printed"}, **ticket}
        if dice.random() < 0.3:
            reason = {"kind": "longest_wait", "waited_s": dice.expovariate(1 / 700)}
            yield {"kind": "TicketCalled", "counter": 1, "body": {"reason": reason}, **ticket}


def received(office: Listed, dice: Random) -> list[Received]:
    """The morning as messages of the stream."""
    messages = []
    for seq, said in enumerate(morning(office.id, dice), start=1):
        at = EIGHT + timedelta(minutes=seq)
        event = EventMessage(
            office=office.id,
            province=office.province,
            seq=seq,
            day=EIGHT.date(),
            at=at,
            mark=mark(office.id, seq),
            prev=mark(office.id, seq - 1),
            machine="0" * 16,
            sent_at=at,
            **said,
        )
        messages.append(Received(at, event, None))
    return messages


def mark(office: str, seq: int) -> str:
    """As good as a hash where nobody cheats."""
    return f"{abs(hash((office, seq))):032x}"[-32:]


async def settle(dsn: str, offices: Sequence[Listed]) -> int:
    """Register these offices and collect their mornings; how many events that were."""
    board, store, dice = PostgresBoard(dsn), PostgresCity(dsn), Random(1)
    try:
        await board.list_offices(offices)
        total = 0
        for start in range(0, len(offices), 100):
            batch = [
                one for office in offices[start : start + 100] for one in received(office, dice)
            ]
            total += (await take(store, batch)).new
        return total
    finally:
        await board.close()
        await store.close()
