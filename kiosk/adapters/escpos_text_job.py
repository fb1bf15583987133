"""Turns a slip into the printer's own letters and code: under 1 kB, for a slow line."""

from __future__ import annotations

import textwrap
import unicodedata

from escpos.constants import QR_ECLEVEL_M
from escpos.printer import Dummy

from kiosk.adapters.slip_words import WordedSlip, worded
from kiosk.domain.slip import Slip

DOTS_PER_COLUMN = 12
QR_DOTS = 6
QR_BYTES_MAX = 300
"""A longer address would make a code too fine for the paper; it is left out."""


def text_job(slip: Slip, paper_dots: int) -> bytes:
    """Return the job that prints the slip in the printer's own letters, under 1 kB.

    Without diacritics, because no code page of these printers has all of them.
    """
    words, columns = worded(slip), paper_dots // DOTS_PER_COLUMN
    job = Dummy()
    job.hw("INIT")
    _write(job, words.office, columns)
    job.ln()
    _write(job, words.caption, columns)
    scale = max(1, min(6, columns // max(1, len(words.number))))
    job.set(custom_size=True, width=scale, height=scale, bold=True)
    _write(job, words.number, columns // scale)
    job.set(normal_textsize=True, bold=False)
    _write(job, words.service, columns)
    job.ln()
    _write(job, f"{words.ahead} {words.ahead_words}", columns)
    for line in (*words.forecast, *words.notes):
        _write(job, line, columns)
    _write_bring(job, words, columns)
    if words.pay_code:
        job.ln()
        job.qr(words.pay_code, ec=QR_ECLEVEL_M, size=QR_DOTS, native=True)
        _write(job, " ".join(words.pay), columns)
    if words.follow_url and len(words.follow_url.encode()) <= QR_BYTES_MAX:
        job.ln()
        job.qr(words.follow_url, ec=QR_ECLEVEL_M, size=QR_DOTS, native=True)
        _write(job, words.follow, columns)
    _write(job, f"{words.issued}  {words.date}", columns)
    job.cut(feed=False)  # feeds just as far as the knife needs
    return bytes(job.output)


def _write_bring(job: Dummy, words: WordedSlip, columns: int) -> None:
    if words.bring:
        job.ln()
        _write(job, f"{words.bring_heading}:", columns)
    for paper in words.bring:
        _write(job, f"- {paper}", columns)
    _write(job, words.bring_more, columns)


def _write(job: Dummy, text: str, columns: int) -> None:
    for line in textwrap.wrap(without_diacritics(text), columns):
        job.textln(line)


def without_diacritics(text: str) -> str:
    """Return the plain ASCII letters of Vietnamese text; anything else becomes a question mark.

    >>> without_diacritics("Đường Nguyễn Huệ")
    'Duong Nguyen Hue'
    """
    apart = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return bare.encode("ascii", "replace").decode("ascii")
