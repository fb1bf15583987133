"""The kiosk's own gateway against the running server: book, find, move, check in, cancel."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kiosk.adapters.http_appointments import HttpAppointments
from kiosk.adapters.http_gateway import HttpTicketGateway
from kiosk.adapters.identity_file import read_identity_facts
from kiosk.config.credentials import read_credentials
from kiosk.domain.identity_number import well_formed
from kiosk.domain.ticket import SlipOutcome, TicketOrder
from kiosk.domain.words import Language
from kiosk.use_cases.appointment_ports import Booking
from kiosk.use_cases.ports import RefusedError
from queue_server.adapters.clock import SetClock
from queue_server.domain.office import ZONE
from tests.fakes.offices import running

TUESDAY = datetime(2026, 11, 24, 7, 30, tzinfo=ZONE)
CARD = well_formed("079300123456", read_identity_facts(), TUESDAY.date())
EIGHT = TUESDAY.replace(hour=8, minute=30)


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HttpTicketGateway]:
    folder: Path = tmp_path_factory.mktemp("ward")
    with running(folder, SetClock(TUESDAY)) as office:
        credentials = read_credentials(folder / "credentials" / "kiosk-1.json")
        made = HttpTicketGateway(office.http_url, credentials)
        yield made
        made.close()


def test_an_appointment_from_booking_to_its_number(gateway: HttpTicketGateway) -> None:
    book = HttpAppointments(gateway)
    assert "CT" in book.offered()
    today, *later = book.free_days("CT")
    assert today.day == TUESDAY.date()
    assert later
    one = book.book(Booking("CT", EIGHT, Language.VI, card=CARD), "key-1")
    assert book.book(Booking("CT", EIGHT, Language.VI, card=CARD), "key-1") == one
    assert [found.code for found in book.of_card(CARD)] == [one.code]
    assert one.page_url.endswith(f"/a/{one.code}")
    moved = book.move(one.code, EIGHT - timedelta(minutes=30), "key-2")
    assert moved.at == EIGHT - timedelta(minutes=30)
    order = TicketOrder("CT", Language.VI, appointment=one.code)
    ticket = gateway.reserve(order, "key-3")
    gateway.confirm(ticket.id, SlipOutcome.PRINTED)
    assert book.find(one.code).number == ticket.number
    other = book.book(Booking("CT", EIGHT + timedelta(days=1), Language.EN), "key-4")
    assert book.cancel(other.code, "key-5").state == "cancelled"


def test_refusals_have_words(gateway: HttpTicketGateway) -> None:
    book = HttpAppointments(gateway)
    with pytest.raises(RefusedError) as caught:
        book.find("NICHTDA2")
    assert caught.value.code == "unknown_appointment"
    with pytest.raises(RefusedError) as caught:
        book.book(Booking("CT", TUESDAY - timedelta(days=1), Language.VI), "key-9")
    assert caught.value.code == "not_bookable"


def test_the_limits_of_a_person_are_asked_for(gateway: HttpTicketGateway) -> None:
    rules = gateway.visit_rules()
    assert (rules.tickets, rules.dossiers) == (0, 0)
    first = gateway.reserve(TicketOrder("CT", Language.VI, dossiers=7), "key-20")
    second = gateway.reserve(TicketOrder("HT", Language.VI, visit=first.id, card=CARD), "key-21")
    assert first.id != second.id
