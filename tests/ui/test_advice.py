"""Advice by touch: questions that lead to a procedure, who may file here, the list on paper."""

from __future__ import annotations

import pytest

from kiosk.config.kiosk import ScreenSection
from kiosk.domain.checklist_slip import ChecklistSlip
from kiosk.domain.words import Language
from kiosk.ui.widgets.procedure_row import ProcedureRow
from kiosk.ui.widgets.touch import TouchButton
from kiosk.use_cases.ports import PrinterFault
from tests.fakes.paper_tray import PaperTray
from tests.ui.picture_walk import SIZES
from tests.ui.stage import Stage, stage
from tests.ui.test_fits import FINGER, faults

pytestmark = pytest.mark.kivy

WAYS = {"Trả lời vài câu hỏi", "Ở nơi khác đến?"}


def rows(on: Stage) -> list[str]:
    return [w.words for w in on.shown() if isinstance(w, ProcedureRow)]


def to_the_guide(on: Stage) -> None:
    on.press_words("Tra cứu thủ tục")
    on.press_words("Trả lời vài câu hỏi")


def test_questions_lead_to_a_procedure_and_back_again() -> None:
    with stage() as on:
        to_the_guide(on)
        assert on.says("Việc của ông/bà là về điều gì?")
        for words in (
            "Gia đình: khai sinh, kết hôn, khai tử",
            "Giấy khai sinh",
            "Đã có, cần thêm bản sao",
        ):
            on.press_words(words)
        assert on.screen == "procedure"
        assert on.says("Bản sao trích lục hộ tịch, khai sinh")
        assert on.says("8.000 đ / bản sao")
        for question in ("Ông/bà cần gì về giấy khai sinh?", "Chuyện gì trong gia đình?"):
            on.press_back()
            assert on.says(question)
        on.press_back()
        on.press_back()
        assert on.screen == "search"
        on.press_back()
        assert on.screen == "home"


def test_whoever_finds_no_answer_sees_the_services() -> None:
    with stage() as on:
        to_the_guide(on)
        on.press_words("Kinh doanh")
        on.press_main()
        assert on.screen == "services"
        on.press_back()
        assert on.says("Việc gì về kinh doanh?")


def test_whoever_comes_from_elsewhere_sees_what_is_taken_from_there() -> None:
    with stage(size=SIZES["portrait"]) as on:
        on.press_words("Tra cứu thủ tục")
        on.press_words("Ở nơi khác đến?")
        on.press_words("Tỉnh, thành phố khác")
        assert on.screen == "search"
        assert len(rows(on)) == 5
        assert "Cấp đổi thẻ căn cước" in rows(on)
        on.type("khai sinh")
        assert rows(on) == []
        on.press_words("Trả lời vài câu hỏi")
        assert rows(on) == ["Bản sao, chứng thực, lý lịch", "Chỗ ở, thẻ căn cước"]
        on.press_back()
        on.press_words("Tỉnh khác")
        on.press_words("Nơi khác trong tỉnh, thành phố này")
        assert "Đăng ký khai sinh" in rows(on)
        on.app.leave()
        on.press_words("Tra cứu thủ tục")
        assert on.says("Ở nơi khác đến?")
        assert rows(on) == []


@pytest.mark.parametrize("orientation", SIZES)
def test_with_a_low_reach_both_ways_are_in_the_lower_part(orientation: str) -> None:
    with stage(size=SIZES[orientation]) as on:
        on.app.go(on.app.session.search())
        on.app.turn("low")
        on.frames(4)
        ways = [w for w in on.shown() if isinstance(w, TouchButton) and w.words in WAYS]
        assert {way.words for way in ways if way.opacity and not way.disabled} == WAYS
        for way in ways:
            assert way.to_window(way.x, way.top)[1] <= SIZES[orientation][1] * 0.6 + 1
            assert min(way.size) >= FINGER[orientation] - 1.5
        assert list(faults(on, 0)) == []
        on.press_words("Ở nơi khác đến?")
        assert on.screen == "whence"


def to_the_list(on: Stage) -> None:
    on.app.go(on.app.session.choose_procedure("CT", "2.000815").take_checklist())


def test_the_list_comes_on_paper_with_cost_and_time() -> None:
    tray = PaperTray()
    with stage(printer=tray) as on:
        to_the_list(on)
        on.press_words("In danh sách")
        on.until(lambda: on.says("Đã in."))
        assert not on.says("In danh sách")
        on.press_main()
        assert on.screen == "priority"
    (slip,) = tray.printed
    assert isinstance(slip, ChecklistSlip)
    assert slip.cost == "Lệ phí: 2.000 đ / trang"
    assert slip.time.startswith("Thời hạn giải quyết: Trong ngày. Nộp sau 15:00")
    assert slip.notes[0] == "Từ trang thứ 3: 1.000 đ/trang; tối đa 200.000 đ/bản."
    assert "Người ở mọi nơi nộp được tại đây. Cán bộ xác nhận." in slip.notes
    assert slip.bring[0] == "Bản chính giấy tờ (bản chính)"


def test_without_paper_the_list_is_tried_again_and_the_code_stays() -> None:
    tray = PaperTray(PrinterFault.PAPER_OUT)
    with stage(printer=tray) as on:
        to_the_list(on)
        on.press_words("In danh sách")
        on.until(lambda: on.says("Chưa in được."))
        assert on.app.shown.ids.qr.modules
        tray.fault = None
        on.press_words("In danh sách")
        on.until(lambda: on.says("Đã in."))
    assert len(tray.printed) == 1


def test_a_kiosk_without_a_printer_offers_no_paper() -> None:
    with stage(prints=False) as on:
        to_the_list(on)
        assert not on.says("In danh sách")


@pytest.mark.parametrize("orientation", SIZES)
@pytest.mark.parametrize("language", [Language.VI, Language.EN])
def test_every_question_of_the_guide_fits(orientation: str, language: Language) -> None:
    found: dict[str, list[str]] = {}
    screen = ScreenSection(language=language)
    with stage(size=SIZES[orientation], screen=screen) as on:
        search = on.app.session.search()
        for name in on.app.backstage.guide.questions:
            on.app.go(search.ask_guide(name))
            on.frames(4)
            shown = len(rows(on))
            assert shown == len(on.app.backstage.guide.question(name).answers), name
            found[name] = list(faults(on, FINGER[orientation]))
        on.app.go(search.ask_whence())
        on.frames(4)
        found["whence"] = list(faults(on, FINGER[orientation]))
    assert [f"{name}: {text}" for name, texts in found.items() for text in texts] == []
