"""Whatever a log holds: figures and counts, or one clear line; never a traceback."""

from __future__ import annotations

import gzip
import json
import tempfile
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from edge_models.ticket_log.one_clock import NOTE
from edge_models.ticket_log.open_counters import read_open_counters
from edge_models.ticket_log.reader import UnusableLog, read_tickets
from queue_server.cli.app import motcua, run

HEAD = ["office", "service", "date", "ticket", "arrived_at", "called_at", "finished_at"]
ODD = ["", " ", "x", "-5", "1e308", "nan", "inf", "25:99", "2026-01-05T08:10:00Z", "0001-01-01"]
MINUTES = st.floats(-10, 1500, width=16).map(str)
TIMES = MINUTES | st.sampled_from([*ODD, "2026-03-29T03:10:00+02:00", "9999-12-31T23:59:59+00:00"])
DATES = st.sampled_from(["2026-01-05", "2026-01-06", "2026-01-07", "2026-01-09"]) | st.sampled_from(
    ODD
)
USABLE = st.tuples(
    st.sampled_from(["A", "B"]),
    st.sampled_from(["CT", "HT"]),
    st.sampled_from(["2026-01-05", "2026-01-06", "2026-01-07"]),
    st.just(""),
    st.integers(400, 900),
    st.integers(0, 200),
).map(lambda row: (*row[:4], str(row[4]), str(row[4] + row[5]), ""))
ANY = st.tuples(
    st.sampled_from(["A", "B", 'Quầy, "một"', ""]),
    st.sampled_from(["CT", "HT", "", "lạ"]),
    DATES,
    st.integers(0, 9).map(str) | st.just(""),
    TIMES,
    TIMES,
    TIMES,
)


def evaluate(log: Path, *more: str) -> int:
    asked = ["wait", "evaluate", "--tickets", str(log), "--test-from", "2026-01-06", *more]
    return run(partial(motcua, asked))


def quoted(cells: tuple[str, ...]) -> str:
    return ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    rows=st.lists(USABLE | ANY, max_size=40),
    style=st.tuples(st.sampled_from(["\n", "\r\n"]), st.booleans(), st.booleans()),
    order=st.permutations(range(len(HEAD))),
)
def test_any_rows_give_figures_or_one_line(
    rows: list[tuple[str, ...]],
    style: tuple[str, bool, bool],
    order: list[int],
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Every row is a ticket or counted with a reason; a report is JSON without NaN."""
    end, bom, packed = style
    lines = [tuple(cells[place] for place in order) for cells in [tuple(HEAD), *rows]]
    body = (end.join(map(quoted, lines)) + end).encode("utf-8-sig" if bom else "utf-8")
    with tempfile.TemporaryDirectory() as folder:
        log, out = Path(folder) / "log.csv", Path(folder) / "out.json"
        log.write_bytes(gzip.compress(body) if packed else body)
        read, faults = read_tickets(log)
        assert faults.rows == len(rows) == len(read) + sum(faults.dropped.values())
        code = evaluate(log, "--json", str(out))
        said = capsys.readouterr().err
        if code:
            assert code == 2
            assert said.count("\n") == 1
        else:
            report = json.loads(out.read_text(), parse_constant=pytest.fail)
            assert report["rows"] > 0
            assert report["faults"]["tickets"]["rows_read"] == len(rows)


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(body=st.binary(max_size=200), packed=st.booleans(), cut=st.integers(0, 40))
def test_any_bytes_are_refused_in_one_line(
    body: bytes,
    packed: bool,  # noqa: FBT001 - hypothesis draws it
    cut: int,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log.csv.gz"
        log.write_bytes(gzip.compress(body)[: -cut or None] if packed else body)
        assert evaluate(log) == 2
        assert capsys.readouterr().err.count("\n") == 1


def test_semicolons_and_untidy_names_are_read(tmp_path: Path) -> None:
    log = tmp_path / "log.csv"
    log.write_text("Date ; ARRIVED_AT;called_at\n2026-01-05;480,5;490\n2026-01-05;480.5;490\n")
    read, faults = read_tickets(log)
    assert read.wait.tolist() == [9.5]
    assert dict(faults.dropped) == {"a time or date that cannot be read": 1}


def test_a_column_that_writes_decimal_commas_is_read_and_counted(tmp_path: Path) -> None:
    """Each column by itself: one that also has points, or only what may be thousands, is not."""
    log, opened = tmp_path / "log.csv", tmp_path / "open.csv"
    log.write_text(
        "service;date;arrived_at;called_at;finished_at\r\n"
        "CT;2026-01-05;480,5;490,25;\r\nCT;2026-01-05;1,200;500;501.5\r\n"
        "CT;2026-01-05;481;491,5;500,5\r\n"
    )
    read, faults = read_tickets(log)
    assert read.wait.tolist() == [498.8, 9.75]
    assert faults.noted["a decimal comma in arrived_at, read as a point"] == 2
    assert faults.noted["a decimal comma in called_at, read as a point"] == 1
    assert faults.first_line["a decimal comma in called_at, read as a point"] == 2
    assert dict(faults.dropped) == {"a time or date that cannot be read": 1}
    opened.write_text('service,date,at,open_counters\nCT,2026-01-05,"470,5",2\n')
    counters, more = read_open_counters(opened, read)
    assert counters.of(0, int(read.day[0])) == [(470.5, 0, 2)]
    assert more.noted == {"a decimal comma in at, read as a point": 1}
    log.write_text("date;arrived_at;called_at\n2026-01-05;1,200;1,210\n")
    assert read_tickets(log)[1].dropped == {"a time or date that cannot be read": 1}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_any_usual_mark_between_the_columns_is_read(
    tmp_path: Path, mark: str, encoding: str
) -> None:
    log = tmp_path / "log.csv"
    lines = ["service,date,arrived_at,called_at", "CT,2026-01-05,480,490"]
    log.write_text("\n".join(lines).replace(",", mark), encoding=encoding)
    assert read_tickets(log)[0].wait.tolist() == [10.0]


def test_a_log_without_a_usable_row_says_how_many_rows_and_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / "log.csv"
    log.write_text(
        "date,arrived_at,called_at\n05/01/2026,480,490\n06/01/2026,480,490\n2026-01-07,480,470\n"
    )
    assert evaluate(log) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "2 dropped: a time or date that cannot be read, first in line 2" in said
    assert "1 dropped: called before arriving" in said
    asked = ["demand", "forecast", "--tickets", str(log), "--date", "2026-01-08"]
    assert run(partial(motcua, asked)) == 2
    assert "2 dropped: a time or date that cannot be read" in capsys.readouterr().err


def test_days_missing_between_others_are_noted_weekends_are_not(tmp_path: Path) -> None:
    """From a Thursday to the Thursday after; of the days between only the Tuesday has a ticket."""
    log = tmp_path / "log.csv"
    days = ["2026-01-01", "2026-01-06", "2026-01-08"]
    rows = [f"{office},{day},480,490" for office in ("A", "B") for day in days]
    log.write_text("\n".join(["office,date,arrived_at,called_at", *rows, "C,2026-01-05,1,2"]))
    noted = read_tickets(log)[1].noted
    assert noted == {"a Monday to Friday without a ticket (holiday or gap)": 2 * 3}


def test_clocks_set_forward_and_back_are_no_wait(tmp_path: Path) -> None:
    """Where times name their offset; without it the night the clocks go back shows as negative."""
    log = tmp_path / "log.csv"
    log.write_text(
        "arrived_at,called_at\n"
        "2026-03-29T01:50:00+01:00,2026-03-29T03:10:00+02:00\n"
        "2026-10-25T02:50:00+02:00,2026-10-25T02:10:00+01:00\n"
        "2026-10-25T02:50:00,2026-10-25T02:10:00\n"
    )
    read, faults = read_tickets(log)
    assert read.wait.tolist() == [20.0, 20.0]
    assert sum(faults.dropped.values()) == 1


def test_rows_of_several_offsets_stand_on_the_clock_of_their_office(tmp_path: Path) -> None:
    """The rarer offset of an office's day gives way, over midnight too; others keep theirs."""
    log = tmp_path / "log.csv"
    rows = [
        "A,2026-01-05T08:00:00+07:00,2026-01-05T08:10:00+07:00",
        "A,2026-01-05T08:20:00+07:00,2026-01-05T08:30:00+07:00",
        "A,2026-01-05T09:00:00+07:00,2026-01-05T09:30:00+07:00",
        "A,2026-01-05T01:05:00Z,2026-01-05T01:25:00Z",
        "A,2026-01-05T20:30:00-04:00,2026-01-06T08:00:00+07:00",
        "B,2026-01-05T08:00:00Z,2026-01-05T08:05:00Z",
    ]
    log.write_text("\n".join(["office,arrived_at,called_at", *rows]))
    read, faults = read_tickets(log)
    assert read.arrived.tolist() == [480.0, 485.0, 500.0, 540.0, 450.0, 480.0]
    assert read.wait.tolist() == [10.0, 20.0, 10.0, 30.0, 30.0, 5.0]
    assert np.diff(read.day[:5]).tolist() == [0, 0, 0, 1]
    assert sum(faults.noted.values()) == faults.noted[NOTE] == 2
    assert not faults.dropped


def test_times_of_the_day_with_a_date_beside_them_are_read(tmp_path: Path) -> None:
    log = tmp_path / "log.csv"
    log.write_text(
        "date,arrived_at,called_at,finished_at\n"
        "2026-01-05,08:10,08:25:30,\n"
        "2026-01-05,2026-01-05 09:00,2026-01-05 09:02,09:10\n"
    )
    read, faults = read_tickets(log)
    assert read.wait.tolist() == [15.5, 2.0]
    assert read.finished.tolist()[1] == 550
    assert not faults.dropped


def test_other_columns_are_named_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / "log.csv"
    log.write_text('"giờ\nđến",called_at\n480,490\n', encoding="utf-8")
    assert evaluate(log) == 2
    said = capsys.readouterr().err
    assert said.endswith("no column arrived_at (its columns: giờ đến, called_at)\n")
    assert said.count("\n") == 1


def test_files_that_cannot_be_used_are_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log, opened = tmp_path / "log.csv", tmp_path / "open.csv"
    log.write_text("date,arrived_at,called_at\n2026-01-07,480,490\n")
    opened.write_bytes(b"\xff\xfe\x00broken")
    assert evaluate(log, "--open-counters", str(opened)) == 2
    assert evaluate(log, "--json", str(tmp_path / "nowhere" / "out.json")) == 2
    assert evaluate(tmp_path / "missing.csv") == 2
    log.write_bytes(b"")
    assert evaluate(log) == 2
    with pytest.raises(UnusableLog, match="empty"):
        read_tickets(log)
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 4
    assert "not a CSV file" in said[0]
    assert "no folder" in said[1]
