"""Turns the follow address into the squares of a QR code, in whole printer dots."""

from __future__ import annotations

import qrcode
from qrcode.constants import ERROR_CORRECT_L, ERROR_CORRECT_M
from qrcode.exceptions import DataOverflowError

QUIET_MODULES = 4
LONG_BYTES = 300
"""A longer text is never printed; on a clean screen larger squares are worth more than repair."""


class QrTooLongError(ValueError):
    """The text does not fit into any QR code."""


def qr_modules(text: str) -> list[list[bool]]:
    """Return the dark squares row by row, without the quiet zone around them.

    Level M survives a fold or a worn print head line and keeps the squares large.

    Raises:
        QrTooLongError: the text is longer than the largest code holds.
    """
    level = ERROR_CORRECT_M if len(text.encode()) <= LONG_BYTES else ERROR_CORRECT_L
    code = qrcode.QRCode(error_correction=level, border=0)
    code.add_data(text)
    try:
        code.make(fit=True)
    except (DataOverflowError, ValueError) as error:
        raise QrTooLongError(f"{len(text)} characters do not fit into a QR code") from error
    return [[bool(dark) for dark in row] for row in code.get_matrix()]
