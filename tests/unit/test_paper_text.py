"""What print proposes: after which label, in which shape, how sure; which paper, which page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.paper_text import Asked, TextLine, likely_paper, page_number, proposals

ASKED = (
    Asked("name", "Họ, chữ đệm và tên người yêu cầu", "name"),
    Asked("born", "Ngày sinh", "date"),
    Asked("identity", "Số định danh người yêu cầu", "identity"),
    Asked("address", "Nơi thường trú", "text"),
    Asked("phone", "Điện thoại", "phone"),
    Asked("copies", "Số bản", "number"),
)


def said(*lines: str, sure: float = 0.9) -> dict[str, str]:
    return proposals([TextLine(line, sure) for line in lines], ASKED)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Họ và tên: NGUYỄN THỊ THỬ", {"name": "Nguyễn Thị Thử"}),
        ("1. Họ, chữ đệm và tên: Nguyễn Thị Thử.", {"name": "Nguyễn Thị Thử"}),
        ("Ho va ten: Nguyễn Thị Thử", {"name": "Nguyễn Thị Thử"}),
        ("Họ và tên: Nguyễn Thị Thử 7", {}),
        ("Họ và tên:", {}),
        ("Ngày, tháng, năm sinh: 01/02/1990", {"born": "1990-02-01"}),
        ("Sinh ngày: 1 tháng 2 năm 1990", {"born": "1990-02-01"}),
        ("Ngày sinh: năm 1990", {}),
        ("Số định danh cá nhân: 001 190 000 001", {"identity": "001190000001"}),
        ("Số CCCD: 00119000O001", {"identity": "001190000001"}),
        ("Số CCCD: 0011900000", {}),
        ("Nơi thường trú: Số 1,  thôn Đông;", {"address": "Số 1, thôn Đông"}),
        ("Điện thoại: 0912.000.111", {"phone": "0912000111"}),
        ("Điện thoại: 12", {}),
        ("Cộng hòa xã hội chủ nghĩa Việt Nam", {}),
        ("Số bản: 3", {}),
    ],
)
def test_a_label_and_what_follows_it(line: str, found: dict[str, str]) -> None:
    assert said(line) == found


def test_what_was_read_unsurely_is_not_proposed_and_the_first_counts() -> None:
    assert said("Họ và tên: Nguyễn Thị Thử", sure=0.3) == {}
    assert said("Điện thoại: 0912 000 111", sure=0.3) == {"phone": "0912000111"}
    assert said("Điện thoại: 0912 000 111", sure=0.2) == {}
    assert said("Họ tên: Lê Văn Một", "Họ tên: Lê Văn Hai") == {"name": "Lê Văn Một"}


@given(st.lists(st.text(max_size=60), max_size=8))
def test_any_print_is_survived_and_nothing_is_asked_for_that_was_not(lines: list[str]) -> None:
    found = said(*lines)
    assert set(found) <= {one.id for one in ASKED}
    assert all(found.values())


NAMES = (
    "Giấy chứng sinh",
    "Giấy xác nhận thông tin về cư trú",
    "Văn bản ủy quyền (người thân không cần chứng thực)",
)


@pytest.mark.parametrize(
    ("top", "paper"),
    [
        ("GIẤY XÁC NHẬN THÔNG TIN VỀ CƯ TRÚ", NAMES[1]),
        ("VĂN BẢN ỦY QUYỀN", NAMES[2]),
        ("HÓA ĐƠN TIỀN ĐIỆN THÁNG 5", None),
        ("", None),
    ],
)
def test_the_paper_is_the_one_whose_name_stands_at_the_top(top: str, paper: str | None) -> None:
    lines = [TextLine("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 0.9), TextLine(top, 0.9)]
    assert likely_paper(lines, NAMES) == paper
    assert likely_paper(lines, ()) is None


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Trang 2/3", 2),
        ("trang 12", 12),
        ("- 4 -", 4),
        ("2/3", 2),
        ("Trang số: 3", 3),
        ("Số 2/3 đường Mẫu", None),
        ("01/02/1990", None),
        ("Trang 99", None),
        ("5/3", None),
        ("", None),
    ],
)
def test_the_number_that_a_page_bears(line: str, number: int | None) -> None:
    lines = [TextLine("Một dòng bất kỳ", 0.9), TextLine(line, 0.9)]
    assert page_number(lines) == number
    body = [TextLine("thân trang", 0.9)] * 5
    assert page_number([*body, *lines, *body]) is None
