"""Sets a slip as black dots: first where every line goes in millimetres, then ink."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from PIL import Image, ImageDraw

from kiosk.adapters.slip_letters import Letters, is_khmer, letters
from kiosk.adapters.slip_qr import QUIET_MODULES, QrTooLongError, qr_modules
from kiosk.adapters.slip_words import WordedSlip, worded
from kiosk.domain.slip import Slip

PAPER_MM = 72.0
"""Printable width of 80 mm paper; the number of dots on it is the printer's."""

CAPITAL_TO_EM = 0.74
"""Height of capitals and figures in Be Vietnam Pro, in parts of the font size."""

INK_FROM = 150
"""Grey (0 black) below which a dot is burnt; above the middle, because thin strokes burn thin."""

MARGIN_MM = 1.5
QR_MM = 26.0
PAY_MM = 30.0
"""A payment code holds more than an address: larger, so that its squares stay as wide."""
BOX_MM = 3.0
BESIDE_BOX_MM = MARGIN_MM + BOX_MM + 1.8
BELOW_KHMER = 0.4
"""What Khmer needs below its line for what hangs there, in parts of the font size."""


@dataclass(frozen=True, slots=True)
class Style:
    """A way to set text; `em_mm` is the font size, `lead_mm` from one base line to the next."""

    weight: str
    em_mm: float
    lead_mm: float


OFFICE = Style("SemiBold", 4.0, 5.2)
CAPTION = Style("Medium", 3.6, 4.8)
NUMBER = Style("Bold", 16.0 / CAPITAL_TO_EM, 16.0)
SERVICE = Style("Bold", 4.8, 6.2)
FIGURE = Style("Bold", 7.0 / CAPITAL_TO_EM, 7.0)
WORDS = Style("SemiBold", 4.4, 5.6)
HEADING = Style("Bold", 3.6, 5.2)
BODY = Style("Medium", 3.4, 4.6)
FOLLOW = Style("SemiBold", 4.0, 5.2)


@dataclass(slots=True)
class Sheet:
    """A strip of paper being laid out from top to bottom; positions in dots."""

    width: int
    y: float = 0.0
    texts: list[tuple[float, float, str, Letters]] = field(default_factory=list)
    bars: list[tuple[float, float, float, float]] = field(default_factory=list)
    boxes: list[tuple[float, float, float, float]] = field(default_factory=list)

    @property
    def dot(self) -> float:
        """Dots in a millimetre."""
        return self.width / PAPER_MM

    def font(self, style: Style) -> Letters:
        """Return the letters of a style at this sheet's resolution."""
        return letters(style.weight, round(style.em_mm * self.dot))

    def gap(self, mm: float) -> None:
        """Leave white."""
        self.y += mm * self.dot

    def rule(self) -> None:
        """Draw a line across, with air on both sides."""
        self.gap(2.2)
        margin = MARGIN_MM * self.dot
        self.bars.append((margin, self.y, self.width - margin, self.y + max(2, self.dot / 4)))
        self.gap(2.2)

    def write(self, text: str, style: Style, left_mm: float = MARGIN_MM) -> None:
        """Set text from the left edge given to the right margin, breaking between words."""
        left = left_mm * self.dot
        font = self.font(style)
        for line in _broken(text, font, self.width - MARGIN_MM * self.dot - left):
            self.y += style.lead_mm * self.dot
            self.texts.append((left, self.y - self._below(style), line, font))
            if is_khmer(line):
                self.gap(style.em_mm * BELOW_KHMER)

    def write_to_fit(self, text: str, style: Style) -> None:
        """Set one line, smaller and in less height if it would not fit between the margins."""
        room = self.width - 2 * MARGIN_MM * self.dot
        font, lead = self.font(style), style.lead_mm * self.dot
        if (needed := font.length(text)) > room:
            least = letters(style.weight, max(8, int(font.size * room / needed)))
            font, lead = least, lead * least.size / font.size
        self.y += lead
        self.texts.append((MARGIN_MM * self.dot, self.y, text, font))

    def _below(self, style: Style) -> float:
        """Return the room kept under a base line, so that the block ends where its tails end."""
        return (style.lead_mm - style.em_mm * CAPITAL_TO_EM) / 2 * self.dot

    def image(self) -> Image.Image:
        """Draw what was laid out and keep only black and white."""
        grey = Image.new("L", (self.width, max(1, round(self.y))), 255)
        draw = ImageDraw.Draw(grey)
        for x, base, text, font in self.texts:
            font.draw(draw, x, base, text)
        for bar in self.bars:
            draw.rectangle(bar, fill=0)
        for box in self.boxes:
            draw.rectangle(box, outline=0, width=max(2, round(self.dot / 3)))
        return grey.point(_BLACK_OR_WHITE, mode="1")


_BLACK_OR_WHITE = [0] * INK_FROM + [255] * (256 - INK_FROM)


def slip_bitmap(slip: Slip, width: int = 576) -> Image.Image:
    """Return the slip as a 1-bit image, `width` dots wide (576 at 203 dpi, 512 at 180 dpi)."""
    words = worded(slip)
    sheet = Sheet(width)
    sheet.gap(1)
    _head(sheet, words)
    sheet.rule()
    _wait(sheet, words)
    if words.bring:
        sheet.rule()
        _bring(sheet, words)
    if words.pay_code:
        sheet.rule()
        _pay(sheet, words)
    sheet.rule()
    _follow(sheet, words)
    sheet.gap(2)
    return sheet.image()


def warm_up(width: int = 576) -> None:
    """Load the fonts before the first citizen waits for them."""
    sheet = Sheet(width)
    for style in (OFFICE, CAPTION, NUMBER, SERVICE, FIGURE, WORDS, HEADING, BODY, FOLLOW):
        sheet.font(style)


def _head(sheet: Sheet, words: WordedSlip) -> None:
    sheet.write(words.office, OFFICE)
    sheet.gap(3)
    sheet.write(words.caption, CAPTION)
    sheet.gap(2)
    if words.number:
        sheet.write_to_fit(words.number, NUMBER)
        sheet.gap(2.5)
    sheet.write(words.service, SERVICE)


def _wait(sheet: Sheet, words: WordedSlip) -> None:
    if words.ahead:
        figure = sheet.font(FIGURE)
        base = sheet.y + FIGURE.lead_mm * sheet.dot
        sheet.texts.append((MARGIN_MM * sheet.dot, base, words.ahead, figure))
        after = MARGIN_MM * sheet.dot + figure.length(words.ahead) + 2 * sheet.dot
        sheet.texts.append((after, base, words.ahead_words, sheet.font(WORDS)))
        sheet.y = base
    else:
        sheet.write(words.ahead_words, WORDS)
    if words.forecast:
        sheet.gap(1.5)
    for line in words.forecast:
        sheet.write(line, WORDS)
    for note in words.notes:
        sheet.gap(1)
        sheet.write(note, BODY)


def _bring(sheet: Sheet, words: WordedSlip) -> None:
    sheet.write(words.bring_heading, HEADING)
    for paper in words.bring:
        sheet.gap(0.6)
        left, size = MARGIN_MM * sheet.dot, BOX_MM * sheet.dot
        top = sheet.y + (BODY.lead_mm * sheet.dot - size) / 2
        sheet.boxes.append((left, top, left + size, top + size))
        sheet.write(paper, BODY, BESIDE_BOX_MM)
    if words.bring_more:
        sheet.gap(0.6)
        sheet.write(words.bring_more, BODY, BESIDE_BOX_MM)


def _pay(sheet: Sheet, words: WordedSlip) -> None:
    """Set the payment code with what it pays beside it."""
    try:
        modules = qr_modules(words.pay_code)
    except QrTooLongError:
        return
    left_mm, bottom = _code(sheet, modules, PAY_MM)
    sheet.gap(1)
    for line in words.pay:
        sheet.write(line, FOLLOW, left_mm)
    sheet.y = max(sheet.y, bottom)


def _code(sheet: Sheet, modules: list[list[bool]], side_mm: float) -> tuple[float, float]:
    """Ink a code at the left margin: where text may begin beside it (mm), where it ends (dots)."""
    square = max(2, round(side_mm * sheet.dot / len(modules)))
    left = MARGIN_MM * sheet.dot  # the quiet zone goes on over the unprinted edge of the paper
    top = sheet.y + square
    _ink_qr(sheet, modules, round(left), round(top), square)
    side = len(modules) * square
    return (left + side + QUIET_MODULES * square) / sheet.dot, top + side + square


def _follow(sheet: Sheet, words: WordedSlip) -> None:
    """Set the code with its words beside it; without a usable address only the time."""
    try:
        modules = qr_modules(words.follow_url) if words.follow_url else []
    except QrTooLongError:
        modules = []  # the number must reach the citizen whatever the address looks like
    if not modules:
        sheet.write(words.issued, BODY)
        sheet.write(words.date, BODY)
        return
    text_left_mm, bottom = _code(sheet, modules, QR_MM)
    sheet.gap(1)
    sheet.write(words.follow, FOLLOW, text_left_mm)
    sheet.gap(2)
    sheet.write(words.issued, BODY, text_left_mm)
    sheet.write(words.date, BODY, text_left_mm)
    sheet.y = max(sheet.y, bottom)


def _ink_qr(sheet: Sheet, modules: list[list[bool]], left: int, top: int, square: int) -> None:
    for row, line in enumerate(modules):
        y = top + row * square
        for start, end in _runs(line):
            x = left + start * square
            sheet.bars.append((x, y, x + (end - start) * square - 1, y + square - 1))


def _runs(line: Iterable[bool]) -> list[tuple[int, int]]:
    """Return the dark stretches of a row, so that a row costs a few rectangles."""
    runs: list[tuple[int, int]] = []
    for column, dark in enumerate(line):
        if dark and runs and runs[-1][1] == column:
            runs[-1] = (runs[-1][0], column + 1)
        elif dark:
            runs.append((column, column + 1))
    return runs


def _broken(text: str, font: Letters, room: float) -> list[str]:
    """Break text into lines that fit; a word longer than a line is broken where it must."""
    lines: list[str] = []
    for word in text.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and font.length(joined) <= room:
            lines[-1] = joined
            continue
        rest = word
        while font.length(rest) > room and len(rest) > 1:
            fits = next(
                (n for n in range(len(rest) - 1, 1, -1) if font.length(rest[:n]) <= room), 1
            )
            lines.append(rest[:fits])
            rest = rest[fits:]
        lines.append(rest)
    return lines
