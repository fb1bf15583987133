"""What the office changes comes on the screen between two citizens, running: look, procedures."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from kivy.utils import get_color_from_hex
from PIL import Image

from kiosk.domain.catalogue import Catalogue, KioskMode, ServiceEntry
from kiosk.domain.office_face import OfficeFace
from kiosk.domain.search import ProcedureSearch
from kiosk.domain.ticket import WaitingLine
from kiosk.domain.words import Words
from kiosk.use_cases.watch_office import OfficeNow
from tests.fakes.filing_desk import FakeFilings
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


def test_what_the_office_changed_in_its_catalogue_is_shown_found_and_printed(
    tmp_path: Path,
) -> None:
    told: list[Catalogue] = []
    with stage(filings=FakeFilings()) as kiosk:
        app = kiosk.app
        app.backstage = replace(app.backstage, offered=told.append)
        before = app.backstage.catalogue
        found = ProcedureSearch(Catalogue(other(one) for one in before.services))
        app.go(app.session.choose_service("HT"))
        kiosk.until(lambda: kiosk.says("Xác nhận tình trạng hôn nhân"))
        app.outlook._seen(OfficeNow((), None, procedures=found))
        kiosk.frames()
        assert app.backstage.catalogue is before, "nothing changes under a citizen's hands"
        app.leave()
        app.outlook._seen(OfficeNow((), None))
        assert told == [found.catalogue]
        app.go(app.session.choose_service("HT"))
        kiosk.until(lambda: kiosk.says("Giấy độc thân"))
        assert not kiosk.says("Xác nhận tình trạng hôn nhân")
        kiosk.picture(tmp_path / "offered.png")
        app.leave()
        app.go(app.session.list_filings())
        kiosk.frames()
        assert not kiosk.says("Giấy độc thân"), "the office takes it by appointment only now"
        app.leave()
        app.go(app.session.search())
        kiosk.type("doc than")
        kiosk.until(lambda: kiosk.says("Giấy độc thân"))


def other(service: ServiceEntry) -> ServiceEntry:
    """The service with another name and mode of one procedure."""
    return replace(
        service,
        procedures=tuple(
            replace(one, name=Words("Giấy độc thân", "Single"), mode=KioskMode.APPOINTMENT_ONLY)
            if one.code == "1.004873"
            else one
            for one in service.procedures
        ),
    )
