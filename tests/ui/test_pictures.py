"""The pictures of the README are drawn, small and not blank."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from tests.ui.picture_walk import SIZES, busy_office, keep, walk
from tests.ui.sheet import COLUMNS, sheet
from tests.ui.stage import stage

SHOWN = {"portrait": ("home", "procedure", "ticket"), "landscape": ("home",)}
LARGEST_BYTES = 150_000
BLANK_COLOURS = 8

pytestmark = pytest.mark.kivy


@pytest.mark.picture
@pytest.mark.parametrize("orientation", list(SIZES))
def test_pictures_of_the_readme(orientation: str, picture: Callable[[str], Path]) -> None:
    with stage(size=SIZES[orientation], office=busy_office()) as on:
        taken = [
            keep(shot, picture(f"kiosk-{shot.name}-{orientation}"))
            for shot in walk(on)
            if shot.name in SHOWN[orientation]
        ]
    assert len(taken) == len(SHOWN[orientation])
    for path in taken:
        assert path.stat().st_size < LARGEST_BYTES
        with Image.open(path) as drawn:
            assert drawn.size == SIZES[orientation]
            assert len(drawn.convert("RGB").getcolors(1 << 20) or []) > BLANK_COLOURS, path.name


@pytest.mark.parametrize("orientation", list(SIZES))
def test_a_contact_sheet_has_every_screen_beside_the_others(orientation: str) -> None:
    reds = [(f"screen-{n}", Image.new("RGB", SIZES[orientation], "#FF0000")) for n in range(20)]
    made = sheet(reds, orientation)
    rows = -(-len(reds) // COLUMNS[orientation])
    height = made.height // rows
    seen = [
        made.crop((0, row * height, made.width, (row + 1) * height)).getcolors(1 << 24) or []
        for row in range(rows)
    ]
    assert all(any(colour == (255, 0, 0) for _, colour in colours) for colours in seen)
