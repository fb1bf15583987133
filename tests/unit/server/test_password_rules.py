"""What everybody would try first is refused, in whatever dress; what nobody guesses is taken."""

from __future__ import annotations

import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.use_cases.password_rules import SHORTEST, TRIED_FIRST, fault_of


@pytest.mark.parametrize(
    "guessed",
    [
        "MotCua2026!",
        "Một cửa 2026",
        "Mật khẩu 123",
        "matkhau@123456",
        "Admin@123456",
        "0912345678",
        "27/11/2026-27",
        "PhườngQuận1!",
        "VietNam@2026",
        "qwertyuiop1",
        "hà nội sài gòn",
        "aaaaabbbbb",
        "chi.lan-2026",
    ],
)
def test_what_is_tried_first_is_refused(guessed: str) -> None:
    assert fault_of("chi.lan", guessed) is not None


@pytest.mark.parametrize(
    "taken", ["mot hai ba bon nam", "con mèo ngủ trên mái", "xe đạp-chanh-mưa", "k7f9-2mwx-3hq8"]
)
def test_what_nobody_guesses_is_taken(taken: str) -> None:
    assert fault_of("lan", taken) is None


@given(st.lists(st.sampled_from(TRIED_FIRST), min_size=1, max_size=6), st.integers(0, 10**9))
def test_no_row_of_such_words_and_a_number_is_taken(words: list[str], number: int) -> None:
    assert fault_of("somebody", f"{' '.join(words).title()} {number}") is not None


def test_length_has_bounds_and_what_is_drawn_passes() -> None:
    assert fault_of("lan", secrets.token_urlsafe(96)[: SHORTEST - 1]) is not None
    assert fault_of("lan", "con mèo ngủ " * 20) is not None
    assert all(fault_of("somebody", secrets.token_urlsafe(20)) is None for _ in range(100))
