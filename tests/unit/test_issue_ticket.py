"""A number reaches the citizen on paper or on the screen, and the server learns which."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path

import pytest

from kiosk.adapters.catalogue_files import read_catalogue, shipped_catalogue
from kiosk.domain.slip import Slip
from kiosk.domain.ticket import SlipOutcome, TicketOrder
from kiosk.domain.words import Language, Words
from kiosk.use_cases.issue_ticket import IssueTicket, SlipFacts
from kiosk.use_cases.ports import (
    PaperState,
    PrinterFault,
    PrinterStatus,
    RefusedError,
    ServerAwayError,
    SlipPrinter,
)
from tests.fakes.paper_tray import PaperTray
from tests.fakes.ticket_office import FakeGateway, TicketOffice

FACTS = SlipFacts(
    Words("Phường Mẫu", "Sample Ward"), read_catalogue(Path(str(shipped_catalogue())))
)
ORDER = TicketOrder("HT", Language.VI, procedure="1.001193")


@dataclass
class Scene:
    office: TicketOffice = field(default_factory=TicketOffice)
    printer: PaperTray = field(default_factory=PaperTray)
    told: list[PrinterStatus] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.gateway = FakeGateway(self.office)

    def issue(self, printer: SlipPrinter | None) -> IssueTicket:
        numbers = count()
        return IssueTicket(
            self.gateway, printer, FACTS, lambda: f"key-{next(numbers)}", self.told.append
        )


@pytest.fixture
def scene() -> Scene:
    return Scene()


def test_it_prints_and_confirms(scene: Scene) -> None:
    issued = scene.issue(scene.printer)(ORDER)
    assert (issued.ticket.number, issued.slip, issued.fault) == ("A001", SlipOutcome.PRINTED, None)
    assert issued.confirmed
    assert scene.office.tickets[issued.ticket.id].slip == "printed"
    assert scene.told == [PrinterStatus(PaperState.OK)]


def test_the_slip_says_what_to_bring_in_the_citizens_language_and_local_time(scene: Scene) -> None:
    scene.issue(scene.printer)(TicketOrder("HT", Language.EN, procedure="1.001193"))
    (slip,) = scene.printer.printed
    assert (slip.office, slip.service, slip.ahead) == ("Sample Ward", "Civil status", 3)
    assert slip.bring == (
        "Hospital birth notice (or witness statement)",
        "ID card, VNeID or passport",
    )
    assert slip.issued_at.isoformat() == "2026-05-12T08:15:00+07:00"
    assert (slip.p50_min, slip.p90_min) == (12.0, 25.0)


def test_a_slip_says_how_many_papers_found_no_room(scene: Scene) -> None:
    service = FACTS.catalogue.service("HT")
    assert service is not None
    first, *also = (one.code for one in service.procedures[:9])
    order = TicketOrder("HT", Language.VI, procedure=first, also=tuple(also))
    scene.issue(scene.printer)(order)
    (slip,) = scene.printer.printed
    papers = {
        d.name.vi for one in service.procedures[:9] for d in one.documents if not d.conditional
    }
    assert (len(slip.bring), slip.more) == (9, len(papers) - 9)
    assert slip.more > 0


def test_a_slip_for_a_reader_of_khmer_is_in_khmer_and_names_the_service_for_staff(
    scene: Scene,
) -> None:
    issue = scene.issue(scene.printer)
    issue._facts = replace(FACTS, khmer=True)
    issue(TicketOrder("HT", Language.KM, procedure="1.001193"))
    (slip,) = scene.printer.printed
    assert slip.language == "km"
    assert re.fullmatch("[\u1780-\u17ff ]+ \\(Hộ tịch\\)", slip.service)
    assert slip.bring
    assert all(re.search("[\u1780-\u17ff]", paper) for paper in slip.bring)


def test_where_the_printer_has_only_its_own_letters_a_reader_of_khmer_gets_vietnamese(
    scene: Scene,
) -> None:
    scene.issue(scene.printer)(TicketOrder("HT", Language.KM, procedure="1.001193"))
    (slip,) = scene.printer.printed
    assert (slip.language, slip.service) == ("vi", "Hộ tịch")


@pytest.mark.parametrize("fault", list(PrinterFault))
def test_a_printer_fault_leaves_the_number_valid(scene: Scene, fault: PrinterFault) -> None:
    scene.printer.fault = fault
    issued = scene.issue(scene.printer)(ORDER)
    assert (issued.slip, issued.fault, issued.confirmed) == (SlipOutcome.SHOWN, fault, True)
    kept = scene.office.tickets[issued.ticket.id]
    assert (kept.state, kept.slip) == ("waiting", "shown")
    assert scene.told[-1].fault is fault


def test_a_kiosk_without_a_printer_shows_the_number(scene: Scene) -> None:
    issued = scene.issue(None)(ORDER)
    assert (issued.slip, issued.fault, issued.confirmed) == (SlipOutcome.SHOWN, None, True)


def test_no_server_no_number_and_no_paper(scene: Scene) -> None:
    scene.gateway.away = True
    with pytest.raises(ServerAwayError):
        scene.issue(scene.printer)(ORDER)
    assert scene.printer.printed == []


def test_a_refusal_prints_nothing(scene: Scene) -> None:
    with pytest.raises(RefusedError):
        scene.issue(scene.printer)(TicketOrder("ZZ", Language.VI))
    assert scene.printer.printed == []


def test_each_citizen_gets_an_own_key(scene: Scene) -> None:
    issue = scene.issue(scene.printer)
    assert [issue(ORDER).ticket.number for _ in range(3)] == ["A001", "A002", "A003"]


class LeavingPrinter(PaperTray):
    """The server goes away while the slip is being printed."""

    gateway: FakeGateway

    def print_slip(self, slip: Slip) -> PrinterStatus:
        self.gateway.away = True
        return super().print_slip(slip)


@pytest.mark.fault
def test_a_confirmation_that_did_not_arrive_is_settled_later(scene: Scene) -> None:
    printer = LeavingPrinter()
    printer.gateway = scene.gateway
    issue = scene.issue(printer)
    issued = issue(ORDER)
    kept = scene.office.tickets[issued.ticket.id]
    assert (issued.slip, issued.confirmed, kept.state) == (SlipOutcome.PRINTED, False, "reserved")
    assert issue.settle() == 1
    scene.gateway.away = False
    assert issue.settle() == 0
    assert (kept.state, kept.slip) == ("waiting", "printed")


def test_a_confirmation_that_is_refused_is_not_claimed(scene: Scene) -> None:
    class VoidingPrinter(PaperTray):
        def print_slip(self, slip: Slip) -> PrinterStatus:
            for ticket in scene.office.tickets.values():
                scene.office.void(ticket.id)
            return super().print_slip(slip)

    issue = scene.issue(VoidingPrinter())
    assert not issue(ORDER).confirmed
    assert issue.settle() == 0
