"""Staff are asked to come home: pressed on real widgets, checked, printed, and forgotten."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from kiosk.domain.priority import Priority
from kiosk.domain.promise import PromiseSlip
from kiosk.domain.words import Language
from kiosk.use_cases.ports import PrinterFault
from tests.fakes.appointment_book import PAGE
from tests.fakes.home_visits import HomeVisits
from tests.fakes.paper_tray import PaperTray
from tests.ui.home_visit_walk import ADDRESS, NAME, PHONE, home_visit
from tests.ui.scanned_texts import CODE
from tests.ui.stage import NOW, Stage, stage
from tests.ui.test_fits import FINGER, SIZES, faults

pytestmark = pytest.mark.kivy


def visits() -> HomeVisits:
    return HomeVisits(NOW.date())


def everything_of(on: Stage) -> str:
    return repr([getattr(widget, "text", "") for widget in on.everything()])


def test_a_visit_is_asked_for_printed_and_forgotten(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    office, tray = visits(), PaperTray()
    with stage(size=(1080, 1920), printer=tray, home_visits=office) as on:
        for shot in home_visit(on):
            if shot.name == "home-visit-done":
                on.picture(tmp_path / "done.png")
                assert on.says("H7M2 9QXT")
                assert on.says("Chiều Thứ Tư, 13/05/2026")
        on.press_main()
        assert on.screen == "home"
        assert NAME not in everything_of(on)
        assert PHONE not in everything_of(on)
    (wish,) = office.asked.values()
    assert (wish.service, wish.part, wish.priority) == ("CT", "afternoon", Priority.AGE_80)
    assert (wish.name, wish.phone, wish.address) == (NAME, PHONE, ADDRESS)
    (slip,) = tray.printed
    assert isinstance(slip, PromiseSlip)
    assert (slip.number, slip.part) == ("H7M2 9QXT", "afternoon")
    for personal in (NAME, PHONE, ADDRESS):
        assert personal not in repr(slip)
        assert personal not in caplog.text
        assert personal not in repr(wish)
    with Image.open(tmp_path / "done.png") as picture:
        (code,) = zxingcpp.read_barcodes(picture.convert("L"))
    assert code.text == f"{PAGE}H7M29QXT"


def test_what_is_wrong_is_said_and_every_step_goes_back() -> None:
    with stage(home_visits=visits()) as on:
        walk = home_visit(on)
        while next(walk).name != "home-visit-phone":
            pass
        on.press_main()
        assert on.says("10 hoặc 11 số")
        on.press_back()
        assert on.says(NAME)
        for expected in ("Người cần được phục vụ tại nhà", "Buổi cán bộ đến", "Việc cần làm"):
            on.press_back()
            assert on.says(expected)
        on.press_back()
        assert on.screen == "appointments"


@pytest.mark.fault
def test_a_lost_answer_asks_for_one_visit_only_and_a_full_half_day_leads_to_another() -> None:
    office = visits()
    with stage(home_visits=office, printer=PaperTray(PrinterFault.PAPER_OUT)) as on:
        walk = home_visit(on)
        while next(walk).name != "home-visit-review":
            pass
        office.full = True
        on.press_main()
        on.until(lambda: on.says("Giờ này không đặt được"))
        office.full, office.away = False, True
        on.press_main()
        on.until(lambda: on.says("Hệ thống đang kết nối lại."))
        office.away = False
        on.press_main()
        on.until(lambda: on.says("H7M2 9QXT"))
        assert on.says("Máy hết giấy.")
        assert on.says("Yêu cầu vẫn có hiệu lực")
    assert len(office.asked) == 1


@pytest.mark.parametrize(
    ("language", "scanned"), [(Language.VI, False), (Language.EN, True), (Language.KM, False)]
)
def test_the_code_of_a_visit_finds_it_and_it_can_be_cancelled(
    language: Language, *, scanned: bool
) -> None:
    office, tray = visits(), PaperTray()
    with stage(printer=tray, home_visits=office) as on:
        on.app.speak(language.value)
        say = on.app.locale.say
        for _shot in home_visit(on):
            pass
        on.press_main()
        on.app.speak(language.value)
        if scanned:
            on.scanner.hold(f"{PAGE}H7M29QXT")
        else:
            on.press_words(say("door_appointment"))
            on.type("H7M29QXT")
        on.until(lambda: on.screen == "appointment" and not on.app.desk.asking)
        assert on.says(say("visit_question"))
        assert on.says(say("visit_expect"))
        assert on.says("H7M2 9QXT")
        assert not on.app.root.ids.footer.ids.main.words, "nobody checks in at home"
        on.press_words(say("promise_print"))
        on.until(lambda: on.says(say("visit_slip")))
        on.press_words(say("appointment_cancel"))
        assert office.kept["H7M29QXT"].state == "requested"
        on.press_words(say("appointment_cancel_sure"))
        on.until(lambda: on.says(say("visit_cancelled")))
        assert on.says(say("visit_over"))
        on.press_back()
        assert on.screen == "home"
        assert on.app.desk.found == (), "nothing is kept for the next"
    assert office.kept["H7M29QXT"].state == "cancelled"
    assert [slip.number for slip in tray.printed] == ["H7M2 9QXT"] * 2


@pytest.mark.fault
def test_a_lost_answer_cancels_once_and_an_unknown_code_is_said() -> None:
    office = visits()
    with stage(home_visits=office) as on:
        for _shot in home_visit(on):
            pass
        on.press_main()
        on.press_words("Lịch hẹn")
        on.type("H7M29QXU")
        on.until(lambda: on.says("Không có lịch hẹn này"))
        on.type(["backspace", "T"])
        on.until(lambda: on.screen == "appointment")
        office.away = True
        on.press_words("Hủy hẹn")
        on.press_words("Bấm lần nữa để hủy")
        on.until(lambda: on.says("Hệ thống đang kết nối lại."))
        office.away = False
        on.press_words("Hủy hẹn")
        on.press_words("Bấm lần nữa để hủy")
        on.until(lambda: on.says("Đã hủy yêu cầu"))


def test_an_office_that_does_not_come_home_has_no_door_for_it() -> None:
    office = visits()
    office.offered = False
    with stage(home_visits=office) as on:
        on.press_words("Lịch hẹn")
        assert not on.says("Mời cán bộ đến nhà")


@pytest.mark.parametrize("orientation", list(SIZES))
@pytest.mark.parametrize("language", [Language.VI, Language.EN])
def test_every_question_fits(orientation: str, language: Language) -> None:
    found: dict[str, list[str]] = {}
    with stage(size=SIZES[orientation], home_visits=visits()) as on:
        on.app.speak(language.value)
        for shot in home_visit(on):
            on.frames(4)
            found[shot.name] = list(faults(on, FINGER[orientation]))
    assert len(found) == 9
    assert [f"{name}: {text}" for name, texts in found.items() for text in texts] == []


def test_an_appointment_is_printed_when_it_is_booked_and_when_it_is_asked_for() -> None:
    tray = PaperTray()
    with stage(printer=tray) as on:
        on.press_words("Lịch hẹn")
        on.press_main()
        on.press_words("Chứng thực")
        on.press_main()
        on.until(lambda: on.app.desk.days)
        on.press_words("Thứ Tư, 13/05/2026")
        on.press_words("08:00")
        on.press_main()
        on.until(lambda: on.says("Mời ông/bà lấy giấy hẹn."))
        on.app.leave()
        on.book.put(CODE, NOW)
        on.scanner.hold(CODE)
        on.until(lambda: on.screen == "appointment")
        tray.fault = PrinterFault.JAM
        on.press_words("In giấy hẹn")
        on.until(lambda: on.says("Lịch hẹn vẫn có hiệu lực"))
        tray.fault = None
        on.press_words("In giấy hẹn")
        on.until(lambda: on.says("Mời ông/bà lấy giấy hẹn."))
    booked, asked_for = tray.printed
    assert isinstance(booked, PromiseSlip)
    assert (booked.at, booked.follow_url[: len(PAGE)]) == (
        NOW.replace(day=13, hour=8, minute=0), PAGE,
    )  # fmt: skip
    assert asked_for.number == "K7M2 9QXT"
