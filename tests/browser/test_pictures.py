"""Draws the pages for the README, small enough to keep."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser

from tests.browser.pictures import SHOTS, shoot

pytestmark = [pytest.mark.browser, pytest.mark.picture]

LARGEST_BYTES = 200_000
WIDEST = 1280
README = (
    "display",
    "board",
    "board-dark",
    "board-wall",
    "board-phone-first",
    "sign-in",
    "follow-called",
)
README += ("console", "console-called", "console-tablet-dark", "console-phone")


@pytest.mark.parametrize("name", README)
def test_the_page_is_drawn(browser: Browser, picture: Callable[[str], Path], name: str) -> None:
    path = picture(f"web-{name}")
    # Chromium draws it small itself: sharper, and smaller to keep, than shrinking it afterwards.
    shoot(browser, SHOTS[name], path, scale=min(1, WIDEST / SHOTS[name].size[0]))
    assert path.stat().st_size <= LARGEST_BYTES
    with Image.open(path) as drawn:
        assert len(drawn.convert("RGB").getcolors(maxcolors=1 << 24) or []) > 20, "an empty page"
