"""A citizen's way through the screens, pressed on real widgets, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from kiosk.config.kiosk import ScreenSection
from kiosk.domain.priority import Priority
from kiosk.domain.session import Session
from kiosk.domain.words import Language
from kiosk.use_cases.ports import PrinterFault
from tests.fakes.paper_tray import PaperTray
from tests.fakes.ticket_office import FOLLOW
from tests.ui.stage import Stage, stage

pytestmark = pytest.mark.kivy

SIZES = [(1080, 1920), (1280, 800)]


@pytest.mark.parametrize("size", SIZES, ids=["portrait", "landscape"])
@pytest.mark.parametrize("language", list(Language))
def test_from_the_first_touch_to_the_slip(language: Language, size: tuple[int, int]) -> None:
    tray = PaperTray()
    with stage(size=size, screen=ScreenSection(language=language), printer=tray) as on:
        say, of = on.app.locale.say, on.app.locale.of
        assert on.says(say("home_question"))
        on.press_words(say("door_number"))
        assert on.screen == "services"
        civil = on.app.backstage.catalogue.service("HT")
        assert civil is not None
        on.press_words(of(civil.name))
        on.press_words(of(civil.procedures[0].name))
        assert on.says(of(civil.procedures[0].documents[0].name))
        on.press_main()
        assert on.says(say("priority_question"))
        on.press_main()
        on.until(lambda: on.screen == "ticket")
        assert on.says("A001")
        assert on.says(say("ahead_many", n=3))
        assert on.says(say("take_slip"))
        on.press_main()
        assert on.screen == "home"
    (kept,) = on.office.tickets.values()
    assert kept.order == {
        "service": "HT",
        "priority": "normal",
        "language": language.value,
        "procedure": civil.procedures[0].code,
    }
    assert (kept.state, kept.slip) == ("waiting", "printed")
    paper = language.on_paper().value
    assert [(slip.number, slip.language) for slip in tray.printed] == [("A001", paper)]


@pytest.mark.parametrize("size", SIZES, ids=["portrait", "landscape"])
def test_what_the_citizen_has_along_is_ticked_and_goes_with_the_wish(
    size: tuple[int, int],
) -> None:
    with stage(size=size) as on:
        procedure = on.app.backstage.catalogue.procedure("1.001193")
        assert procedure is not None
        on.app.go(on.app.session.choose_procedure("HT", procedure.code))
        papers = [on.app.locale.of(paper.name) for paper in procedure.documents]
        for touched in (papers[0], papers[1], papers[1]):
            on.press_words(touched)
        assert on.app.session.papers == (0,)
        on.press_main()
        on.press_back()
        assert on.app.session.papers == (0,), "nothing is lost on the way back"
        assert on.app.session.want_number().declare(Priority.NORMAL).order.papers == (0,)


def test_the_home_screen_offers_the_services_most_asked_for() -> None:
    with stage() as on:
        cards = [w for w in on.shown() if hasattr(w, "service") and hasattr(w, "letter")]
        assert [card.service for card in cards] == ["CT", "HT", "CA", "DD"]
        assert all(card.waiting == "3 người đang chờ" for card in cards)
        assert all(card.wait == "Chờ khoảng 10 phút" for card in cards)
        on.press(cards[0])
        on.press_words("Không rõ, lấy số luôn")
        on.press_main()
        on.until(lambda: on.screen == "ticket")
    assert next(iter(on.office.tickets.values())).order["procedure"] is None


def test_a_service_that_only_the_server_knows_can_be_taken() -> None:
    with stage() as on:
        on.press_words("Lấy số thứ tự")
        while not on.says("Nghĩa vụ quân sự"):
            on.press(on.app.root.ids.screens.current_screen.ids.pages.ids.after)
        on.press_words("Nghĩa vụ quân sự")
        assert on.says("Cán bộ tại quầy sẽ hướng dẫn ông/bà.")
        on.press_main()
        on.press_main()
        on.until(lambda: on.screen == "ticket")
        assert on.says("N001")


@pytest.mark.parametrize("priority", [p for p in Priority if p is not Priority.NORMAL])
def test_a_priority_is_declared_by_its_card(priority: Priority) -> None:
    with stage() as on:
        on.app.go(on.app.session.choose_service("CT").want_number())
        on.press_words(on.app.locale.say(f"priority_{priority.value}"))
        on.until(lambda: on.screen == "ticket")
        # Nobody who looks over the shoulder may read the class.
        assert not on.says(on.app.locale.say(f"priority_{priority.value}"))
    assert next(iter(on.office.tickets.values())).order["priority"] == priority.value


def test_the_search_finds_without_diacritics_and_leads_to_a_number() -> None:
    with stage() as on:
        on.press_words("Tra cứu thủ tục")
        assert on.says("không cần dấu")
        on.type("so dox")
        on.type(["backspace"])
        assert on.app.root.ids.screens.current_screen.query == "so do"
        on.press_words("Cấp sổ đỏ lần đầu (hộ gia đình, cá nhân)")
        assert on.says("Cán bộ sẽ cho biết")
        on.press_main()
        on.press_back()
        on.press_back()
        assert on.screen == "search"
        assert on.app.root.ids.screens.current_screen.query == "so do"
        on.type(["clear"])
        on.type("qqq")
        assert on.says("Chưa tìm thấy")


def test_every_step_leads_back_and_the_language_changes_anywhere() -> None:
    with stage() as on:
        on.press_words("Lấy số thứ tự")
        on.press_words("Hộ tịch")
        on.press_words("Đăng ký kết hôn")
        on.press_main()
        on.press_bar("en")
        assert on.screen == "priority"
        assert on.says("Do any of these apply to you?")
        for expected in ("procedure", "procedures", "services", "home"):
            on.press_back()
            assert on.screen == expected
        assert on.says("What do you need today?")
        on.press_bar("vi")
        assert on.says("Ông/bà cần làm gì hôm nay?")
        assert on.app.session == Session()


@pytest.mark.parametrize("fault", list(PrinterFault))
@pytest.mark.parametrize("language", list(Language))
def test_a_printer_fault_shows_the_number_and_its_code(
    fault: PrinterFault, language: Language, tmp_path: Path
) -> None:
    screen = ScreenSection(language=language)
    size = SIZES[0]
    with stage(size=size, screen=screen, printer=PaperTray(fault)) as on:
        take_number(on)
        say = on.app.locale.say
        for words in (f"fault_{fault.value}", "still_valid", "note_number"):
            assert on.says(say(words))
        assert not on.says(say("take_slip"))
        assert on.says("B001")
        on.picture(tmp_path / "fault.png")
    with Image.open(tmp_path / "fault.png") as picture:
        (code,) = zxingcpp.read_barcodes(picture.convert("L"))
    (kept,) = on.office.tickets.values()
    assert code.text == FOLLOW + kept.id
    assert (kept.state, kept.slip) == ("waiting", "shown")


def test_a_kiosk_without_a_printer_says_so() -> None:
    with stage(prints=False) as on:
        take_number(on)
        assert on.says("Máy này không in phiếu. Số của ông/bà vẫn có hiệu lực.")


@pytest.mark.fault
def test_a_server_that_is_away_is_said_and_tried_again() -> None:
    with stage() as on:
        on.gateway.away = True
        on.app.go(on.app.session.choose_service("CT").want_number())
        on.press_words("Từ 80 tuổi trở lên")
        on.until(lambda: on.screen == "no_number")
        assert on.says("Hệ thống đang kết nối lại.")
        on.press_back()
        assert on.screen == "priority"
        on.press_words("Từ 80 tuổi trở lên")
        on.until(lambda: on.screen == "no_number")
        on.gateway.away = False
        on.press_main()
        on.until(lambda: on.screen == "ticket")
    (kept,) = on.office.tickets.values()
    assert kept.order["priority"] == "age_80"


def test_the_checklist_is_taken_away_as_text_that_needs_no_network(tmp_path: Path) -> None:
    with stage(size=SIZES[0]) as on:
        on.press_words("Lấy số thứ tự")
        on.press_words("Hộ tịch")
        on.press_words("Đăng ký khai sinh")
        on.press_words("Mang danh sách về")
        assert on.says("Không cần mạng")
        on.picture(tmp_path / "list.png")
        on.press_back()
        assert on.screen == "procedure"
        on.press_words("Mang danh sách về")
        on.press_main()
        assert on.screen == "priority"
    with Image.open(tmp_path / "list.png") as picture:
        (code,) = zxingcpp.read_barcodes(picture.convert("L"))
    lines = code.text.splitlines()
    assert lines[0] == "ĐĂNG KÝ KHAI SINH"
    assert any(line.startswith("- Giấy chứng sinh") for line in lines)
    assert any("Lệ phí: Miễn phí. Miễn phí khi đăng ký đúng hạn" in line for line in lines)


def test_a_slip_that_got_lost_is_printed_again_but_not_without_end() -> None:
    tray = PaperTray()
    with stage(printer=tray) as on:
        take_number(on)
        for copies in (2, 3):
            on.press_words("In lại phiếu")
            on.until(lambda copies=copies: len(tray.printed) == copies)  # type: ignore[misc]  # a default
            on.until(lambda: not on.app.numbers.printing_again)
        assert not on.says("In lại phiếu")
        on.press_main()
    assert [slip.number for slip in tray.printed] == ["B001"] * 3
    assert len(on.office.tickets) == 1


def test_after_new_paper_the_number_comes_out() -> None:
    tray = PaperTray(PrinterFault.PAPER_OUT)
    with stage(printer=tray) as on:
        take_number(on)
        on.press_words("In lại phiếu")
        on.until(lambda: not on.app.numbers.printing_again)
        assert on.says("Máy hết giấy.")
        tray.fault = None
        on.press_words("In lại phiếu")
        on.until(lambda: on.says("Mời ông/bà lấy phiếu"))
    assert [slip.number for slip in tray.printed] == ["B001"]


def take_number(on: Stage) -> None:
    on.app.go(on.app.session.choose_service("CT").want_number())
    on.press_main()
    on.until(lambda: on.screen == "ticket")
