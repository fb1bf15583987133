"""The slip as dots: sizes, readable code, and any text at all."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ImageOps

from kiosk.adapters.slip_bitmap import slip_bitmap
from kiosk.adapters.slip_letters import khmer_can_be_set, letters
from kiosk.adapters.slip_qr import QrTooLongError, qr_modules
from kiosk.domain.slip import Slip
from tests.fakes.ink import rows_with_ink, tallest_block
from tests.fakes.slips import FOLLOW_URL, SLIP


@pytest.mark.parametrize(("width", "dots_per_mm"), [(576, 8.0), (512, 512 / 72)])
def test_number_is_16_mm_high_on_every_paper(width: int, dots_per_mm: float) -> None:
    image = slip_bitmap(SLIP, width)
    assert (image.mode, image.width) == ("1", width)
    above_code = image.crop((0, 0, width, image.height // 2))
    assert tallest_block(above_code) == pytest.approx(16 * dots_per_mm, abs=0.6 * dots_per_mm)


def test_code_on_the_slip_is_read_back() -> None:
    paper = ImageOps.expand(slip_bitmap(SLIP).convert("L"), 32, 255)
    assert [code.text for code in zxingcpp.read_barcodes(paper)] == [FOLLOW_URL]


def test_long_number_shrinks_instead_of_leaving_the_paper() -> None:
    columns = rows_with_ink(
        slip_bitmap(replace(SLIP, number="ABC-12345678")).rotate(90, expand=True)
    )
    assert not any(columns[:8])
    assert any(columns[8:64])


def test_unknown_forecast_and_nothing_to_bring_leave_no_hole() -> None:
    bare = slip_bitmap(replace(SLIP, p50_min=None, bring=()))
    assert bare.height < slip_bitmap(SLIP).height - 200


@pytest.mark.parametrize("address", ["", "x" * 5000])
def test_slip_without_a_usable_address_still_carries_the_number(address: str) -> None:
    paper = slip_bitmap(replace(SLIP, follow_url=address))
    assert zxingcpp.read_barcodes(paper.convert("L")) == []
    assert tallest_block(paper) == pytest.approx(128, abs=5)


def test_address_too_long_for_a_code_is_named() -> None:
    with pytest.raises(QrTooLongError, match="5000 characters"):
        qr_modules("x" * 5000)


@pytest.mark.skipif(not khmer_can_be_set(), reason="no raqm here: slips are Vietnamese then")
def test_khmer_is_joined_and_stands_beside_other_letters() -> None:
    """ខ្មែរ: the second letter hangs below the first, so the word is narrower than its letters."""
    sheet = letters("Medium", 40)
    word = "ខ្មែរ"
    assert sheet.length(word) < sum(sheet.length(one) for one in word) * 0.8
    mixed = f"{word} 12 phút"
    assert sheet.length(mixed) == pytest.approx(sheet.length(word) + sheet.length(" 12 phút"))
    paper = slip_bitmap(replace(SLIP, language="km", service=f"{word} (Hộ tịch)", bring=(mixed,)))
    assert paper.height > slip_bitmap(SLIP).height - 200
    codes = zxingcpp.read_barcodes(ImageOps.expand(paper.convert("L"), 32, 255))
    assert [code.text for code in codes] == [FOLLOW_URL]


ANY_TEXT = st.text(max_size=60)


@settings(max_examples=40, deadline=None)
@given(ANY_TEXT, ANY_TEXT, ANY_TEXT, st.lists(ANY_TEXT, max_size=3), st.integers(-5, 10**9))
def test_any_text_becomes_a_slip(
    office: str, number: str, service: str, bring: list[str], ahead: int
) -> None:
    slip = Slip(
        office, number, service, ahead, datetime.now(UTC), FOLLOW_URL, "en", 5.0, 9.0, tuple(bring)
    )
    image = slip_bitmap(slip)
    assert image.width == 576
    assert any(rows_with_ink(image))
