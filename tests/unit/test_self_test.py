"""The self-test names every part that is not well, and raises for none."""

from __future__ import annotations

from kiosk.use_cases.ports import PrinterFault
from kiosk.use_cases.self_test import SelfTest
from kiosk.use_cases.stand_alone import StandAlone
from tests.fakes.memory_journal import MemoryJournal
from tests.fakes.office_days import EIGHT
from tests.fakes.office_link import HandMachine, names
from tests.fakes.paper_tray import PaperTray
from tests.fakes.ticket_office import FakeGateway, TicketOffice


def test_all_is_well() -> None:
    gateway = FakeGateway(TicketOffice())
    alone = StandAlone(gateway, MemoryJournal(), HandMachine(EIGHT), names("k"))
    found = SelfTest(gateway, PaperTray(), alone, lambda: True)()
    assert [(f.part, f.well) for f in found] == [
        ("server", True),
        ("journal", True),
        ("printer", True),
        ("broker", True),
    ]


def test_everything_is_wrong_and_named() -> None:
    gateway = FakeGateway(TicketOffice())
    gateway.away = True
    alone = StandAlone(gateway, MemoryJournal(full=True), HandMachine(EIGHT), names("k"))
    found = SelfTest(gateway, PaperTray(PrinterFault.PAPER_OUT), alone, lambda: False)()
    assert {f.part: f.words for f in found} == {
        "server": "Reconnecting.",
        "journal": "the disk is full",
        "printer": "paper_out",
        "paper": "out",
        "broker": "not connected",
    }
    assert [f.part for f in found if f.needed] == ["server"]


def test_no_journal_is_said() -> None:
    (_, journal) = SelfTest(FakeGateway(TicketOffice()), None, None, None)()
    assert not journal.well
