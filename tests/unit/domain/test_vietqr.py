"""The payment code: read by banking apps as the standard says, and any damage is noticed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.vietqr import Account, NoPaymentCode, payment_code, read_payment_code

ACCOUNT = Account("970400", "0000000000", "PHUONG MAU")
SEEN = (
    "00020101021238570010A00000072701270006970415011300110019324180208QRIBFTTA"
    "530370454061200005802VN62170813ung ho lu lut6304C15C"
)
"""A code that a bank took for 120,000 đ, as published."""


def test_a_code_in_use_is_read_and_written_alike() -> None:
    found = read_payment_code(SEEN)
    assert (found.bank, found.number) == ("970415", "0011001932418")
    assert (found.amount_vnd, found.purpose) == (120_000, "ung ho lu lut")
    account = Account(found.bank, found.number, "")
    assert payment_code(account, found.amount_vnd, found.purpose) == SEEN


@given(
    st.integers(1, 999_999_999),
    st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=1, max_size=25),
    st.integers(0, 200),
    st.sampled_from("0123456789ABCDEFXYZ"),
)
def test_what_is_written_is_read_and_a_changed_sign_is_noticed(
    amount: int, purpose: str, at: int, sign: str
) -> None:
    code = payment_code(ACCOUNT, amount, purpose)
    found = read_payment_code(code)
    assert (found.amount_vnd, found.purpose, found.number) == (amount, purpose, ACCOUNT.number)
    at %= len(code)
    if code[at] != sign:
        with pytest.raises(NoPaymentCode):
            read_payment_code(code[:at] + sign + code[at + 1 :])


@pytest.mark.parametrize(
    ("account", "amount", "purpose"),
    [
        (ACCOUNT, 0, "A"),
        (ACCOUNT, 1, ""),
        (ACCOUNT, 1, "A" * 26),
        (ACCOUNT, 1, "Lệ phí"),
        (Account("97040", "1", ""), 1, "A"),
        (Account("970400", "1-2", ""), 1, "A"),
    ],
)
def test_what_no_code_can_say_is_refused(account: Account, amount: int, purpose: str) -> None:
    with pytest.raises(ValueError, match=r"needs|six digits"):
        payment_code(account, amount, purpose)


@pytest.mark.parametrize("text", ["", "hello", "6304FFFF", SEEN[:-9], SEEN.replace("704", "840")])
def test_what_is_no_payment_code_is_said(text: str) -> None:
    with pytest.raises(NoPaymentCode):
        read_payment_code(text)
    assert re.fullmatch(r"[0-9A-F]{4}", SEEN[-4:])
