"""Bad rows of a ticket log are counted with their reason; nothing vanishes in silence."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest

from edge_models.ticket_log.open_counters import read_open_counters
from edge_models.ticket_log.reader import UnusableLog, read_tickets

HEAD = "office,service,date,ticket,arrived_at,called_at,finished_at,priority\n"


def log_file(folder: Path, *rows: str, head: str = HEAD) -> Path:
    path = folder / "log.csv"
    path.write_text(head + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


def test_every_bad_row_is_counted_with_its_reason(tmp_path: Path) -> None:
    log, faults = read_tickets(
        log_file(
            tmp_path,
            "A,CT,2026-01-05,1,480,490,500,",
            "A,CT,2026-01-05,1,481,491,500,",
            "A,CT,2026-01-05,2,482,470,,",
            "A,CT,2026-01-05,3,,470,,",
            "A,CT,2026-01-05,4,nonsense,470,,",
            "A,,2026-01-05,5,483,490,,",
            "A,CT,2026-01-05,6,484,1300,,",
            "A,CT,2026-01-05,7,485,490,486,",
            "A,CT,2026-01-05,8,486,,,60+",
            "A,CT,5 January,9,486,,,",
        )
    )
    assert dict(faults.dropped) == {
        "the same ticket twice": 1,
        "called before arriving (negative wait or clock change)": 1,
        "no arrival time": 1,
        "a time or date that cannot be read": 2,
        "no service": 1,
        "waited over 600 min": 1,
        "finished before called": 1,
    }
    assert dict(faults.noted) == {"never called": 1}
    assert faults.first_line["no service"] == 7
    assert faults.rows == 10 == len(log) + sum(faults.dropped.values())
    assert log.priority.tolist() == [0.0, 1.0]


def test_iso_times_and_minutes_say_the_same(tmp_path: Path) -> None:
    minutes, _ = read_tickets(log_file(tmp_path, "A,CT,2026-01-05,1,480.5,490,500,"))
    iso, _ = read_tickets(
        log_file(
            tmp_path,
            "A,CT,,1,2026-01-05T08:00:30+07:00,2026-01-05T08:10:00+07:00,2026-01-05T08:20:00,",
        )
    )
    assert iso.arrived.tolist() == minutes.arrived.tolist()
    assert iso.called.tolist() == minutes.called.tolist()
    assert iso.day.tolist() == minutes.day.tolist()


def test_after_midnight_goes_on_counting(tmp_path: Path) -> None:
    log, _ = read_tickets(
        log_file(tmp_path, "A,CT,2026-01-05,1,2026-01-05T23:50:00,2026-01-06T00:10:00,,")
    )
    assert log.wait.tolist() == [20.0]


def test_missing_columns_are_fine_where_nothing_needs_them(tmp_path: Path) -> None:
    head = "date,arrived_at,called_at\n"
    log, faults = read_tickets(log_file(tmp_path, "2026-01-05,480,490", head=head))
    assert len(log) == 1
    assert not faults.dropped
    assert np.isnan(log.finished).all()
    with pytest.raises(UnusableLog, match="no column called_at"):
        read_tickets(log_file(tmp_path, head="date,arrived_at\n"))


def test_silences_and_days_without_calls_are_noted(tmp_path: Path) -> None:
    _, faults = read_tickets(
        log_file(
            tmp_path,
            "A,CT,2026-01-05,1,480,485,,",
            "A,CT,2026-01-05,2,481,560,,",
            "A,HT,2026-01-05,3,481,,,",
        )
    )
    assert faults.noted["a line without a call all day"] == 1
    assert faults.noted["no call for over 60 min while people waited"] == 1


def test_an_empty_file_and_a_gzipped_one(tmp_path: Path) -> None:
    log, faults = read_tickets(log_file(tmp_path))
    assert (len(log), faults.rows) == (0, 0)
    packed = tmp_path / "log.csv.gz"
    packed.write_bytes(gzip.compress((HEAD + "A,CT,2026-01-05,1,480,490,,\n").encode()))
    assert len(read_tickets(packed)[0]) == 1
    packed.write_bytes(gzip.compress(b"x" * 9999)[:40])
    with pytest.raises(UnusableLog, match="not a CSV"):
        read_tickets(packed)


def test_tickets_are_ordered_by_office_day_and_arrival(tmp_path: Path) -> None:
    log, _ = read_tickets(
        log_file(
            tmp_path,
            "B,CT,2026-01-05,1,480,490,,",
            "A,CT,2026-01-06,1,480,490,,",
            "B,CT,2026-01-05,2,470,490,,",
        )
    )
    found = [(office, end.stop - end.start) for office, _, end in log.office_days()]
    assert found == [(0, 2), (1, 1)]
    assert log.arrived.tolist() == [470.0, 480.0, 480.0]


def test_open_counters_of_unknown_lines_are_noted(tmp_path: Path) -> None:
    log, _ = read_tickets(log_file(tmp_path, "A,CT,2026-01-05,1,480,490,,"))
    path = tmp_path / "open.csv"
    path.write_text(
        "office,service,date,at,open_counters\n"
        "A,CT,2026-01-05,500,2\nA,CT,2026-01-05,470,1\nA,XX,2026-01-05,470,1\nA,CT,2026-01-05,x,1\n"
    )
    counters, faults = read_open_counters(path, log)
    assert counters.of(0, int(log.day[0])) == [(470.0, 0, 1), (500.0, 0, 2)]
    assert dict(faults.noted) == {"an office or service without tickets": 1}
    assert sum(faults.dropped.values()) == 1
