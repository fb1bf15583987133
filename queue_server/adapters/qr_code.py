"""Draws a QR code as one SVG path, for slips that a browser prints."""

from __future__ import annotations


def qr_path(text: str) -> tuple[int, str]:
    """The number of modules of one side, quiet zone included, and the path of the dark ones.

    A run of dark modules of a row is one rectangle, so that no hair shows between them.
    """
    # It brings Pillow along: a tenth of a second that the first slip pays, not every start.
    import qrcode  # noqa: PLC0415 - see above

    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=4)
    code.add_data(text)
    matrix = code.get_matrix()
    parts = []
    for y, row in enumerate(matrix):
        x = 0
        while x < len(row):
            length = 0
            while x + length < len(row) and row[x + length]:
                length += 1
            if length:
                parts.append(f"M{x} {y}h{length}v1h-{length}z")
            x += length or 1
    return len(matrix), "".join(parts)
