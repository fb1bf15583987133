"""The made-up past of a demo: sound, marked, made once, and enough for a forecast of the day."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path

import httpx
import pypdfium2 as pdfium
import pytest
from openpyxl import load_workbook

from queue_server.adapters.clock import SetClock
from queue_server.adapters.new_office import make_office
from queue_server.adapters.sqlite_history import verify_file
from queue_server.adapters.sqlite_reader import SqliteReader
from queue_server.bootstrap.settings import Settings, settle
from queue_server.demo.past_days import make_past_days
from queue_server.demo.ward import read_ward
from queue_server.domain.events import TicketReserved
from queue_server.domain.office import ZONE
from queue_server.domain.office_record_events import MADE_UP, SettingsChanged
from tests.fakes.offices import running, signed_in

MONDAY = date(2026, 5, 11)
DAYS = 8
PATIENCE_S = 60.0


def until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.2)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    make_office(tmp_path / "ward", "ward")
    return settle(tmp_path / "ward", "127.0.0.1:0", "embedded")


def test_it_is_sound_and_marked_and_shows_what_to_expect(settings: Settings) -> None:
    store = settings.data / "store" / "office.db"
    office = settings.file.to_office()
    made = make_past_days(store, office, read_ward(), MONDAY, DAYS)
    assert len(made) == DAYS
    assert made[-1] == MONDAY - timedelta(days=3), "the Friday before"
    assert all(day.weekday() < 5 for day in made)
    verdict = verify_file(store)
    assert verdict.fault is None
    assert (verdict.days, verdict.tickets > 50 * DAYS) == (DAYS, True)
    for day in made:
        events = [one.event for one in SqliteReader(store).of_day(day)]
        issued = [event for event in events if isinstance(event, TicketReserved)]
        assert issued
        assert {event.kiosk for event in issued} == {MADE_UP}
        said = [event for event in events if isinstance(event, SettingsChanged)]
        assert [(event.by, "made up" in event.changes[0]) for event in said] == [(MADE_UP, True)]
    assert make_past_days(store, office, read_ward(), MONDAY, DAYS) == []
    morning = datetime(2026, 5, 11, 7, 30, tzinfo=ZONE)
    clock = SetClock(morning)
    with running(settings.data, clock) as ward, signed_in(ward) as admin:

        def expected() -> bool:
            clock.advance_to(clock.now() + timedelta(seconds=6))
            slots = admin.get("/board").json()["course"]["slots"]
            return sum(slot["expected"] or 0 for slot in slots) > 50

        until(expected)
        days = admin.get("/replay/days").json()["days"]
        assert [day.isoformat() for day in made] == days[:DAYS]
        shown_as_made_up(admin, made)


def shown_as_made_up(admin: httpx.Client, made: list[date]) -> None:
    """Nobody can take the figures of such days for real ones, on screen or on paper."""
    span = {"from": made[0].isoformat(), "to": made[-1].isoformat()}
    report = admin.get("/reports/range", params=span).json()
    assert report["period"]["days_made_up"] == report["period"]["days_worked"] == DAYS
    today = admin.get("/reports/day").json()["period"]
    assert today["days_made_up"] == 0, "real days are not marked"
    sheet = admin.get("/reports/range/staff", params=span).json()
    assert sheet["period"]["days_made_up"] == DAYS
    words = f"{DAYS} ngày trong kỳ do chương trình dựng"
    file = admin.get("/reports/range/file", params=span | {"form": "csv"})
    assert words in file.content.decode("utf-8-sig").splitlines()[1]
    book = admin.get("/reports/range/file", params=span | {"form": "xlsx"})
    assert words in str(load_workbook(BytesIO(book.content)).worksheets[0]["A12"].value)
    paper = admin.get("/reports/range/file", params=span | {"form": "pdf"})
    text = pdfium.PdfDocument(paper.content)[0].get_textpage().get_text_range()
    assert words in " ".join(text.split())
    assert admin.get(f"/replay/days/{made[0]}").json()["made_up"] is True
