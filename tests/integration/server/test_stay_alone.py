"""Two numbers of one stay, both given while the server was away, are still one stay for it."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime
from pathlib import Path

from kiosk.adapters.http_gateway import HttpTicketGateway
from kiosk.config.credentials import read_credentials
from kiosk.domain.own_numbers import Block, OwnTicket
from kiosk.domain.ticket import TicketOrder
from kiosk.domain.words import Language
from queue_server.adapters.clock import SetClock
from queue_server.domain.office import ZONE
from tests.fakes.offices import running

TUESDAY = datetime(2026, 11, 24, 8, 30, tzinfo=ZONE)


def given(block: Block, key: str, visit: str | None = None) -> OwnTicket:
    return OwnTicket(
        key=key,
        number=block.first,
        label=block.label(block.first),
        day=block.day,
        order=TicketOrder(block.service, Language.VI, visit=visit),
        issued_at=TUESDAY,
        boot="boot",
        uptime_s=1.0,
        follow_code=key[:16],
        follow_base=block.follow_base,
    )


def hand_in_three(gateway: HttpTicketGateway) -> None:
    blocks = [gateway.lease(name, 10, f"lease-{name}") for name in ("CT", "HT", "DD")]
    keys = ("1" * 32, "2" * 32, "3" * 32)
    for block, key, visit in zip(blocks, keys, (None, keys[0], None), strict=True):
        gateway.hand_in(given(block, key, visit), TUESDAY)


def test_two_numbers_given_alone_are_one_stay_and_a_third_another(tmp_path: Path) -> None:
    with running(tmp_path / "ward", SetClock(TUESDAY)) as office:
        secret = read_credentials(tmp_path / "ward" / "credentials" / "kiosk-1.json")
        with closing(HttpTicketGateway(office.http_url, secret)) as gateway:
            hand_in_three(gateway)
        with office.http_parts.live.look() as day:
            stays = {ticket.service: ticket.stay for ticket in day.tickets.values()}
    assert stays["CT"] == stays["HT"]
    assert stays["DD"] != stays["CT"]
