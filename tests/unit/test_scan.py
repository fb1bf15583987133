"""Cards, codes and noise from a scanner: any bytes in any pieces, and nobody's name is kept."""

from __future__ import annotations

import json
import unicodedata
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.adapters.identity_file import read_identity_facts
from kiosk.domain.identity_number import Flaw, NotWellFormed, well_formed
from kiosk.domain.scan import CardScan, CodeScan, NotRead, understood
from kiosk.domain.scan_lines import LONGEST_SCAN, ScanLines
from kiosk.domain.wedge import FASTEST_HAND_S, FEWEST_UNENDED, WedgeWatch

FACTS = read_identity_facts()
TODAY = date(2026, 11, 24)
# Made-up people.
CARD = "079085123456|024123456|Trần Thị Thử|01021985|Nam|Số 1, xã Mẫu, tỉnh Mẫu|02032021"
SHARED = Path(__file__).parents[2] / ".." / "shared" / "data" / "cccd.json"


def scans(*pieces: bytes) -> list[str | None]:
    lines = ScanLines()
    return [scan for piece in pieces for scan in lines.feed(piece)]


def number_of(text: str) -> str:
    scan = understood(text, FACTS, TODAY)
    assert isinstance(scan, CardScan), scan
    return scan.number.digits


@pytest.mark.parametrize(
    "tail", ["", "|02032021", "|02032021||||", "|02032021|Trần Văn|Lê Thị|x|y", "|\N{SNOWMAN}" * 9]
)
def test_six_fields_or_more_with_any_tail(tail: str) -> None:
    six = "079085123456||Trần Thị Thử|01021985|Nam|Số 1, xã Mẫu"
    assert number_of(six + tail) == "079085123456"


def test_five_fields_are_no_card() -> None:
    assert understood("079085123456||x|01021985|Nam", FACTS, TODAY) is NotRead.UNKNOWN


def test_only_the_number_is_kept_and_it_is_shown_masked() -> None:
    scan = understood(CARD, FACTS, TODAY)
    assert isinstance(scan, CardScan)
    for text in (repr(scan), str(scan.number), f"{scan.number}", f"{scan.number!r}"):
        assert "079085123456" not in text
        assert "Thử" not in text
    assert scan.number.masked == "•••••••••456"


@pytest.mark.parametrize(
    ("digits", "flaw"),
    [
        ("123456789", Flaw.OLD),
        ("07908512345", Flaw.LENGTH),
        ("0790851234567", Flaw.LENGTH),
        ("07908512345x", Flaw.LENGTH),
        ("０７９０８５１２３４５６", Flaw.LENGTH),
        ("079227123456", Flaw.BIRTH_YEAR),  # 2027
        ("079005123456", Flaw.BIRTH_YEAR),  # 1905
        ("", Flaw.LENGTH),
    ],
)
def test_what_is_not_well_formed_is_said_without_the_number(digits: str, flaw: Flaw) -> None:
    with pytest.raises(NotWellFormed) as found:
        well_formed(digits, FACTS, TODAY)
    assert found.value.flaw is flaw
    assert not digits or digits not in str(found.value)


def test_year_and_sex_must_agree_with_the_card() -> None:
    assert understood(CARD.replace("01021985", "01021986"), FACTS, TODAY) is NotRead.CARD_FORM
    assert understood(CARD.replace("|Nam|", "|Nữ|"), FACTS, TODAY) is NotRead.CARD_FORM
    assert number_of(CARD.replace("01021985", "1985")) == "079085123456"
    assert understood(CARD.replace("079085123456", "123456789"), FACTS, TODAY) is NotRead.CARD_OLD


def test_an_unknown_province_is_a_doubt_and_no_refusal() -> None:
    assert not well_formed("999085123456", FACTS, TODAY).known_province
    assert well_formed("079085123456", FACTS, TODAY).known_province


@pytest.mark.parametrize(
    "text",
    ["K7M29QXT", "k7m29qxt", "https://mc.example/a/K7M29QXT", "http://10.0.0.5:8080/a/K7M29QXT"],
)
def test_a_code_is_read_from_its_page_too(text: str) -> None:
    assert understood(text, FACTS, TODAY) == CodeScan("K7M29QXT")


@pytest.mark.parametrize("text", ["", "0123", "https://mc.example/t/K7M29QXT", "K7M2", "IIII0000"])
def test_other_codes_are_unknown(text: str) -> None:
    assert understood(text, FACTS, TODAY) is NotRead.UNKNOWN


@pytest.mark.parametrize("end", [b"\r", b"\n", b"\r\n", b"\n\r\n"])
def test_cr_and_lf_end_one_scan(end: bytes) -> None:
    assert scans(CARD.encode() + end + b"K7M29QXT" + end) == [CARD, "K7M29QXT"]


def test_letters_are_composed_and_a_mark_at_the_beginning_is_left_out() -> None:
    apart = unicodedata.normalize("NFD", CARD)
    assert apart != CARD
    assert scans(b"\xef\xbb\xbf" + apart.encode() + b"\r") == [CARD]


@given(
    cuts=st.lists(st.integers(0, 200), max_size=30), end=st.sampled_from([b"\r", b"\n", b"\r\n"])
)
def test_a_letter_may_come_in_two_pieces(cuts: list[int], end: bytes) -> None:
    data = (CARD + "|Đặng Ổn").encode() + end
    places = [0, *sorted(cuts), len(data)]
    assert scans(*(data[a:b] for a, b in pairwise(places))) == [CARD + "|Đặng Ổn"]


@given(st.lists(st.binary(max_size=60), max_size=40))
def test_any_bytes_are_survived_and_the_next_card_is_read(pieces: list[bytes]) -> None:
    lines = ScanLines()
    for piece in pieces:
        for scan in lines.feed(piece):
            understood(scan, FACTS, TODAY)
    assert lines.feed(b"\r" + CARD.encode() + b"\r")[-1] == CARD


@given(st.text(alphabet=st.sampled_from("0123456789|NamữTrầ /a:htps.KM\x00٣²"), max_size=120))
def test_any_text_is_understood_as_something(text: str) -> None:
    scan = understood(text, FACTS, TODAY)
    if isinstance(scan, CardScan):
        assert scan.number.digits.isascii()
        assert len(scan.number.digits) == 12


@given(year=st.integers(1907, 2026), sex=st.sampled_from("MF"), rest=st.integers(0, 999_999))
def test_every_number_made_by_the_rule_is_well_formed(year: int, sex: str, rest: int) -> None:
    century = (year // 100 - 19) * 2 + (sex == "F")
    digits = f"092{century}{year % 100:02d}{rest:06d}"
    assert well_formed(digits, FACTS, TODAY, born=date(year, 5, 5), sex=sex).digits == digits


def test_endless_noise_is_bounded() -> None:
    lines = ScanLines()
    assert lines.feed(b"a" * (LONGEST_SCAN + 1)) == []
    assert len(lines._open) == LONGEST_SCAN
    assert lines.feed(b"b\r" + CARD.encode() + b"\r") == [None, CARD]


@pytest.mark.skipif(not SHARED.exists(), reason="the collected facts are not beside this clone")
def test_the_facts_are_those_that_were_collected() -> None:
    facts = json.loads(SHARED.read_text(encoding="utf-8"))
    assert facts["province_codes_pre_merger"] == FACTS.provinces
    said = {d: f"{s} {FACTS.centuries[d] // 100}xx" for d, s in FACTS.sexes.items()}
    assert said == facts["century_sex"]


# -- keyboard wedges


def typed(gap_s: float, keys: int, watch: WedgeWatch | None = None) -> bool:
    watch = watch or WedgeWatch()
    found = [watch.pressed(n * gap_s, ends=n == keys) for n in range(keys + 1)]
    return found[-1]


@pytest.mark.parametrize("gap_s", [0.0, 0.001, 0.01, FASTEST_HAND_S * 0.9])
def test_a_burst_that_ends_in_enter_is_a_wedge(gap_s: float) -> None:
    assert typed(gap_s, 12)


@pytest.mark.parametrize(("gap_s", "keys"), [(0.12, 40), (0.01, 5)])
def test_a_hand_or_a_few_keys_are_none(gap_s: float, keys: int) -> None:
    assert not typed(gap_s, keys)


@given(st.lists(st.tuples(st.floats(0.051, 2), st.booleans()), max_size=60))
def test_no_hand_is_taken_for_a_scanner(presses: list[tuple[float, bool]]) -> None:
    watch, at = WedgeWatch(), 0.0
    for gap, enter in presses:
        at += gap
        assert not watch.pressed(at, ends=enter)


@pytest.mark.parametrize("gap_s", [0.0, 0.01, FASTEST_HAND_S * 0.9])
def test_a_scanner_that_sends_no_end_is_found_and_a_held_key_is_none(gap_s: float) -> None:
    watch = WedgeWatch()
    found = [watch.pressed(n * gap_s, ends=False) for n in range(FEWEST_UNENDED)]
    assert found == [False] * (FEWEST_UNENDED - 1) + [True]
    held = [watch.pressed(10 + n * gap_s, ends=False, again=n > 0) for n in range(400)]
    assert not any(held)
    assert not watch.pressed(10 + 400 * gap_s, ends=True)
