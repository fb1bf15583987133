"""Ticket logs: both kinds of times, faults by line, and no file that ends in a traceback."""

from __future__ import annotations

import csv
import gzip
import io
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.adapters.ticket_log import TicketLogError, read_day
from queue_server.domain.office import ZONE
from tests.fakes.ticket_logs import HEADER, log_of

DAY = date(2026, 3, 2)


def at(minutes: float) -> datetime:
    return datetime.combine(DAY, time(), ZONE) + timedelta(minutes=minutes)


def test_minutes_and_iso_times_mean_the_same(tmp_path: Path) -> None:
    path = log_of(
        tmp_path,
        "W,CT,2026-03-02,1,480.5,490,,,,,",
        "W,CT,2026-03-02,2,2026-03-02T08:00:30,2026-03-02T08:10:00+07:00,08:11,,3,age_60,NORMAL",
        "W,CT,2026-03-02,3,2026-03-02T01:00:30Z,,,,,,",
    )
    first, second, third = read_day(path).tickets
    assert (first.arrived_at, first.called_at) == (at(480.5), at(490))
    assert (second.arrived_at, second.called_at, second.started_at) == (at(480.5), at(490), at(491))
    assert (second.counter, second.priority, second.outcome) == ("3", "age_60", "NORMAL")
    assert (third.arrived_at, third.called_at, third.line) == (at(480.5), None, 4)


def test_the_first_office_and_day_unless_told(tmp_path: Path) -> None:
    rows = [
        "A,CT,2026-03-02,1,1,,,,,,",
        "B,CT,2026-03-02,1,1,,,,,,",
        "A,CT,2026-03-03,1,1,,,,,,",
        "A,CT,2026-03-02,2,2,,,,,,",
    ]
    path = log_of(tmp_path, *rows)
    found = read_day(path)
    assert (found.office, found.day, len(found.tickets)) == ("A", DAY, 2)
    assert read_day(path, office="B").office == "B"
    assert len(read_day(path, day=date(2026, 3, 3)).tickets) == 1


def test_bad_rows_are_named_and_left_out(tmp_path: Path) -> None:
    path = log_of(
        tmp_path,
        "W,CT,2026-03-02,1,10,20,,,,,",
        "W,CT,2026-03-02,2,soon,20,,,,,",
        "W,CT,2026-03-02,3,20,10,,,,,",
        "W,CT,2026-03-02,1,11,21,,,,,",
        "W,,2026-03-02,4,11,21,,,,,",
        "W,CT,2026-03-02,5,,21,,,,,",
        "W,CT,2026-03-02,6,11,1441,,,,,",
        "W,CT,2026-03-02,7,2026-03-03T08:00,,,,,,",
        "W,CT,2026-03-02",
    )
    found = read_day(path)
    assert [t.number for t in found.tickets] == ["1"]
    assert {fault.line: fault.why for fault in found.faults} == {
        3: "arrived_at: 'soon' is neither ISO 8601 nor a minute",
        4: "called_at is before arrived_at",
        5: "ticket 1 of service CT stands in line 2 already",
        6: "service is empty",
        7: "arrived_at is empty",
        8: "called_at: minute 1441 is not of this day",
        9: "arrived_at: 2026-03-03 08:00 is not on 2026-03-02",
        10: "ticket is empty",
    }


@pytest.mark.parametrize(
    ("header", "words"),
    [
        (HEADER.replace("arrived_at", "arived_at"), "'arrived_at' is missing; is it the column"),
        ("a,b", "the column 'office' is missing"),
        ("", "the column 'office' is missing"),
    ],
)
def test_missing_columns_are_named(tmp_path: Path, header: str, words: str) -> None:
    with pytest.raises(TicketLogError, match=words):
        read_day(log_of(tmp_path, header=header))


def test_later_columns_may_be_missing(tmp_path: Path) -> None:
    header = "office,service,date,ticket,arrived_at,called_at"
    (ticket,) = read_day(log_of(tmp_path, "W,CT,2026-03-02,1,1,2", header=header)).tickets
    assert (ticket.called_at, ticket.finished_at, ticket.counter) == (at(2), None, "")


@pytest.mark.parametrize(
    ("office", "day", "words"),
    [
        ("Wrad", None, "no office 'Wrad'; did you mean 'Ward'"),
        ("Ward", date(2026, 3, 9), "on 2026-03-09; it has 2026-03-02 to 2026-03-02"),
    ],
)
def test_nothing_of_what_was_asked(
    tmp_path: Path, office: str, day: date | None, words: str
) -> None:
    path = log_of(tmp_path, "Ward,CT,2026-03-02,1,1,,,,,,")
    with pytest.raises(TicketLogError, match=words):
        read_day(path, office, day)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00bad", b"\x1f\x8b broken"])
def test_files_that_are_none(tmp_path: Path, content: bytes) -> None:
    for name in ("log.csv", "log.csv.gz"):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(TicketLogError, match=name):
            read_day(tmp_path / name)
    with pytest.raises(TicketLogError, match="no such file"):
        read_day(tmp_path / "none.csv")


def test_a_packed_log_that_was_cut_off(tmp_path: Path) -> None:
    whole = gzip.compress((HEADER + "\n" + "W,CT,2026-03-02,1,1,,,,,,\n" * 99).encode())
    (tmp_path / "log.csv.gz").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(TicketLogError, match="cannot be read"):
        read_day(tmp_path / "log.csv.gz")


CELL = st.text(max_size=12) | st.sampled_from(
    ["W", "2026-03-02", "480", "-1", "nan", "1e999", "08:00"]
)


@given(st.lists(st.lists(CELL, max_size=12), max_size=6))
def test_any_table_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    text = io.StringIO()
    csv.writer(text).writerows([HEADER.split(","), *rows])
    path = tmp_path_factory.mktemp("log") / "log.csv"
    path.write_text(text.getvalue(), encoding="utf-8", errors="replace", newline="")
    try:
        found = read_day(path)
    except TicketLogError:
        return
    assert len(found.tickets) + len(found.faults) <= len(rows)
    for ticket in found.tickets:
        assert ticket.called_at is None or ticket.arrived_at <= ticket.called_at
        assert ticket.arrived_at.date() == found.day


@given(st.floats(0, 1439.9), st.floats(0, 60))
def test_waits_survive_the_way_through_a_file(
    tmp_path_factory: pytest.TempPathFactory, arrived: float, wait: float
) -> None:
    called = min(arrived + wait, 1439.99)
    path = log_of(tmp_path_factory.mktemp("log"), f"W,CT,2026-03-02,1,{arrived!r},{called!r},,,,,")
    (ticket,) = read_day(path).tickets
    assert ticket.called_at is not None
    seconds = (ticket.called_at - ticket.arrived_at).total_seconds()
    assert seconds == pytest.approx((called - arrived) * 60, abs=1e-5)
