"""Measures ink on a picture of paper, with Pillow alone."""

from itertools import groupby

from PIL import Image


def rows_with_ink(image: Image.Image) -> list[bool]:
    """Tell of each row whether anything is printed in it."""
    grey = image.convert("L")
    return [grey.crop((0, y, grey.width, y + 1)).getextrema()[0] == 0 for y in range(grey.height)]


def blocks_of_ink(image: Image.Image) -> list[tuple[int, int]]:
    """Return first and last row of each unbroken block of printed rows."""
    blocks = []
    for printed, rows in groupby(enumerate(rows_with_ink(image)), key=lambda row: row[1]):
        if printed:
            numbers = [y for y, _ in rows]
            blocks.append((numbers[0], numbers[-1]))
    return blocks


def tallest_block(image: Image.Image) -> int:
    """Return the height in rows of the tallest block: the number, when the code is cut off."""
    return max(last - first + 1 for first, last in blocks_of_ink(image))
