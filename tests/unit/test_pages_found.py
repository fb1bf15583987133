"""Pages on made-up photographs: found, straightened, and judged as they were made."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from kiosk.adapters.opencv_pages import OpencvPages
from kiosk.domain.paper_page import Advice, PageLook, Side, alike, judged
from kiosk.use_cases.scan_ports import FoundPage
from tests.fakes.paper_scenes import (
    BIRTH,
    Pixels,
    Scene,
    paper,
    photographed,
    scenes,
    worst_corner,
)

FINDER = OpencvPages()
PAGE = paper()
EACH = 2
NEAR = 0.006
"""Corners may be off by this share of the page's diagonal."""


def found_in(scene: Scene, page: Pixels = PAGE) -> tuple[FoundPage | None, float]:
    """What is found, and how far its worst corner is off, share of the page's diagonal."""
    picture, truth = photographed(page, scene)
    found = FINDER.page(picture)
    if found is None:
        return None, 1.0
    height, width = picture.shape[:2]
    return found, worst_corner(np.array(found.corners) * [width, height], truth)


@pytest.mark.parametrize(
    "base",
    [
        Scene(),
        Scene(blur=1.2),
        Scene(noise=14),
        Scene(light=0.6),
    ],
    ids=["plain", "soft", "noisy", "dim"],
)
def test_a_good_page_is_found_straight_and_needs_no_advice(base: Scene) -> None:
    for scene in scenes(EACH, base):
        found, off = found_in(scene)
        assert found is not None
        assert off < NEAR
        assert judged(found.look) == ()
        height, width = found.straight.shape[:2]
        assert height / width == pytest.approx(PAGE.shape[0] / PAGE.shape[1], rel=0.12)


@pytest.mark.parametrize(
    ("base", "advice"),
    [
        (Scene(blur=2.2), Advice.BLURRED),
        (Scene(blur=4), Advice.BLURRED),
        (Scene(glare=0.12), Advice.GLARE),
        (Scene(light=0.26), Advice.TOO_DARK),
        (Scene(light=1.25), Advice.TOO_BRIGHT),
        (Scene(fill=0.38), Advice.TOO_SMALL),
        (Scene(shift=(0.0, 0.2)), Advice.CUT),
        (Scene(shift=(0.35, 0.0)), Advice.CUT),
    ],
    ids=lambda one: getattr(one, "value", ""),
)
def test_a_bad_page_gets_its_advice(base: Scene, advice: Advice) -> None:
    for scene in scenes(EACH, base):
        found, _ = found_in(scene)
        assert found is not None
        assert advice in judged(found.look)


def test_the_cut_side_is_named() -> None:
    found, _ = found_in(Scene(shift=(0.0, 0.2)))
    assert found is not None
    assert Side.BOTTOM in found.look.cut


def test_a_blank_page_is_no_blurred_one() -> None:
    found, off = found_in(Scene(), paper(()))
    assert found is not None
    assert off < NEAR
    assert judged(found.look) == (Advice.BLANK,)


def test_a_desk_without_paper_is_no_page() -> None:
    empty, _ = photographed(PAGE, Scene(shift=(3.0, 0.0)))
    assert FINDER.page(empty) is None
    assert FINDER.place(empty) is None
    assert judged(None) == (Advice.NO_PAGE,)


def test_the_same_page_is_known_again_and_another_is_not() -> None:
    first, _ = found_in(Scene())
    again, _ = found_in(Scene(seed=5, turn_degrees=-6.0, tilt=0.02, light=0.7))
    other, _ = found_in(Scene(), paper(("# TỜ KHAI", "", *BIRTH[9:] * 3)))
    assert first is not None
    assert again is not None
    assert other is not None
    assert Advice.SAME_AGAIN in judged(again.look, (first.look,))
    assert judged(other.look, (first.look,)) == ()


def test_a_turned_page_stays_the_page() -> None:
    found, _ = found_in(Scene())
    assert found is not None
    turned = FINDER.turned(found)
    assert turned.straight.shape == (*reversed(found.straight.shape[:2]), 3)
    four = FINDER.turned(FINDER.turned(FINDER.turned(turned)))
    assert np.array_equal(four.straight, found.straight)
    assert four.look == found.look


def test_a_flatbed_gives_the_page_as_it_is() -> None:
    found = OpencvPages(whole=True).page(PAGE)
    assert found is not None
    assert found.look.cut == ()
    assert np.array_equal(found.straight, PAGE)


def test_a_file_is_never_more_than_a_server_takes() -> None:
    noise = np.random.default_rng(1).integers(0, 255, (2200, 1600, 3), np.uint8)
    page = FoundPage(((0, 0), (1, 0), (1, 1), (0, 1)), LOOK, noise)
    assert len(FINDER.file(page)) <= 1_000_000


LOOK = PageLook(0.5, 1000, 1400, (), 0.6, 0.9, 0.0, 0.05, b"\0\1\2\3")


def test_the_gravest_advice_stands_first() -> None:
    bad = replace(LOOK, cut=(Side.LEFT,), sharpness=0.1, glare=0.5)
    assert judged(bad) == (Advice.CUT, Advice.GLARE, Advice.BLURRED)
    assert alike(LOOK, replace(LOOK, ink_map=b"\0\1\2\4"))
    assert not alike(LOOK, replace(LOOK, ink_map=b"\3\2\1\0"))
