"""The bytes of a job: the picture as the library would send it, the text plain and short."""

from dataclasses import replace

import pytest
from escpos.printer import Dummy
from hypothesis import given
from hypothesis import strategies as st

from kiosk.adapters.escpos_interpreter import Interpreter, Kind
from kiosk.adapters.escpos_picture_job import CUT, picture_job, raster
from kiosk.adapters.escpos_text_job import text_job, without_diacritics
from kiosk.adapters.slip_bitmap import slip_bitmap
from tests.fakes.slips import FOLLOW_URL, SLIP


def test_raster_is_what_the_library_would_send(capsys: pytest.CaptureFixture[str]) -> None:
    picture = slip_bitmap(SLIP)
    library = Dummy()
    library.image(picture, impl="bitImageRaster", fragment_height=960)
    capsys.readouterr()  # the library's remark about its profile
    assert raster(picture) == library.output


def test_long_slip_is_sent_in_fragments_a_printer_can_hold() -> None:
    long = replace(SLIP, bring=tuple(f"Giấy tờ số {n}" for n in range(120)))
    rasters = [c for c in Interpreter().feed(picture_job(long, 576)) if c.kind is Kind.RASTER]
    assert len(rasters) > 4
    assert max(command.numbers[1] for command in rasters) <= 960


def test_text_job_is_short_and_cut() -> None:
    job = text_job(SLIP, 576)
    assert len(job) < 1000
    assert job.endswith(CUT)
    assert FOLLOW_URL.encode() in job


def test_text_job_leaves_out_a_code_nobody_could_scan() -> None:
    assert b"\x1d(k" not in text_job(replace(SLIP, follow_url="https://x/" + "y" * 400), 576)


@pytest.mark.parametrize(
    ("text", "plain"),
    [("Đường Nguyễn Huệ", "Duong Nguyen Hue"), ("đất đai, ₫", "dat dai, ?"), ("ABC 12", "ABC 12")],
)
def test_letters_lose_their_marks_and_nothing_else(text: str, plain: str) -> None:
    assert without_diacritics(text) == plain


@given(st.text(max_size=200), st.integers(256, 1024))
def test_any_text_becomes_ascii_lines_that_fit(text: str, dots: int) -> None:
    without_diacritics(text).encode("ascii")
    job = text_job(replace(SLIP, service=text, office=text, number=text), dots)
    assert job.endswith(CUT)
