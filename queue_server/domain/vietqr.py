"""A payment code that Vietnamese banking apps read: EMVCo fields of tag, length, value and a CRC.

Source: EMVCo QR Code Specification for Payment Systems, merchant-presented mode 1.1, and its use by
NAPAS as VietQR (template 38, identifier A000000727, transfer to an account QRIBFTTA).
"""

from __future__ import annotations

import re
from binascii import crc_hqx
from dataclasses import dataclass

NAPAS, TO_ACCOUNT = "A000000727", "QRIBFTTA"
DYNAMIC, DONG, VIETNAM = "12", "704", "VN"
LONGEST_PURPOSE = 25
CRC_BEGIN = 0xFFFF
CRC_FIELD = "6304"
PLAIN = re.compile(r"^[0-9A-Za-z]{1,19}$")


class NoPaymentCode(ValueError):  # noqa: N818 - says what a text is not
    """The text is no payment code, or was damaged."""


@dataclass(frozen=True, slots=True)
class Account:
    """Where a fee goes: the bank's six-digit number (BIN), the account, and whose it is."""

    bank: str
    number: str
    holder: str


@dataclass(frozen=True, slots=True)
class Transfer:
    """What a payment code asks for; `purpose` comes back with the money."""

    bank: str
    number: str
    amount_vnd: int
    purpose: str


def payment_code(account: Account, amount_vnd: int, purpose: str) -> str:
    """The text of the code.

    Raises:
        ValueError: the amount is not positive, or account and purpose cannot be said in a code.
    """
    if amount_vnd <= 0 or not purpose or len(purpose) > LONGEST_PURPOSE or not purpose.isascii():
        raise ValueError("a payment code needs an amount and a short plain purpose")
    if not re.fullmatch(r"[0-9]{6}", account.bank) or not PLAIN.fullmatch(account.number):
        raise ValueError("a bank has six digits, an account up to 19 letters and digits")
    bank = _field("00", account.bank) + _field("01", account.number)
    text = "".join(
        (
            _field("00", "01"),
            _field("01", DYNAMIC),
            _field("38", _field("00", NAPAS) + _field("01", bank) + _field("02", TO_ACCOUNT)),
            _field("53", DONG),
            _field("54", str(amount_vnd)),
            _field("58", VIETNAM),
            _field("62", _field("08", purpose)),
            CRC_FIELD,
        )
    )
    return text + _crc(text)


def read_payment_code(text: str) -> Transfer:
    """What a code asks for.

    Raises:
        NoPaymentCode: the check does not fit, or a field that a transfer needs is not there.
    """
    if text[-8:-4] != CRC_FIELD or text[-4:] != _crc(text[:-4]):
        raise NoPaymentCode("the check at the end does not fit")
    fields = _fields(text[:-8])
    try:
        where = _fields(fields["38"])
        bank = _fields(where["01"])
        purpose = _fields(fields["62"])["08"]
        if where["00"] != NAPAS or fields["53"] != DONG:
            raise NoPaymentCode("no transfer of đồng between banks of Vietnam")
        return Transfer(bank["00"], bank["01"], int(fields["54"]), purpose)
    except (KeyError, ValueError) as missing:
        raise NoPaymentCode(f"not all of a transfer is there: {missing}") from None


def _field(tag: str, value: str) -> str:
    return f"{tag}{len(value):02d}{value}"


def _fields(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    while text:
        tag, length = text[:2], text[2:4]
        if not length.isdigit() or len(text) < 4 + int(length):
            raise NoPaymentCode("a field is cut off")
        found[tag] = text[4 : 4 + int(length)]
        text = text[4 + int(length) :]
    return found


def _crc(text: str) -> str:
    """CRC-16/CCITT-FALSE over everything before it, its own tag and length too."""
    return f"{crc_hqx(text.encode(), CRC_BEGIN):04X}"
