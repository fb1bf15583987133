"""The office's new name, picture and colours come on the screen between two citizens, running."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from kivy.utils import get_color_from_hex
from PIL import Image

from kiosk.domain.office_face import OfficeFace
from kiosk.domain.ticket import WaitingLine
from kiosk.domain.words import Words
from kiosk.use_cases.watch_office import OfficeNow
from tests.ui.stage import OFFICE, stage

pytestmark = pytest.mark.kivy

NAME = Words("Trung tâm Phục vụ hành chính công phường Mới", "New Ward Public Service Centre")
PURPLE, LILAC = "#5B2A86", "#C9A7EB"


def seen(face: OfficeFace | None, lines: tuple[WaitingLine, ...] | None = ()) -> OfficeNow:
    return OfficeNow(lines, None, face=face)


def test_what_was_changed_at_administration_is_worn_between_two_citizens(tmp_path: Path) -> None:
    logo = tmp_path / "logo.png"
    Image.new("RGB", (60, 40), PURPLE).save(logo)
    face = OfficeFace(NAME, str(logo), (PURPLE, LILAC))
    told: list[Words] = []
    with stage() as kiosk:
        app = kiosk.app
        app.backstage = replace(app.backstage, named=told.append)
        kiosk.until(lambda: kiosk.says(OFFICE.vi))
        contrast = list(app.look.focus)

        app.go(app.session.choose_service("CT"))
        kiosk.frames()
        app.outlook._seen(seen(face))
        kiosk.frames()
        assert kiosk.says(OFFICE.vi), "nothing changes under a citizen's hands"
        app.leave()
        app.outlook._seen(seen(None))
        kiosk.until(lambda: kiosk.says(NAME.vi))
        header = app.root.ids.header
        assert header.logo == str(logo)
        assert list(app.look.brand) == pytest.approx(get_color_from_hex(PURPLE))
        assert list(app.look.focus) == contrast, "only the brand is the office's"
        assert told == [NAME], "paper bears it, too"
        kiosk.picture(tmp_path / "worn.png")
