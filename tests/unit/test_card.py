"""What a scanned card gives to a declaration; torn, old and strange codes are said."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.adapters.identity_file import read_identity_facts
from kiosk.domain.card import CardFacts, card_facts
from kiosk.domain.scan import NotRead

FACTS = read_identity_facts()
TODAY = date(2026, 11, 27)
CARD = "001190000001|012345678|NGUYỄN THỊ THỬ|01021990|Nữ|Số 1, thôn Đông, xã Mẫu|01012021"


def test_a_card_says_number_name_birth_sex_and_address() -> None:
    card = card_facts(CARD, FACTS, TODAY)
    assert isinstance(card, CardFacts)
    assert card.facts == {
        "number": "001190000001",
        "name": "Nguyễn Thị Thử",
        "born": "1990-02-01",
        "sex": "female",
        "address": "Số 1, thôn Đông, xã Mẫu",
    }
    assert "Thử" not in repr(card)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (None, NotRead.NO_TEXT),
        ("001190000001|", NotRead.UNKNOWN),
        (CARD[:40], NotRead.UNKNOWN),
        (CARD.replace("001190000001", "012345678"), NotRead.CARD_OLD),
        (CARD.replace("001190000001", "00119000000"), NotRead.CARD_FORM),
        (CARD.replace("Nữ", "Nam"), NotRead.CARD_FORM),
    ],
)
def test_why_a_card_is_of_no_use(text: str | None, why: NotRead) -> None:
    assert card_facts(text, FACTS, TODAY) is why


@given(st.text() | st.lists(st.text(max_size=12), min_size=6, max_size=12).map("|".join))
def test_nothing_scanned_ever_breaks(text: str) -> None:
    assert card_facts(text, FACTS, TODAY) is not None


@pytest.mark.parametrize("cut", range(len(CARD) + 1))
def test_a_torn_code_never_fills_in_half_an_answer(cut: int) -> None:
    whole = card_facts(CARD, FACTS, TODAY)
    torn = card_facts(CARD[:cut], FACTS, TODAY)
    assert isinstance(whole, CardFacts)
    assert isinstance(torn, NotRead) or torn.facts.items() <= whole.facts.items()


@given(st.integers(0, 11), st.integers(1, 12))
def test_a_hole_in_the_number_or_the_birth_day_is_noticed(start: int, long: int) -> None:
    number, born = "001190000001", "01021990"
    torn = CARD.replace(number, number[:start] + number[start + long :])
    assert isinstance(card_facts(torn, FACTS, TODAY), NotRead)
    torn = CARD.replace(born, born[:start] + born[start + long :])
    found = card_facts(torn, FACTS, TODAY)
    assert isinstance(found, CardFacts)
    assert ("born" in found.facts) is (start >= len(born))


def test_a_birth_year_that_is_not_the_numbers_is_a_torn_or_wrong_card() -> None:
    assert card_facts(CARD.replace("01021990", "01021991"), FACTS, TODAY) is NotRead.CARD_FORM
