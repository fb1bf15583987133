"""What stands on the screen is read aloud as a person would read it."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.adapters.clip_folder import read_prompts
from kiosk.domain.read_aloud import VI_LETTERS, read_aloud, spell_label
from kiosk.domain.words import Language

VI, EN = Language.VI, Language.EN


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        (VI, "Số của ông/bà là A012.", "Số của ông/bà là a không một hai."),
        (VI, "Chờ khoảng 20 phút, thường không quá 35 phút.",
         "Chờ khoảng hai mươi phút, thường không quá ba mươi lăm phút."),
        (VI, "20.000 đ / lần", "hai mươi nghìn đồng một lần"),
        (VI, "07:15", "bảy giờ mười lăm phút"), (VI, "17:00", "mười bảy giờ"),
        (VI, "Thứ Ba, 12/05/2026",
         "Thứ Ba, ngày mười hai tháng năm năm hai nghìn không trăm hai mươi sáu"),
        (VI, "Bước 2 / 4", "Bước hai trên bốn"), (VI, "B105", "bê một không năm"),
        (EN, "Your number is A012.", "Your number is A zero one two."),
        (EN, "20,000 đ / filing", "twenty thousand dong per filing"),
        (EN, "Step 2 of 4", "Step two of four"), (EN, "12/05/2026", "twelve May 2026"),
    ],
)  # fmt: skip
def test_texts_of_the_screen(language: Language, text: str, said: str) -> None:
    assert read_aloud(text, language) == said


def test_every_letter_of_a_series_has_its_name_in_the_prompts() -> None:
    hints = {p.text: p.hint.removeprefix("đọc là: ") for p in read_prompts("vi") if p.hint}
    for letter in string.ascii_uppercase:
        assert VI_LETTERS[letter] == hints[letter]
        assert spell_label(f"{letter}07", VI) == f"{VI_LETTERS[letter]} không bảy"
        assert spell_label(f"{letter}07", EN) == f"{letter} zero seven"


@given(st.text(alphabet=string.ascii_letters + string.digits + " ,./:đ-()·", max_size=60))
def test_no_figure_is_left_to_the_voice_in_vietnamese(text: str) -> None:
    assert not any(sign.isdigit() for sign in read_aloud(text, VI))
