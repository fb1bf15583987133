"""A whole visit: several numbers, many dossiers, and a card where the office counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.domain.visit_rules import VisitRules
from kiosk.domain.words import Language
from queue_server.contracts.problems import ProblemCode
from tests.fakes.memory_journal import MemoryJournal
from tests.fakes.paper_tray import PaperTray
from tests.fakes.ticket_office import TicketOffice
from tests.ui.scanned_texts import CARD
from tests.ui.stage import Stage, stage
from tests.ui.test_fits import FINGER, SIZES, faults

pytestmark = pytest.mark.kivy

NUMBER = CARD.split("|")[0]
COUNTS = VisitRules(tickets=2)
BULK = VisitRules(dossiers=30, bulk_from=5)


def to_priority(on: Stage, service: str) -> None:
    on.press_words(service)
    on.press_main()
    assert on.screen == "priority"


def orders(on: Stage) -> list[dict[str, object]]:
    return [ticket.order for ticket in on.office.tickets.values()]


@pytest.mark.parametrize("language", [Language.VI, Language.EN])
def test_a_second_number_belongs_to_the_same_visit(language: Language) -> None:
    tray = PaperTray()
    with stage(printer=tray) as on:
        on.app.speak(language.value)
        say, of = on.app.locale.say, on.app.locale.of
        services = {s.id: of(s.name) for s in on.app.backstage.catalogue.services}
        on.press_words(say("door_number"))
        to_priority(on, services["CT"])
        on.press_main()
        on.until(lambda: on.screen == "ticket")
        on.press_words(say("another_number"))
        assert on.screen == "services"
        assert on.says(say("services_question"))
        to_priority(on, services["HT"])
        on.press_main()
        on.until(lambda: on.screen == "ticket")
        assert on.says("A001")
        on.press_main()
        assert on.app.session.visit is None
    first, second = on.office.tickets.values()
    assert "visit" not in first.order
    assert second.order["visit"] == first.id
    assert [slip.number for slip in tray.printed] == ["B001", "A001"]


@pytest.mark.parametrize("language", [Language.VI, Language.EN])
def test_several_procedures_of_a_service_get_one_number(language: Language) -> None:
    tray = PaperTray()
    with stage(printer=tray) as on:
        on.app.speak(language.value)
        say, of = on.app.locale.say, on.app.locale.of
        civil = on.app.backstage.catalogue.service("HT")
        assert civil is not None
        first, second, third = civil.procedures[:3]
        on.app.go(on.app.session.choose_service("HT"))
        on.press_words(of(first.name))
        on.press_words(of(first.documents[0].name))
        on.press_words(say("add_procedure"))
        assert on.says(say("procedure_chosen"))
        on.press_words(of(second.name))
        on.press_words(say("add_procedure"))
        on.press_words(of(third.name))
        assert on.says(say("take_number_for", n=3))
        on.press_back()
        on.press_words(of(second.name))
        assert on.app.session.procedures == (first.code,), "what was chosen can be taken off"
        on.press_words(of(third.name))
        on.press_main()
        on.press_main()
        on.until(lambda: on.screen == "ticket")
        assert on.says(say("on_one_number", service=of(civil.name), n=2))
    (order,) = orders(on)
    assert (order["procedure"], order["also"]) == (first.code, [third.code])
    assert order["papers"] == [0]
    (slip,) = tray.printed
    assert slip.procedures == 2
    assert len(slip.bring) == len(set(slip.bring))


def test_many_dossiers_get_one_number_for_a_card() -> None:
    with stage(office=TicketOffice(rules=BULK)) as on:
        on.press_words("Lấy số thứ tự")
        on.press_words("Tôi nộp nhiều hồ sơ")
        assert on.says("5 hồ sơ")
        on.press_words("− 1")
        assert on.says("5 hồ sơ")
        on.press_words("+ 5")
        on.press_words("+ 1")
        assert on.says("Mỗi người nộp tối đa 30 hồ sơ một ngày")
        on.press_main()
        assert on.says("11 hồ sơ")
        to_priority(on, "Chứng thực")
        on.press_main()
        assert on.screen == "card"
        assert not on.app.root.ids.footer.ids.main.words
        assert on.says("mời ông/bà đến bàn hướng dẫn")
        on.scanner.hold("nothing")
        on.until(lambda: on.says("không phải mã lịch hẹn"))
        on.scanner.hold(CARD)
        on.until(lambda: on.says("Đã đọc thẻ •••••••••456"))
        on.press_main()
        on.until(lambda: on.screen == "ticket")
        assert not on.says(NUMBER)
    (order,) = orders(on)
    assert (order["dossiers"], order["card"]) == (11, NUMBER)


def test_a_limit_asks_for_a_card_but_sends_nobody_away() -> None:
    with stage(office=TicketOffice(rules=COUNTS)) as on:
        on.press_words("Lấy số thứ tự")
        to_priority(on, "Chứng thực")
        on.press_words("Từ 80 tuổi trở lên")
        assert on.screen == "card"
        assert on.says("Số thẻ không in, không lưu")
        on.press_main()
        on.until(lambda: on.screen == "ticket")
    (order,) = orders(on)
    assert "card" not in order
    assert order["priority"] == "age_80"


def test_a_reached_limit_is_said_and_the_card_is_forgotten() -> None:
    with stage(office=TicketOffice(rules=COUNTS)) as on:
        on.press_words("Lấy số thứ tự")
        to_priority(on, "Chứng thực")
        on.press_main()
        on.scanner.hold(CARD)
        on.until(lambda: on.says("Đã đọc thẻ"))
        on.office.fail_next = ProblemCode.LIMIT_REACHED
        on.press_main()
        on.until(lambda: on.screen == "no_number")
        assert on.says("Hôm nay ông/bà đã lấy đủ số")
        on.app.leave()
        assert on.app.desk.card is None


@pytest.mark.fault
def test_a_kiosk_alone_counts_nobody_and_keeps_no_card() -> None:
    journal = MemoryJournal()
    with stage(office=TicketOffice(rules=COUNTS), journal=journal) as on:
        on.until(lambda: on.app.rules == COUNTS)
        on.gateway.away = True
        on.app._watch()
        on.until(lambda: on.app.server_away)
        on.press_words("Lấy số thứ tự")
        to_priority(on, "Chứng thực")
        on.press_main()
        on.scanner.hold(CARD)
        on.until(lambda: on.says("Đã đọc thẻ"))
        on.press_main()
        on.until(lambda: on.screen == "ticket")
    assert NUMBER not in repr(journal.read())
    assert all(
        getattr(e, "ticket", None) is None or e.ticket.order.card is None for e in journal.read()
    )


@pytest.mark.parametrize("orientation", list(SIZES))
@pytest.mark.parametrize("language", list(Language))
def test_the_screens_fit(orientation: str, language: Language, tmp_path: Path) -> None:
    found: dict[str, list[str]] = {}
    with stage(size=SIZES[orientation], office=TicketOffice(rules=BULK)) as on:
        on.app.speak(language.value)
        on.app.go(on.app.session.list_services().count_dossiers())
        on.frames(4)
        found["bulk"] = list(faults(on, FINGER[orientation]))
        on.press_main()
        on.frames(4)
        found["services"] = list(faults(on, FINGER[orientation]))
        on.app.go(on.app.session.choose_service("CT").want_number())
        on.press_main()
        on.frames(4)
        found["card"] = list(faults(on, FINGER[orientation]))
        on.picture(tmp_path / "card.png")
    assert set(found) == {"bulk", "services", "card"}
    assert [f"{name}: {text}" for name, texts in found.items() for text in texts] == []
