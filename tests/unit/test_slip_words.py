"""The slip says the right thing in both languages, and calmly."""

import re
import tomllib
from dataclasses import replace
from datetime import timedelta
from importlib.resources import files

import pytest

from kiosk.adapters import slip_words
from kiosk.adapters.slip_words import worded
from kiosk.domain.promise import PromiseSlip
from tests.fakes.slips import SLIP


def test_vietnamese_slip_reads_as_the_design_says() -> None:
    words = worded(SLIP)
    assert words.ahead == "4"
    assert words.ahead_words == "người phía trước"
    assert " ".join(words.forecast) == "Chờ khoảng 20 phút, thường không quá 35 phút"
    assert words.follow == "Quét để theo dõi trên điện thoại"
    assert (words.issued, words.date) == ("Lấy số lúc 08:15", "Ngày 12/05/2026")


def test_english_counts_one_person_as_one() -> None:
    assert worded(replace(SLIP, language="en", ahead=1)).ahead_words == "person before you"
    assert worded(replace(SLIP, language="en", ahead=2)).ahead_words == "people before you"


def test_papers_without_room_are_counted_in_words() -> None:
    assert worded(SLIP).bring_more == ""
    said = worded(replace(SLIP, more=3)).bring_more
    assert said == "và 3 giấy khác: xem tại máy hoặc hỏi cán bộ"
    assert worded(replace(SLIP, more=1, language="en")).bring_more.startswith("and 1 more")


def test_a_forecast_says_on_what_it_stands() -> None:
    assert worded(replace(SLIP, basis="theo hàng chờ\nlúc này")).forecast == (
        "Chờ khoảng 20 phút,",
        "thường không quá 35 phút",
        "(theo hàng chờ lúc này)",
    )
    assert worded(replace(SLIP, basis="x", p50_min=None)).forecast == ()


def test_nobody_ahead_is_said_without_a_figure() -> None:
    words = worded(replace(SLIP, ahead=0))
    assert (words.ahead, words.ahead_words) == ("", "Ông/bà là người tiếp theo")


def test_a_promise_says_day_and_time_and_a_visit_its_half_day() -> None:
    facts = {name: getattr(SLIP, name) for name in ("office", "service", "ahead", "issued_at")}
    at = SLIP.issued_at
    promise = PromiseSlip(
        **facts, number="K7M2 9QXT", follow_url="https://x/a/K7M29QXT", language="vi", at=at,
        until=at + timedelta(minutes=30), come_from=at - timedelta(hours=1),
    )  # fmt: skip
    words = worded(promise)
    assert (words.caption, words.ahead_words) == ("Mã lịch hẹn", "Hẹn ngày 12/05/2026")
    assert words.forecast == ("Từ 08:15 đến 08:45", "Nhận số tại máy từ 07:15")
    visit = worded(replace(promise, language="en", part="afternoon"))
    assert visit.ahead_words == "Staff come in the afternoon of 12/05/2026"
    assert visit.follow == "Scan on your phone to see or cancel"


@pytest.mark.parametrize(
    ("p50", "p90", "said"),
    [
        (None, 30.0, ""),
        (12.0, None, ""),
        (float("nan"), 30.0, ""),
        (6.4, 8.2, "About 6 minutes, usually under 9 minutes"),
        (18.2, 31.0, "About 20 minutes, usually under 35 minutes"),
        (0.3, 1.2, "Under 2 minutes"),
        (20.0, 20.0, "Under 20 minutes"),
        (-4.0, -1.0, "Under 2 minutes"),
    ],
)
def test_forecast_is_rounded_to_what_it_can_promise(
    p50: float | None, p90: float | None, said: str
) -> None:
    assert " ".join(worded(replace(SLIP, language="en", p50_min=p50, p90_min=p90)).forecast) == said


def test_unknown_language_is_served_in_vietnamese() -> None:
    assert worded(replace(SLIP, language="la")).caption == "Số thứ tự"


def test_a_slip_says_everything_in_khmer_too() -> None:
    words = tomllib.loads(
        files(slip_words.__package__).joinpath("slip_words.toml").read_text("utf-8")
    )
    assert words["km"].keys() == words["vi"].keys() == words["en"].keys()
    for key, khmer in words["km"].items():
        said, vietnamese = " ".join([khmer] if isinstance(khmer, str) else khmer), words["vi"][key]
        both = " ".join([vietnamese] if isinstance(vietnamese, str) else vietnamese)
        assert set(re.findall(r"{\w+}", said)) == set(re.findall(r"{\w+}", both)), key
        assert re.search("[\u1780-\u17ff]", said), key
    assert worded(replace(SLIP, language="km")).caption == words["km"]["number"]


def test_letters_are_composed_and_control_characters_become_blanks() -> None:
    words = worded(replace(SLIP, service="Đa\u0302\u0301t\n\tđai\x1b@"))
    assert words.service == "Đất đai @"
