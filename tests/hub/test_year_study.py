"""A year's events as a director's paper: what was put into made-up offices is what it finds."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import closing
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from click.testing import CliRunner

from queue_server.cli.hub import hub
from queue_server.hub.adapters.decision_paper import decision_paper
from queue_server.hub.adapters.duckdb_year import DuckYear
from queue_server.hub.adapters.office_trials import attempt
from queue_server.hub.adapters.postgres_year import copy_out, months
from queue_server.hub.use_cases.decision_support import Study, study
from tests.hub.made_up_year import (
    BUSY,
    CALM,
    CITY,
    EASY,
    HARD,
    RETURNED,
    WITHOUT_SECOND,
    collected,
    working_days,
    written,
)

pytestmark = pytest.mark.hub

SPAN = (date(2026, 1, 1), date(2027, 1, 1))
DAYS = working_days(date(2026, 1, 5), 8, every=3)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Study:
    folder = tmp_path_factory.mktemp("year")
    files = written(folder, CITY, working_days(SPAN[0], 20, every=3))
    with closing(DuckYear(files, folder)) as year:
        return study(year, SPAN, 15, lambda one: attempt(one, days=10))


def test_dossiers_come_back_as_often_as_was_put_in(found: Study) -> None:
    shares = {one.procedure: one.asked / one.filed for one in found.returned}
    assert list(shares) == [HARD, EASY]
    for procedure, share in shares.items():
        assert share == pytest.approx(RETURNED[procedure], abs=0.07)
    assert all(one.again == one.asked for one in found.returned)
    worst = found.missing[0]
    assert (worst.procedure, worst.place) == (HARD, 2)
    assert worst.without / worst.declared == pytest.approx(WITHOUT_SECOND[HARD], abs=0.05)


def test_steps_take_the_days_that_were_put_in(found: Study) -> None:
    medians = {one.step: one.median_days for one in found.steps}
    assert list(medians) == ["check", "supplement", "work"]
    assert medians["check"] == pytest.approx(3 / 24, abs=0.03)
    assert medians["supplement"] == pytest.approx(2.5, abs=0.5)
    assert medians["work"] == pytest.approx(6, abs=0.5)


def test_a_counter_goes_from_the_calm_office_to_the_busy_one(found: Study) -> None:
    (move, *_) = found.moves
    assert (move.giver.office, move.taker.office) == (CALM.name, BUSY.name)
    assert move.hours_saved > 0
    tried = {one.year.office: one for one in found.tried}
    busy = tried[BUSY.name]
    assert len(busy.year.counters) == len(BUSY.counters)
    assert busy.changed.more < busy.changed.now
    assert busy.changed.both < busy.changed.appointments
    assert tried[CALM.name].year.mean_wait_min < 5 < busy.year.mean_wait_min


def test_the_paper_says_it_in_vietnamese(found: Study) -> None:
    document = pypdfium2.PdfDocument(decision_paper(found, "Thành phố mẫu", made_up=True))
    said = " ".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    plain = " ".join(said.split())
    assert "Chờ lâu nhất: Phường Đông" in plain
    assert "Chuyển một quầy từ Phường Vắng sang Phường Đông" in plain
    assert "Hồ sơ quay lại nhiều nhất: Đăng ký lại khai sinh (1.004884)" in plain
    assert "DỮ LIỆU GIẢ LẬP" in plain


def test_nothing_happened_is_a_paper_too(tmp_path: Path) -> None:
    with closing(DuckYear([], tmp_path)) as year:
        empty = study(year, SPAN, 15, attempt)
    assert empty.tried == ()
    assert decision_paper(empty, "Thành phố mẫu").startswith(b"%PDF")


def _rounded(found: Any) -> Any:
    """Without the last digits: threads add up fractions in the order in which they come."""
    if isinstance(found, float):
        return round(found, 6)
    if is_dataclass(found):
        return [_rounded(getattr(found, field.name)) for field in fields(found)]
    if isinstance(found, Mapping):
        return [_rounded(pair) for pair in sorted(found.items())]
    return [_rounded(one) for one in found] if isinstance(found, list | tuple) else found


def test_the_database_says_what_was_put_into_it(dsn: str, tmp_path: Path) -> None:
    offices = (BUSY, CALM)
    asyncio.run(collected(dsn, offices, DAYS))
    straight, copied = tmp_path / "straight", tmp_path / "copied"
    straight.mkdir()
    copied.mkdir()
    files = asyncio.run(copy_out(dsn, SPAN, copied, lambda _done, _of: None))
    with (
        closing(DuckYear(written(straight, offices, DAYS), straight)) as one,
        closing(DuckYear(files, copied)) as other,
    ):
        assert other.returned() == one.returned()
        assert other.missing_papers() == one.missing_papers()
        assert other.steps() == one.steps()
        assert _rounded(other.offices(15)) == _rounded(one.offices(15))
    (tmp_path / "dsn").write_text(dsn)
    (tmp_path / "dsn").chmod(0o600)
    config, paper = tmp_path / "hub.toml", tmp_path / "2026.pdf"
    config.write_text('[cluster]\nservers = ["nats://127.0.0.1:4222"]\n[city]\ndsn_file = "dsn"\n')
    asked = ["study", "--config", str(config), "--year", "2026", "--place", "X", "--out"]
    done = CliRunner().invoke(hub, [*asked, str(paper)])
    assert (done.exit_code, paper.read_bytes()[:4]) == (0, b"%PDF"), done.output
    assert "2 offices" in done.output


def test_a_span_goes_by_months() -> None:
    assert months(date(2026, 11, 20), date(2027, 1, 5)) == [
        (date(2026, 11, 20), date(2026, 12, 1)),
        (date(2026, 12, 1), date(2027, 1, 1)),
        (date(2027, 1, 1), date(2027, 1, 5)),
    ]
