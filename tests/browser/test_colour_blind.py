"""The states of a wait stay apart for eyes that see fewer colours, and for those that see none."""

from __future__ import annotations

import io
import math
from itertools import combinations

import pytest
from PIL import Image, ImageCms
from playwright.sync_api import CDPSession, Page, expect

from tests.browser.stub_server import StubOffice

pytestmark = pytest.mark.browser

EYES = ("none", "protanopia", "deuteranopia", "tritanopia")
"""Chromium's own simulation, at full strength, of the page as it is drawn."""
STATES = ("on_target", "near_limit", "over_limit")
APART = 20.0
"""Distance in CIE L*a*b* (ΔE*76); 2.3 is what an eye just notices beside each other."""
OTHER_SHAPE = 0.08
"""Share of the pixels that must differ between two shapes, whatever their colour."""
SIDE, DRAWN = 24, 40
LAB = ImageCms.buildTransform(
    ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), "RGB", "LAB"
)


def marks(page: Page, session: CDPSession, eyes: str) -> dict[str, Image.Image]:
    """Each state's mark in the table of services, as these eyes see it."""
    session.send("Emulation.setEmulatedVisionDeficiency", {"type": eyes})
    whole = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    drawn = {}
    for state in STATES:
        box = page.locator(f"table.services svg.mark.{state}").first.bounding_box()
        assert box is not None
        left, top = box["x"], box["y"]
        drawn[state] = whole.crop((left, top, left + box["width"], top + box["height"]))
    return drawn


def colour(mark: Image.Image) -> tuple[float, float, float]:
    """L*, a*, b* of what the mark is filled with: the commonest colour that is not the ground."""
    ground = mark.getpixel((0, 0))
    found = mark.getcolors(1 << 16) or []
    _, filled = max((n, rgb) for n, rgb in found if rgb != ground)
    lab = ImageCms.applyTransform(Image.new("RGB", (1, 1), filled), LAB)
    assert lab is not None
    light, a, b = lab.tobytes()
    # The file of Lab has a* and b* as signed bytes.
    return light * 100 / 255, (a ^ 128) - 128, (b ^ 128) - 128


def shape(mark: Image.Image) -> list[bool]:
    """Which pixels of the mark are drawn, whatever their colour."""
    plain = mark.convert("L").resize((SIDE, SIDE))
    ground = plain.getpixel((0, 0))
    return [abs(light - ground) > DRAWN for light in plain.tobytes()]  # type: ignore[operator]  # grey


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_states_stay_apart_by_colour_and_by_shape_and_word(
    page: Page, office: StubOffice, theme: str
) -> None:
    page.goto(f"{office.url}/board?theme={theme}")
    for state in STATES:
        expect(page.locator(f"table.services svg.mark.{state}").first).to_be_visible()
    page.evaluate("document.fonts.ready")
    session = page.context.new_cdp_session(page)
    near = {}
    # Black, white and yellow have no three colours for states: there shape and word say it.
    for eyes in EYES if theme != "contrast" else ():
        found = {state: colour(mark) for state, mark in marks(page, session, eyes).items()}
        for one, other in combinations(STATES, 2):
            distance = math.dist(found[one], found[other])
            if distance < APART:
                near[eyes, one, other] = distance
    assert near == {}

    shapes = {state: shape(mark) for state, mark in marks(page, session, "achromatopsia").items()}
    for one, other in combinations(STATES, 2):
        pairs = zip(shapes[one], shapes[other], strict=True)
        assert sum(a != b for a, b in pairs) / SIDE**2 > OTHER_SHAPE, (one, other)
    words = {
        page.locator(f"table.services tr.{state} .oldest .word").first.inner_text()
        for state in STATES
    }
    assert len(words) == len(STATES)
