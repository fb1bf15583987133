"""The self-test names every part that is not well, and raises for none."""

from __future__ import annotations

from kiosk.domain.glass import Glass
from kiosk.use_cases.ports import PrinterFault
from kiosk.use_cases.self_test import SelfTest
from kiosk.use_cases.stand_alone import StandAlone
from tests.fakes.memory_journal import MemoryJournal
from tests.fakes.office_days import EIGHT
from tests.fakes.office_link import HandMachine, names
from tests.fakes.paper_tray import PaperTray
from tests.fakes.ticket_office import FakeGateway, TicketOffice

WIDE, SMALL = Glass.of(1080, 1920, None), Glass.of(1280, 800, 10.1)


def test_all_is_well() -> None:
    gateway = FakeGateway(TicketOffice())
    alone = StandAlone(gateway, MemoryJournal(), HandMachine(EIGHT), names("k"))
    found = SelfTest(gateway, PaperTray(), alone, lambda: True, WIDE)()
    assert [(f.part, f.well) for f in found] == [
        ("server", True),
        ("journal", True),
        ("screen", True),
        ("printer", True),
        ("broker", True),
    ]


def test_everything_is_wrong_and_named() -> None:
    gateway = FakeGateway(TicketOffice())
    gateway.away = True
    alone = StandAlone(gateway, MemoryJournal(full=True), HandMachine(EIGHT), names("k"))
    found = SelfTest(gateway, PaperTray(PrinterFault.PAPER_OUT), alone, lambda: False, SMALL)()
    assert {f.part: f.words for f in found} == {
        "server": "Reconnecting.",
        "journal": "the disk is full",
        "screen": "touch targets measure 13 mm, not 20: "
        "the glass is 218 mm wide and 20 mm need 334",
        "printer": "paper_out",
        "paper": "out",
        "broker": "not connected",
    }
    assert [f.part for f in found if f.needed] == ["server"]


def test_no_journal_is_said() -> None:
    (_, journal, _) = SelfTest(FakeGateway(TicketOffice()), None, None, None, WIDE)()
    assert not journal.well
