"""The pictures of the README are drawn, small and not blank."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from tests.ui.picture_walk import SIZES, busy_office, keep, walk
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
