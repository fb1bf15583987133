"""Appointments at the kiosk: by code, QR and card; booked, moved, cancelled, used."""

from __future__ import annotations

import logging
from datetime import timedelta
from pathlib import Path

import pytest
import zxingcpp
from kivy.core.window import Window
from PIL import Image

from kiosk.domain.words import Language
from tests.fakes.appointment_book import PAGE
from tests.ui.scanned_texts import CARD, CODE
from tests.ui.stage import NOW, Stage, stage

pytestmark = pytest.mark.kivy

NUMBER = "079085123456"
SOON = NOW + timedelta(minutes=15)


def settled(on: Stage, screen: str) -> None:
    on.until(lambda: on.screen == screen and not on.app.desk.asking)
    on.frames()


def test_a_code_that_is_typed_becomes_a_number() -> None:
    with stage() as on:
        on.book.put(CODE, SOON)
        on.press_words("Lịch hẹn")
        on.type(CODE)
        settled(on, "appointment")
        assert on.says("08:30–09:00, Thứ Ba, 12/05/2026")
        assert on.says("Ông/bà đến đúng giờ")
        on.press_main()
        assert on.screen == "priority"
        on.press_main()
        on.until(lambda: on.screen == "ticket")
        on.press_main()
    (kept,) = on.office.tickets.values()
    assert (kept.order["appointment"], kept.state) == (CODE, "waiting")


def test_a_code_nobody_knows_can_be_corrected() -> None:
    with stage() as on:
        on.book.put(CODE, SOON)
        on.press_words("Lịch hẹn")
        on.type("K7M29QXU")
        on.until(lambda: on.says("Không có lịch hẹn này"))
        on.type(["backspace", "T"])
        settled(on, "appointment")
        on.press_back()
        assert on.screen == "home"


@pytest.mark.parametrize("text", [CODE.lower(), f"{PAGE}{CODE}"])
def test_a_code_that_is_scanned_opens_the_appointment_from_any_screen(text: str) -> None:
    with stage() as on:
        on.book.put(CODE, SOON)
        on.press_words("Lấy số thứ tự")
        on.scanner.hold(text)
        settled(on, "appointment")


def test_a_card_opens_its_appointment_and_is_masked_and_forgotten(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    with stage() as on:
        on.scanner.hold(CARD)
        on.until(lambda: on.says("Thẻ •••••••••456 chưa có lịch hẹn nào"))
        on.book.put(CODE, SOON, NUMBER)
        on.scanner.hold(CARD)
        settled(on, "appointment")
        assert not on.says(NUMBER)
        assert not on.says("Trần Thị Thử")
        on.app.leave()
        assert on.app.desk.card is None
        assert on.app.desk.found == ()
    assert NUMBER not in caplog.text
    assert "Trần" not in caplog.text


def test_several_appointments_of_a_card_are_a_choice() -> None:
    with stage() as on:
        on.book.put(CODE, SOON, NUMBER)
        on.book.put("K7M29QXU", NOW + timedelta(days=1), NUMBER)
        on.scanner.hold(CARD)
        on.until(lambda: on.says("Ông/bà dùng lịch hẹn nào?"))
        rows = [w for w in on.shown() if getattr(w, "code", "") == "K7M29QXU"]
        on.press(rows[-1])
        settled(on, "appointment")
        assert on.says("Hôm đó, nhận số tại máy này từ 07:15.")
        assert not on.app.root.ids.footer.ids.main.words


def test_the_way_back_to_the_first_screen_leaves_nothing_for_the_next() -> None:
    with stage() as on:
        on.press_bar("large")
        on.book.put(CODE, SOON, NUMBER)
        on.book.put("K7M29QXU", NOW + timedelta(days=1), NUMBER)
        on.scanner.hold(CARD)
        on.until(lambda: on.says("Ông/bà dùng lịch hẹn nào?"))
        on.press_back()
        assert on.screen == "home"
        assert on.app.desk.card is None
        assert on.app.look.large, "the citizen may still be here"
        on.press_words("Lịch hẹn")
        assert not on.says("Ông/bà dùng lịch hẹn nào?")
        assert not any(getattr(w, "code", "") == CODE for w in on.everything())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "Chưa đọc được mã"),
        ("hello", "không phải mã lịch hẹn"),
        (CARD.replace(NUMBER, "123456789"), "Thẻ cũ 9 số"),
        (CARD.replace(NUMBER, "07908512345"), "không đúng dạng"),
    ],
)
def test_what_cannot_be_used_is_said(text: str | None, said: str) -> None:
    with stage() as on:
        on.scanner.hold(text)
        on.until(lambda: on.says(said))
        assert on.screen == "appointments"


def test_early_and_late_are_said_before_the_number() -> None:
    with stage() as on:
        on.book.put(CODE, NOW + timedelta(hours=2))
        on.scanner.hold(CODE)
        settled(on, "appointment")
        assert on.says("Ông/bà đến sớm: nhận số từ 09:15.")
        on.press_back()
        on.book.put(CODE, NOW - timedelta(minutes=40))
        on.scanner.hold(CODE)
        settled(on, "appointment")
        assert on.says("Đã quá giờ hẹn")
        on.press_main()
        assert on.screen == "priority"


@pytest.mark.parametrize("language", [Language.VI, Language.EN])
def test_a_time_is_booked_with_a_card(language: Language, tmp_path: Path) -> None:
    with stage(size=(1080, 1920)) as on:
        on.app.speak(language.value)
        say = on.app.locale.say
        on.press_words(say("door_appointment"))
        on.press_main()
        names = {w.service for w in on.shown() if hasattr(w, "letter") and hasattr(w, "service")}
        assert names == {"CT", "HT"}
        service = on.app.backstage.catalogue.service("CT")
        assert service is not None
        on.press_words(on.app.locale.of(service.name))
        on.press_words(on.app.locale.of(service.procedures[0].name))
        on.press_main()
        settled(on, "days")
        on.press_words(on.app.locale.date(NOW + timedelta(days=1)))
        on.press_words("08:00")
        assert on.screen == "booking"
        on.scanner.hold(CARD)
        on.until(lambda: on.says(say("booking_card", card="•••••••••456")))
        on.press_main()
        settled(on, "appointment")
        assert on.says(say("appointment_booked"))
        on.picture(tmp_path / "booked.png")
    with Image.open(tmp_path / "booked.png") as picture:
        (code,) = zxingcpp.read_barcodes(picture.convert("L"))
    (one,) = on.book.kept.values()
    assert code.text == one.page_url
    assert one.at == (NOW + timedelta(days=1)).replace(hour=8, minute=0)
    assert on.book.cards == {one.code: NUMBER}


def test_a_time_that_is_taken_meanwhile_leads_to_another() -> None:
    with stage() as on:
        on.press_words("Lịch hẹn")
        on.press_main()
        on.press_words("Chứng thực")
        on.press_main()
        settled(on, "days")
        on.press_words(on.app.locale.date(NOW + timedelta(days=1)))
        on.press_words("08:00")
        on.book.full.add((NOW + timedelta(days=1)).replace(hour=8, minute=0))
        on.press_main()
        on.until(lambda: on.says("Giờ này không đặt được"))
        on.press_back()
        on.press_back()
        settled(on, "days")
        on.press_words(on.app.locale.date(NOW + timedelta(days=1)))
        assert on.says("hết chỗ")
        on.press_words("08:00")
        assert on.screen == "times"
        on.press_words("08:30")
        on.press_main()
        settled(on, "appointment")


def test_an_appointment_is_moved_and_cancelled() -> None:
    with stage() as on:
        on.book.put(CODE, NOW + timedelta(days=1))
        on.scanner.hold(CODE)
        settled(on, "appointment")
        on.press_words("Đổi giờ")
        settled(on, "days")
        on.press_words(on.app.locale.date(NOW + timedelta(days=2)))
        on.press_words("13:30")
        on.press_main()
        settled(on, "appointment")
        assert on.says("Đã đổi sang giờ mới")
        assert on.book.kept[CODE].at.hour == 13
        on.press_words("Hủy hẹn")
        assert on.book.kept[CODE].state == "booked"
        on.press_words("Bấm lần nữa để hủy")
        on.until(lambda: on.says("Đã hủy lịch hẹn"))
        assert on.book.kept[CODE].state == "cancelled"


@pytest.mark.fault
def test_a_lost_answer_books_one_time_only() -> None:
    with stage() as on:
        on.press_words("Lịch hẹn")
        on.press_main()
        on.press_words("Chứng thực")
        on.press_main()
        settled(on, "days")
        on.press_words(on.app.locale.date(NOW + timedelta(days=1)))
        on.press_words("08:00")
        on.book.away = True
        on.press_main()
        on.until(lambda: on.says("Hệ thống đang kết nối lại."))
        first = on.app.desk._key
        on.book.away = False
        on.press_main()
        settled(on, "appointment")
        assert list(on.book.keys) == [first]


def test_a_scanner_that_types_is_refused_with_a_reason() -> None:
    told: list[None] = []
    with stage() as on:
        object.__setattr__(on.app.backstage, "refused_scanner", lambda: told.append(None))
        for sign in CARD[:20]:
            Window.dispatch("on_key_down", ord(sign), 0, sign, [])
        Window.dispatch("on_key_down", 13, 0, None, [])
        on.until(lambda: on.screen == "wedge")
        assert on.says("mất dấu tiếng Việt")
        assert not on.says(NUMBER)
        on.press_main()
        assert on.screen == "home"
    assert told == [None]


def test_an_office_without_appointments_has_no_door_for_them() -> None:
    with stage(books=False) as on:
        assert on.app.outlook.lines
        assert not on.says("Lịch hẹn")
