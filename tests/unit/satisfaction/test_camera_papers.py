"""The papers of the camera: one page of sign, both languages, and what is named exists."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import fontpkg_be_vietnam_pro
import pytest
import typst

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "firmware_configs" / "camera"
FONTS = Path(fontpkg_be_vietnam_pro.ROOT) / "files"


@pytest.mark.picture
def test_the_door_sign_is_one_page(picture: Callable[[str], Path]) -> None:
    pages = typst.compile(
        str(FOLDER / "door-sign.typ"), format="png", ppi=72, font_paths=[str(FONTS)]
    )
    assert isinstance(pages, bytes), "more than one page"
    path = picture("camera-door-sign")
    path.write_bytes(pages)
    assert path.stat().st_size > 10_000


def test_the_notice_stands_in_both_languages() -> None:
    notice = tomllib.loads((FOLDER / "notice.toml").read_text("utf-8"))
    assert len(notice) >= 10
    for words in notice.values():
        assert set(words) == {"vi", "en"}
        assert all(len(text) > 10 for text in words.values())


@pytest.mark.parametrize("paper", ["impact-assessment.md", "risk-classification.md"])
def test_what_a_paper_points_to_exists(paper: str) -> None:
    text = (FOLDER / paper).read_text("utf-8")
    assert "⟨" in text, "the office's own part is marked"
    for name in re.findall(r"`((?:tests|edge_models|firmware_configs)/[\w/.-]+)`", text):
        assert (ROOT / name).exists(), name
