"""The screens of a kiosk that has lost its server, its paper, or both."""

from __future__ import annotations

from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from kiosk.config.kiosk import ScreenSection
from kiosk.domain.words import Language
from kiosk.use_cases.ports import PrinterFault
from tests.fakes.memory_journal import MemoryJournal
from tests.fakes.paper_tray import PaperTray
from tests.fakes.ticket_office import FOLLOW
from tests.ui.stage import Stage, stage

pytestmark = [pytest.mark.kivy, pytest.mark.fault]


def lose_the_server(on: Stage) -> None:
    on.gateway.away = True
    on.app._watch()
    on.until(lambda: on.app.server_away)


def take_number(on: Stage, service: str = "CT") -> None:
    on.app.go(on.app.session.choose_service(service).want_number())
    on.press_main()
    on.until(lambda: on.screen in {"ticket", "no_number"})


def test_an_outage_is_told_on_the_home_screen_and_forgotten_after() -> None:
    with stage(journal=MemoryJournal()) as on:
        lose_the_server(on)
        on.until(lambda: on.says("Hệ thống đang kết nối lại."))
        assert on.screen == "home"
        assert not on.says("người đang chờ"), "what was true once is not said now"
        on.gateway.away = False
        on.app._watch()
        on.until(lambda: not on.says("Hệ thống đang kết nối lại."))
        assert on.says("3 người đang chờ")


@pytest.mark.parametrize("language", list(Language))
def test_alone_it_gives_a_number_and_promises_nothing(language: Language) -> None:
    tray = PaperTray()
    screen = ScreenSection(language=language)
    with stage(journal=MemoryJournal(), printer=tray, screen=screen) as on:
        say = on.app.locale.say
        lose_the_server(on)
        take_number(on)
        assert on.says("B500")
        assert on.says(say("ahead_unknown"))
        assert not on.says(say("offline"))
        assert not on.says(say("unconfirmed"))
        on.app.leave()
        on.gateway.away = False
        on.app._watch()
        on.until(lambda: on.office.handed_in)
        on.until(lambda: not on.app.outlook.owed)
    (ticket,) = on.office.handed_in.values()
    (slip,) = tray.printed
    assert (ticket.label, slip.number, slip.ahead, slip.p50_min) == ("B500", "B500", None, None)
    assert slip.follow_url == FOLLOW + ticket.follow_code


def test_what_is_owed_is_handed_in_while_people_use_the_screen() -> None:
    with stage(journal=MemoryJournal()) as on:
        lose_the_server(on)
        for _ in range(3):
            take_number(on)
            on.app.leave()
        on.until(lambda: not on.app.background.busy)
        on.gateway.away = False
        on.app._watch()
        on.press_words("Lấy số thứ tự")
        on.until(lambda: len(on.office.handed_in) == 3)
        assert on.screen == "services"


def test_an_empty_block_is_said_and_the_others_go_on() -> None:
    with stage(journal=MemoryJournal()) as on:
        lose_the_server(on)
        for _ in range(10):
            take_number(on)
            on.app.leave()
        take_number(on)
        assert on.screen == "no_number"
        assert on.says("đã hết số cho lĩnh vực này")
        on.app.leave()
        take_number(on, "HT")
        assert on.says("A500")


def test_nothing_to_give_shows_where_to_go_and_ends_by_itself() -> None:
    with stage() as on:
        lose_the_server(on)
        on.until(lambda: on.screen == "out_of_service")
        assert on.says("Máy này tạm ngừng cấp số")
        assert on.says("Mời ông/bà đến bàn hướng dẫn")
        on.gateway.away = False
        on.app._watch()
        on.until(lambda: on.screen == "home")


def test_a_full_disk_closes_the_kiosk_only_while_the_server_is_away() -> None:
    journal = MemoryJournal()
    with stage(journal=journal) as on:
        lose_the_server(on)
        journal.full = True
        take_number(on)
        assert on.screen == "no_number"
        on.app.leave()
        on.until(lambda: on.screen == "out_of_service")
        on.gateway.away = False
        on.app._watch()
        on.until(lambda: on.screen == "home")


def test_a_printer_that_is_out_is_said_before_the_first_touch() -> None:
    tray = PaperTray(PrinterFault.PAPER_OUT)
    with stage(printer=tray) as on:
        on.until(lambda: on.says("số sẽ hiện trên màn hình"))
        tray.fault = None
        on.app._watch()
        on.until(lambda: not on.says("số sẽ hiện trên màn hình"))


@pytest.mark.parametrize("language", list(Language))
def test_each_fault_of_the_printer_has_a_screen_of_its_own(language: Language) -> None:
    said: dict[str, PrinterFault] = {}
    tray = PaperTray()
    with stage(printer=tray, screen=ScreenSection(language=language)) as on:
        say = on.app.locale.say
        for fault in PrinterFault:
            tray.fault = fault
            take_number(on)
            (banner,) = [text for text in on.texts() if say(f"fault_{fault.value}") in text]
            said[banner] = fault
            assert say("still_valid") in banner
            assert on.says(say("note_number"))
            assert on.app.numbers.issued is not None
            ticket = on.app.numbers.issued.ticket
            (number,) = [w for w in on.shown() if getattr(w, "text", "") == ticket.number]
            assert number.texture_size[1] > 2 * on.app.look.heading
            assert on.app.shown.ids.qr.modules == on.app.backstage.qr(ticket.follow_url)
            on.app.leave()
            on.until(lambda: not on.app.background.busy)
    assert list(said.values()) == list(PrinterFault)


def test_the_code_on_the_screen_is_read_when_there_is_no_slip(tmp_path: Path) -> None:
    with stage(size=(1080, 1920), printer=PaperTray(PrinterFault.JAM)) as on:
        take_number(on)
        on.picture(tmp_path / "jam.png")
        assert on.app.numbers.issued is not None
        follow_url = on.app.numbers.issued.ticket.follow_url
    with Image.open(tmp_path / "jam.png") as picture:
        (code,) = zxingcpp.read_barcodes(picture.convert("L"))
    assert code.text == follow_url


def test_a_slip_is_printed_again_when_there_is_paper() -> None:
    tray = PaperTray(PrinterFault.PAPER_OUT)
    with stage(printer=tray) as on:
        take_number(on)
        on.app.numbers.print_again()
        on.until(lambda: not on.app.background.busy)
        assert on.says("Máy hết giấy.")
        tray.fault = None
        on.app.numbers.print_again()
        on.until(lambda: on.says("Mời ông/bà lấy phiếu"))
    assert [slip.number for slip in tray.printed] == ["B001"]
    (kept,) = on.office.tickets.values()
    assert kept.state == "waiting"
