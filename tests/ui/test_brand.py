"""A city's theme file on the kiosk: colours, name, picture; a broken picture breaks nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from kiosk.bootstrap.kiosk_parts import KioskPlan, read_plan
from kiosk.config.theme import default_theme_path
from tests.ui.stage import stage

pytestmark = pytest.mark.kivy

BRAND, SEAL = (122, 31, 92), (250, 204, 21)
SETTINGS = """
[office]
id = "city"
name_vi = "Trung tâm thành phố Mẫu"
name_en = "Sample City Centre"

[server]
url = "http://127.0.0.1:1"
credentials = "kiosk-1.json"

[screen]
theme = "city.toml"
"""


def branded(folder: Path, logo: bytes | None) -> KioskPlan:
    """A kiosk's settings with a copy of the theme in which name, brand colour and logo differ."""
    theme = default_theme_path().read_text(encoding="utf-8")
    theme = theme.replace('brand = "#0B5A4A"', f'brand = "#{bytes(BRAND).hex()}"', 1)
    theme = theme.replace('logo = ""', 'logo = "seal.png"', 1)
    (folder / "city.toml").write_text(theme, encoding="utf-8")
    (folder / "kiosk.toml").write_text(SETTINGS, encoding="utf-8")
    secret = {"id": "kiosk-1", "role": "kiosk", "secret": "s" * 24}
    (folder / "kiosk-1.json").write_text(json.dumps(secret), encoding="utf-8")
    (folder / "kiosk-1.json").chmod(0o600)
    if logo is not None:
        (folder / "seal.png").write_bytes(logo)
    return read_plan(folder / "kiosk.toml")


def look(plan: KioskPlan) -> dict[str, Any]:
    return {"theme": plan.theme, "logo": plan.logo, "office": plan.office}


def seal(folder: Path) -> bytes:
    path = folder / "drawn.png"
    Image.new("RGB", (64, 64), SEAL).save(path)
    return path.read_bytes()


def test_colours_picture_and_name_of_a_city_stand_on_every_screen(tmp_path: Path) -> None:
    plan = branded(tmp_path, seal(tmp_path))
    with stage(brand=look(plan)) as on:
        assert on.says("Trung tâm thành phố Mẫu")
        on.until(lambda: on.app.root.ids.header.children[-1].texture is not None)
        on.picture(tmp_path / "home.png")
        on.press_words("Lấy số thứ tự")
        on.picture(tmp_path / "services.png")
    for name in ("home", "services"):
        with Image.open(tmp_path / f"{name}.png") as picture:
            colours = {colour for _, colour in picture.convert("RGB").getcolors(1 << 20) or ()}
        assert {BRAND, SEAL} <= colours


@pytest.mark.parametrize("logo", [None, b"<svg/>"])
def test_a_picture_that_cannot_be_drawn_leaves_the_name(tmp_path: Path, logo: bytes | None) -> None:
    plan = branded(tmp_path, logo)
    with stage(brand=look(plan)) as on:
        on.frames(4)
        assert on.says("Trung tâm thành phố Mẫu")
        on.press_words("Lấy số thứ tự")
        assert on.screen == "services"
