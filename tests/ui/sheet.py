"""The contact sheet: every screen of the kiosk small beside each other, one picture an orientation.

`poe sheet OUT` draws them in Vietnamese; `--language`, `--aids large,low,contrast` draw others.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Collection, Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from tests.ui.offscreen import use_offscreen_window

if __name__ == "__main__":
    use_offscreen_window()

from kiosk.bootstrap.kiosk_window import FONTS
from kiosk.domain.aid import Aid
from kiosk.domain.words import Language
from tests.ui.picture_walk import SIZES
from tests.ui.tour import everything, tour

COLUMNS = {"portrait": 15, "landscape": 9}
WIDE = {"portrait": 240, "landscape": 420}
GAP, CAPTION = 14, 24
GROUND, INK = "#DDE3E1", "#16202A"


def sheet(shots: Sequence[tuple[str, Image.Image]], orientation: str) -> Image.Image:
    """All screens in rows, each with its name above it."""
    width, columns = WIDE[orientation], COLUMNS[orientation]
    height = width * SIZES[orientation][1] // SIZES[orientation][0]
    rows = -(-len(shots) // columns)
    step = (width + GAP, height + GAP + CAPTION)
    made = Image.new("RGB", (GAP + columns * step[0], GAP + rows * step[1]), GROUND)
    pen, font = ImageDraw.Draw(made), ImageFont.truetype(str(FONTS.regular), CAPTION * 2 // 3)
    for number, (name, shot) in enumerate(shots):
        x, y = GAP + number % columns * step[0], GAP + number // columns * step[1]
        pen.text((x, y), name, INK, font)
        made.paste(shot.resize((width, height), Image.Resampling.LANCZOS), (x, y + CAPTION))
    return made


def draw(
    orientation: str, language: Language, aids: Collection[Aid], large: Path | None = None
) -> Image.Image:
    """Walk through every screen and draw the sheet; `large` also keeps each in its own size."""
    shots = []
    with (
        tempfile.TemporaryDirectory() as folder,
        everything(orientation, language, aids, Path(folder)) as on,
    ):
        for shot in tour(on):
            path = (large or Path(folder)) / f"{shot.name}-{orientation}-{language.value}.png"
            on.picture(path)
            with Image.open(path) as picture:
                shots.append((shot.name, picture.convert("RGB")))
    return sheet(shots, orientation)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--language", type=Language, default=Language.VI)
    parser.add_argument("--aids", default="", help="large, low, contrast, with commas between")
    parser.add_argument("--each", action="store_true", help="keep every screen in its own size too")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    aids = [Aid(name) for name in options.aids.split(",") if name]
    for orientation in SIZES:
        made = draw(orientation, options.language, aids, options.out if options.each else None)
        path = options.out / f"kiosk-sheet-{orientation}-{options.language.value}.png"
        made.quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)
        print(path)  # noqa: T201 - the answer of a program


if __name__ == "__main__":
    main()
