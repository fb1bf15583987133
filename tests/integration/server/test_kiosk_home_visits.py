"""A visit at home from the kiosk's gateway to the route sheet of staff, on the running server."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from kiosk.adapters.http_appointments import HttpAppointments
from kiosk.adapters.http_gateway import HttpTicketGateway
from kiosk.adapters.http_home_visits import HttpHomeVisits
from kiosk.config.credentials import read_credentials
from kiosk.domain.home_visit import VisitWish
from kiosk.domain.priority import Priority
from kiosk.domain.words import Language
from kiosk.use_cases.find_promise import find_promise
from kiosk.use_cases.ports import RefusedError
from queue_server.adapters.clock import SetClock
from queue_server.domain.office import ZONE
from tests.fakes.offices import running

TUESDAY = datetime(2026, 11, 24, 7, 30, tzinfo=ZONE)


def test_what_the_kiosk_asks_for_stands_on_the_route_sheet_once(tmp_path: Path) -> None:
    with running(tmp_path / "ward", SetClock(TUESDAY)) as office:
        secret = read_credentials(tmp_path / "ward" / "credentials" / "kiosk-1.json")
        gateway = HttpTicketGateway(office.http_url, secret)
        book = HttpAppointments(gateway)
        visits = HttpHomeVisits(gateway, lambda: book.home_visits)
        assert not visits.offered, "nobody knows before the first look"
        book.offered()
        assert visits.offered
        half = next(one for one in visits.half_days() if one.left)
        wish = VisitWish().choose_service("CT").choose_when(half).choose_who(Priority.AGE_80)
        for text in ("Trần Thị Thử", "0912345678", "Số 1 đường Mẫu, tổ 3"):
            wish = wish.typed(text)
        made = visits.ask(wish, Language.VI, "key-1")
        assert visits.ask(wish, Language.VI, "key-1") == made
        assert (made.day, made.part) == (half.day, half.part)
        assert made.page_url.endswith(f"/a/{made.code}")
        (stop,) = office.http_parts.home_visits.sheet(half.day)["stops"]
        # Its code is typed where appointments are asked for, too.
        assert find_promise(book, visits, made.code) == made
        with pytest.raises(RefusedError) as unknown:
            find_promise(book, visits, "ZZZZ2345")
        assert unknown.value.code == "unknown_appointment"
        gone = visits.cancel(made.code, "key-2")
        assert visits.cancel(made.code, "key-2") == gone
        assert office.http_parts.home_visits.sheet(half.day)["stops"] == []
        gateway.close()
    assert made.allowed == {"cancel"}
    assert (gone.state, gone.allowed) == ("cancelled", frozenset())
    assert (stop["name"], stop["phone"]) == ("Trần Thị Thử", "0912345678")
    assert (stop["address"], stop["priority"]) == ("Số 1 đường Mẫu, tổ 3", "age_80")
