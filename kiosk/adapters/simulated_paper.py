"""Paper under a simulated print head: commands become dots, a cut becomes a picture."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import fontpkg_be_vietnam_pro
from PIL import Image, ImageChops, ImageDraw, ImageFont

from kiosk.adapters.escpos_interpreter import Command, Kind
from kiosk.adapters.slip_qr import QUIET_MODULES, QrTooLongError, qr_modules

CELL_WIDTH, CELL_HEIGHT, LINE_DOTS = 12, 24, 30
ROWS_MAX = 20_000
"""Rows between two cuts; what nobody cuts for 2.5 m falls off the end."""

KNIFE_DOTS = 40
"""Paper between the last line and the knife when a cut feeds first."""

EDGE = 1 / 18
"""Unprintable edge on each side: 4 mm beside 72 mm."""

SYMBOL_SIZE, SYMBOL_STORE, SYMBOL_PRINT = 67, 80, 81
WHITE, BLACK = 1, 0


@dataclass(frozen=True, slots=True)
class Letter:
    """A character with the size it had when it arrived."""

    text: str
    wider: int
    higher: int
    bold: bool


class Paper:
    """The strip since the last cut, and the settings that shape what comes next."""

    def __init__(self, dots: int) -> None:
        self._dots = dots
        self._parts: list[Image.Image] = []
        self.rows = 0
        self._line: list[Letter] = []
        self.reset()

    def reset(self) -> None:
        """Forget sizes and the stored symbol, as ESC @ does; what is printed stays."""
        self._wider, self._higher, self._bold, self._align = 1, 1, False, 0
        self._square, self._symbol = 3, b""
        self._line.clear()

    def put(self, command: Command) -> None:
        """Carry out one command that leaves or shapes ink."""
        match command.kind:
            case Kind.RESET:
                self.reset()
            case Kind.TEXT:
                self._write(command.data)
            case Kind.LINE_FEED:
                self._end_line()
            case Kind.FEED_LINES | Kind.FEED_DOTS:
                self._flush()
                step = LINE_DOTS if command.kind is Kind.FEED_LINES else 1
                self._add(self._blank(command.numbers[0] * step))
            case Kind.SIZE:
                self._wider, self._higher = command.numbers
            case Kind.BOLD:
                self._bold = bool(command.numbers[0] & 1)
            case Kind.ALIGN:
                self._align = command.numbers[0] % 48 % 3
            case Kind.RASTER:
                self._flush()
                self._add(self._aligned(_picture(command)))
            case Kind.SYMBOL:
                self._shape_symbol(command)
            case _:
                pass

    def cut(self, *, feed: bool) -> Image.Image:
        """Return what was printed as a sheet with its white edges, and start a new one."""
        self._flush()
        if feed:
            self._add(self._blank(KNIFE_DOTS))
        edge = round(self._dots * EDGE)
        sheet = Image.new("1", (self._dots + 2 * edge, max(1, self.rows)), WHITE)
        top = 0
        for part in self._parts:
            sheet.paste(part, (edge, top))
            top += part.height
        self._parts, self.rows = [], 0
        return sheet

    def _blank(self, rows: int) -> Image.Image:
        return Image.new("1", (self._dots, rows), WHITE)

    def _add(self, part: Image.Image) -> None:
        if part.height and self.rows + part.height <= ROWS_MAX:
            self._parts.append(part)
            self.rows += part.height

    def _aligned(self, picture: Image.Image) -> Image.Image:
        left = (0, (self._dots - picture.width) // 2, self._dots - picture.width)[self._align]
        whole = self._blank(picture.height)
        whole.paste(picture, (max(0, left), 0))
        return whole

    def _write(self, data: bytes) -> None:
        for text in data.decode("cp437"):
            used = sum(letter.wider for letter in self._line)
            if (used + self._wider) * CELL_WIDTH > self._dots:
                self._end_line()
            self._line.append(Letter(text, self._wider, self._higher, self._bold))

    def _flush(self) -> None:
        if self._line:
            self._end_line()

    def _end_line(self) -> None:
        higher = max((letter.higher for letter in self._line), default=1)
        width = sum(letter.wider for letter in self._line) * CELL_WIDTH
        line = Image.new("1", (width, higher * CELL_HEIGHT + LINE_DOTS - CELL_HEIGHT), WHITE)
        left = 0
        for letter in self._line:
            size = (letter.wider * CELL_WIDTH, letter.higher * CELL_HEIGHT)
            cell = _glyph(letter.text, bold=letter.bold).resize(size)
            line.paste(cell, (left, higher * CELL_HEIGHT - cell.height))
            left += cell.width
        self._line.clear()
        self._add(self._aligned(line))

    def _shape_symbol(self, command: Command) -> None:
        function, data = command.numbers[0], command.data
        if function == SYMBOL_SIZE and data:
            self._square = max(1, min(16, data[0]))
        elif function == SYMBOL_STORE:
            self._symbol = data[1:]
        elif function == SYMBOL_PRINT and self._symbol:
            self._flush()
            self._add(self._aligned(_code(self._symbol, self._square)))


def _picture(command: Command) -> Image.Image:
    width_bytes, rows, wider, higher = command.numbers
    burnt = Image.frombytes("1", (width_bytes * 8, rows), command.data)
    picture = ImageChops.invert(burnt)
    return picture.resize((picture.width * wider, picture.height * higher))


def _code(text: bytes, square: int) -> Image.Image:
    """Draw a QR code with its quiet zone; one that cannot be made prints nothing."""
    try:
        modules = qr_modules(text.decode("utf-8", "replace"))
    except QrTooLongError:
        return Image.new("1", (1, 0), WHITE)
    side = len(modules) + 2 * QUIET_MODULES
    code = Image.new("1", (side, side), WHITE)
    for y, row in enumerate(modules, QUIET_MODULES):
        for x, dark in enumerate(row, QUIET_MODULES):
            if dark:
                code.putpixel((x, y), BLACK)
    return code.resize((side * square, side * square))


@cache
def _glyph(text: str, *, bold: bool) -> Image.Image:
    """Draw a character in its cell of twelve by twenty-four dots."""
    weight = "Bold" if bold else "Medium"
    path = fontpkg_be_vietnam_pro.ROOT / "files" / f"BeVietnamPro-{weight}.ttf"
    cell = Image.new("1", (CELL_WIDTH, CELL_HEIGHT), WHITE)
    font = ImageFont.truetype(str(path), 18)
    ImageDraw.Draw(cell).text((CELL_WIDTH / 2, 18), text, fill=BLACK, font=font, anchor="ms")
    return cell
