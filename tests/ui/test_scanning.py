"""Papers are scanned at the kiosk with real touches: laid down, taken, judged, kept, read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from kiosk.adapters.catalogue_files import read_catalogue, shipped_catalogue
from kiosk.adapters.opencv_pages import OpencvPages
from kiosk.adapters.picture_folder import PictureFolder
from kiosk.config.kiosk import ScreenSection
from kiosk.domain.catalogue import Document
from kiosk.domain.paper_page import MOST_PAGES
from kiosk.domain.paper_text import TextLine
from kiosk.domain.words import Language
from kiosk.ui.filing.bodies import ChoiceRow
from kiosk.ui.filing.scan_bodies import PageBody, ScanBody
from kiosk.use_cases.filing import Place
from kiosk.use_cases.scan_papers import ScanPapers
from queue_server.contracts.forms import shipped_forms
from tests.fakes.filing_desk import FakeFilings
from tests.fakes.filings import PERSON, answered
from tests.fakes.paper_scenes import Scene, paper, photographed
from tests.ui.filing_walk import Finger
from tests.ui.picture_walk import SIZES
from tests.ui.scan_walk import Desk, SaidPrint, SlowPrint, choose, keep, take
from tests.ui.stage import Stage, stage
from tests.ui.test_fits import FINGER, faults

pytestmark = pytest.mark.kivy

MARITAL = "1.004873"
PAGE = paper()
EMPTY = photographed(paper(()), Scene())[0]
GOOD, BAD = photographed(PAGE, Scene())[0], photographed(PAGE, Scene(blur=4, seed=3))[0]
SAID = (
    TextLine("GIẤY XÁC NHẬN THÔNG TIN VỀ CƯ TRÚ", 0.9),
    TextLine("Họ và tên: Nguyễn Thị Thử", 0.95),
    TextLine("Số định danh cá nhân: 001190000001", 0.9),
    TextLine("Số điện thoại: 0912 000 111", 0.2),
)


def to_first_paper(on: Stage) -> Finger:
    """Papers before questions, the first of the list."""
    finger = Finger(on)
    finger.open(MARITAL)
    on.press_words(on.app.locale.say("scan_first"))
    on.until(lambda: finger.filing.place is Place.PAPERS)
    on.press(finger.rows()[0])
    assert finger.filing.place is Place.PAPER
    return finger


def test_pages_are_taken_kept_and_handed_in_and_print_fills_the_form() -> None:
    filings, desk = FakeFilings(), Desk(SaidPrint(SAID))
    answers = answered(shipped_forms()[MARITAL])
    with stage(filings=filings, papers=desk.papers()) as on:
        finger = to_first_paper(on)
        desk.lay(GOOD)
        choose(finger, "scan")
        take(finger)
        assert on.says("Trang rõ, đủ bốn góc.")
        keep(finger)
        assert on.says("Đã quét 1 trang")
        choose(finger, "scan")
        take(finger)
        assert on.says("Trang này giống trang đã quét.")
        keep(finger)
        choose(finger, "proposals")
        assert on.says("Số định danh người yêu cầu")
        assert not on.says("0912")
        on.press_main()
        assert finger.filing.answers == {"name": PERSON["name"], "identity": PERSON["identity"]}
        on.press_main()
        assert finger.filing.place is Place.PAPERS
        on.press_main()
        finger.answer_all(answers)
        assert on.says("Đã quét 2 trang")
        on.press_main()
        on.press_main()
        on.press_main()
        on.until(lambda: finger.filing.place is Place.DONE)
        (filed,) = filings.filed.values()
        first = filed.papers[0][0]
        assert filed.pages == {first: 2}
        assert filed.papers[0][1]
        kept = filings.pages[filed.code][first]
        assert [one[:2] for one in kept] == [b"\xff\xd8"] * 2
        on.press_main()
        assert finger.screen.body(PageBody).ids.view._texture is None


def test_a_bad_page_gets_advice_is_taken_again_and_turned() -> None:
    desk = Desk()
    with stage(filings=FakeFilings(), papers=desk.papers()) as on:
        finger = to_first_paper(on)
        desk.lay(BAD)
        choose(finger, "scan")
        take(finger)
        assert on.says("Hình bị mờ.")
        assert on.says("Vẫn giữ trang này")
        on.press_words("Chụp lại")
        desk.lay(photographed(PAGE, Scene(shift=(3.0, 0.0)))[0])
        on.press_main()
        on.until(lambda: on.says("Chưa thấy tờ giấy."))
        desk.lay(GOOD)
        on.press_main()
        on.until(lambda: finger.filing.place is Place.PAGE)
        view = finger.screen.body(PageBody).ids.view
        upright = view._texture.size
        on.press_words("Xoay")
        on.until(lambda: view._texture.size == upright[::-1])
        on.press_back()
        assert finger.filing.place is Place.SCAN
        on.press_back()
        choose(finger, "brought")
        assert on.says("Có bản giấy, chưa quét")


def test_a_page_that_was_not_saved_stays_and_is_kept_once() -> None:
    filings, desk = FakeFilings(), Desk(None)
    with stage(filings=filings, papers=desk.papers()) as on:
        finger = to_first_paper(on)
        assert on.says("Máy này không đọc chữ trên giấy")
        desk.lay(GOOD)
        choose(finger, "scan")
        take(finger)
        filings.loses = True
        on.press_main()
        on.until(lambda: on.says("Hệ thống đang kết nối lại"))
        assert finger.filing.place is Place.PAGE
        keep(finger)
        ((pages,),) = (kept.values() for kept in filings.pages.values())
        assert len(pages) == 1
        choose(finger, "drop")
        on.until(lambda: finger.filing.scanned == 0)
        assert not any(filings.pages[finger.filing.code].values())


def test_a_wrong_paper_is_noticed_and_a_camera_that_is_gone_is_said() -> None:
    names = [one.name.vi for one in documents()]
    said = SaidPrint((TextLine(names[1].upper(), 0.9),))
    desk = Desk(said)
    with stage(filings=FakeFilings(), papers=desk.papers()) as on:
        finger = to_first_paper(on)
        choose(finger, "scan")
        on.until(lambda: on.says("Máy ảnh giấy tờ chưa dùng được."))
        desk.lay(GOOD)
        on.press_main()
        on.until(lambda: finger.filing.place is Place.PAGE)
        keep(finger)
        on.until(lambda: on.says("Trang vừa quét giống"))


def test_a_blank_page_is_not_kept_and_says_what_to_do() -> None:
    filings, desk = FakeFilings(), Desk()
    with stage(filings=filings, papers=desk.papers()) as on:
        finger = to_first_paper(on)
        desk.lay(EMPTY)
        choose(finger, "scan")
        take(finger)
        assert on.says("Trang này trắng nên không giữ.")
        assert finger.screen.main_words == ""
        finger.screen.on_main()
        on.frames(6)
        assert not filings.pages
        assert finger.filing.place is Place.PAGE
        desk.lay(GOOD)
        on.press_words("Chụp lại")
        take(finger)
        keep(finger)


def test_pages_in_the_wrong_order_are_noticed_of_their_own_paper_only() -> None:
    said = SaidPrint((TextLine("Trang 2/2", 0.9),))
    desk = Desk(said)
    with stage(filings=FakeFilings(), papers=desk.papers()) as on:
        finger = to_first_paper(on)
        first = finger.filing.paper
        desk.lay(GOOD)
        choose(finger, "scan")
        take(finger)
        keep(finger)
        assert not on.says("Nếu lộn thứ tự")
        said.said = (TextLine("Trang 1/2", 0.9),)
        choose(finger, "scan")
        take(finger)
        keep(finger)
        assert on.says("Trang in số 1 đứng sau trang số 2.")
        on.press_main()
        (other, *_) = (row for row in finger.rows() if row.id != first)
        on.press(other)
        assert not on.says("Nếu lộn thứ tự")
        on.press_back()
        on.press(next(row for row in finger.rows() if row.id == first))
        choose(finger, "some")
        assert on.says("Bỏ trang nào?")
        assert [row.id for row in finger.rows()] == ["1", "2", "all"]
        on.press(finger.rows()[0])
        on.until(lambda: finger.filing.scanned == 1)
        assert finger.filing.place is Place.PAPER
        assert not on.says("Nếu lộn thứ tự")
        choose(finger, "drop")
        on.until(lambda: finger.filing.scanned == 0)
        assert not on.says("Nếu lộn thứ tự")


def test_a_page_taken_out_whose_answer_was_lost_is_taken_out_once() -> None:
    filings = FakeFilings()
    with stage(filings=filings, papers=Desk().papers()) as on:
        finger = to_first_paper(on)
        filing = replace(finger.filing, code="ABCD2345", pages={finger.filing.paper: 3})
        filings.pages[filing.code] = {filing.paper: [b"one", b"two", b"three"]}
        finger.screen._flow.go(filing)
        choose(finger, "some")
        filings.loses = True
        on.press(finger.rows()[1])
        on.until(lambda: on.says("Hệ thống đang kết nối lại"))
        on.press(finger.rows()[1])
        on.until(lambda: finger.filing.scanned == 2)
        assert filings.pages[filing.code][filing.paper] == [b"one", b"three"]
        choose(finger, "some")
        on.press_main()
        assert on.says("Đã quét 2 trang")
        choose(finger, "some")
        on.press(finger.rows()[-1])
        on.until(lambda: finger.filing.scanned == 0)
        assert filings.pages[filing.code] == {}


def test_the_forty_first_page_is_declined_kindly_and_the_paper_goes_on() -> None:
    with stage(filings=FakeFilings(), papers=Desk().papers()) as on:
        finger = to_first_paper(on)
        full = replace(finger.filing, pages={finger.filing.paper: MOST_PAGES})
        finger.screen._flow.go(full)
        on.until(lambda: on.says("Giấy này đã đủ 40 trang."))
        assert {w.id for w in on.shown() if isinstance(w, ChoiceRow)} == {"some"}
        on.press_main()
        assert finger.filing.place is Place.PAPERS
        assert on.says("Đã quét 40 trang")


def test_a_full_disk_is_said_and_the_page_waits_on_the_screen() -> None:
    filings, desk = FakeFilings(), Desk()
    with stage(filings=filings, papers=desk.papers()) as on:
        finger = to_first_paper(on)
        desk.lay(GOOD)
        choose(finger, "scan")
        take(finger)
        filings.full = True
        on.press_main()
        on.until(lambda: on.says("Chưa lưu được"))
        assert finger.filing.place is Place.PAGE
        assert on.says("Giữ trang này")
        filings.full = False
        keep(finger)
        ((pages,),) = (kept.values() for kept in filings.pages.values())
        assert len(pages) == 1


def test_the_screen_answers_while_print_is_read() -> None:
    reader = SlowPrint(SAID)
    desk = Desk(reader)
    with stage(filings=FakeFilings(), papers=desk.papers()) as on:
        finger = to_first_paper(on)
        paper_here = finger.filing.paper
        desk.lay(GOOD)
        choose(finger, "scan")
        take(finger)
        on.press_main()
        on.until(reader.begun.is_set)
        on.until(lambda: on.says("Đang đọc chữ trên giấy…"))
        on.press_main()
        assert finger.filing.place is Place.PAPERS
        on.press(next(row for row in finger.rows() if row.id == paper_here))
        assert on.says("Đang đọc chữ trên giấy…")
        reader.may_end.set()
        on.until(lambda: on.says("Xem 2 mục đọc được trên giấy"))


def test_a_flatbed_waits_for_its_button_and_leaves_no_picture_behind(tmp_path: Path) -> None:
    folder = tmp_path / "scans"
    folder.mkdir()
    camera = PictureFolder(folder)
    papers = ScanPapers(camera, OpencvPages(whole=True), SaidPrint(), flatbed=True)
    with stage(filings=FakeFilings(), papers=papers) as on:
        finger = to_first_paper(on)
        choose(finger, "scan")
        assert on.says("Đặt giấy úp xuống máy quét")
        view = finger.screen.body(ScanBody).ids.view
        on.press_main()
        on.frames(6)
        assert finger.filing.place is Place.SCAN
        assert view._texture is None
        Image.fromarray(PAGE).save(folder / "page.jpg")
        take(finger)
        assert on.says("Trang rõ, đủ bốn góc.")
        assert list(folder.iterdir()) == []
        Image.fromarray(PAGE).save(folder / "late.jpg")
        on.app.leave()
        on.until(lambda: not list(folder.iterdir()))


def documents() -> tuple[Document, ...]:
    found = read_catalogue(Path(str(shipped_catalogue()))).procedure(MARITAL)
    assert found is not None
    return found.documents


@pytest.mark.parametrize("orientation", SIZES)
def test_every_place_of_scanning_fits(orientation: str) -> None:
    found: dict[str, list[str]] = {}
    desk = Desk(SaidPrint(SAID))
    screen = ScreenSection(language=Language.EN)
    size = SIZES[orientation]
    with stage(size=size, filings=FakeFilings(), screen=screen, papers=desk.papers()) as on:
        finger = Finger(on)
        on.app.go(on.app.session.list_filings())
        known = on.app.backstage.catalogue.procedure(MARITAL)
        assert known is not None
        on.app.go(on.app.session.file_here(known.service, known.code))
        on.frames(3)
        found["advise"] = list(faults(on, FINGER[orientation]))
        on.press_words(on.app.locale.say("scan_first"))
        on.press(finger.rows()[0])
        on.frames(3)
        found["paper"] = list(faults(on, FINGER[orientation]))
        desk.lay(BAD)
        choose(finger, "scan")
        take(finger)
        on.frames(3)
        found["page"] = list(faults(on, FINGER[orientation]))
        keep(finger)
        choose(finger, "proposals")
        on.frames(3)
        found["proposals"] = list(faults(on, FINGER[orientation]))
    assert {name: texts for name, texts in found.items() if texts} == {}
