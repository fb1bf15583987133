"""One suite for every way to the server: the fake that tests use and HTTP over a real socket."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from pydantic import SecretStr

from kiosk.adapters.http_gateway import HttpTicketGateway
from kiosk.config.credentials import Credentials
from kiosk.domain.priority import Priority
from kiosk.domain.ticket import SlipOutcome, TicketOrder
from kiosk.domain.words import Language
from kiosk.use_cases.ports import RefusedError, ServerAwayError, TicketGateway
from queue_server.contracts.problems import ProblemCode
from tests.fakes.ticket_office import SERVICES, FakeGateway, TicketOffice
from tests.fakes.ticket_server import SECRET, TicketServer

ORDER = TicketOrder("HT", Language.EN, Priority.AGE_60, "1.001193")


def no_pause(_seconds: float) -> None:
    """Tests do not wait between tries."""


def http_gateway(url: str, secret: str = SECRET, read_s: float = 5.0) -> HttpTicketGateway:
    credentials = Credentials(id="kiosk-1", role="kiosk", secret=SecretStr(secret))
    return HttpTicketGateway(url, credentials, read_s=read_s, pause=no_pause)


@dataclass
class Way:
    office: TicketOffice
    gateway: TicketGateway


@pytest.fixture(params=["fake", "http"])
def way(request: pytest.FixtureRequest) -> Iterator[Way]:
    office = TicketOffice()
    if request.param == "fake":
        yield Way(office, FakeGateway(office))
        return
    with TicketServer(office) as server:
        gateway = http_gateway(server.url)
        yield Way(office, gateway)
        gateway.close()


def test_the_lines_are_the_offices(way: Way) -> None:
    lines = {line.service: line for line in way.gateway.lines()}
    assert set(lines) == set(SERVICES)
    assert (lines["HT"].letter, lines["HT"].name.vi, lines["HT"].waiting) == ("A", "Hộ tịch", 3)
    assert lines["HT"].forecast is not None
    assert lines["HT"].forecast.p90_min == 25.0


def test_a_number_is_reserved_then_confirmed(way: Way) -> None:
    ticket = way.gateway.reserve(ORDER, "key-1")
    assert (ticket.number, ticket.service, ticket.ahead) == ("A001", "HT", 3)
    kept = way.office.tickets[ticket.id]
    assert kept.state == "reserved"
    assert kept.order["priority"] == "age_60"
    assert kept.order["procedure"] == "1.001193"
    assert kept.order["language"] == "en"
    way.gateway.confirm(ticket.id, SlipOutcome.PRINTED)
    way.gateway.confirm(ticket.id, SlipOutcome.PRINTED)
    assert (kept.state, kept.slip) == ("waiting", "printed")
    assert way.office.waiting["HT"] == 4


def test_several_procedures_go_with_one_number(way: Way) -> None:
    ticket = way.gateway.reserve(replace(ORDER, also=("1.000894",)), "key-1")
    assert way.office.tickets[ticket.id].order["also"] == ["1.000894"]


def test_the_same_key_gives_the_same_number(way: Way) -> None:
    first = way.gateway.reserve(ORDER, "key-1")
    assert way.gateway.reserve(ORDER, "key-1") == first
    assert way.gateway.reserve(ORDER, "key-2").number == "A002"


def test_a_number_is_given_back(way: Way) -> None:
    ticket = way.gateway.reserve(ORDER, "key-1")
    way.gateway.void(ticket.id)
    assert way.office.tickets[ticket.id].state == "void"
    with pytest.raises(RefusedError) as caught:
        way.gateway.confirm(ticket.id, SlipOutcome.SHOWN)
    assert caught.value.code == "illegal_move"


def test_a_refusal_has_a_code_and_words_in_both_languages(way: Way) -> None:
    with pytest.raises(RefusedError) as caught:
        way.gateway.reserve(TicketOrder("ZZ", Language.VI), "key-1")
    assert caught.value.code == "unknown_service"
    assert caught.value.words.vi == "Không có lĩnh vực này"
    assert caught.value.words.en == "No such service"
    assert way.office.commands == 1


@pytest.fixture
def served() -> Iterator[tuple[TicketOffice, TicketServer]]:
    office = TicketOffice()
    with TicketServer(office) as server:
        yield office, server


def test_a_lost_reply_is_asked_again_and_gives_one_number(
    served: tuple[TicketOffice, TicketServer],
) -> None:
    office, server = served
    gateway = http_gateway(server.url, read_s=0.3)
    server.faults.lose_next_reply = True
    ticket = gateway.reserve(ORDER, "key-1")
    gateway.close()
    assert office.commands == 2
    assert [kept.id for kept in office.tickets.values()] == [ticket.id]


def test_a_store_that_cannot_write_is_asked_again(
    served: tuple[TicketOffice, TicketServer],
) -> None:
    office, server = served
    gateway = http_gateway(server.url)
    office.fail_next = ProblemCode.STORE_UNAVAILABLE
    assert gateway.reserve(ORDER, "key-1").number == "A001"
    gateway.close()
    assert office.commands == 2


@pytest.mark.parametrize("status", [200, 502])
def test_an_answer_of_another_kind_is_no_number(
    served: tuple[TicketOffice, TicketServer], status: int
) -> None:
    _, server = served
    server.faults.garble_next, server.faults.garble_status = True, status
    gateway = http_gateway(server.url)
    with pytest.raises(ServerAwayError):
        gateway.lines()
    gateway.close()


def test_a_wrong_secret_is_a_refusal(served: tuple[TicketOffice, TicketServer]) -> None:
    gateway = http_gateway(served[1].url, secret="x" * 20)
    with pytest.raises(RefusedError) as caught:
        gateway.lines()
    gateway.close()
    assert caught.value.code == "not_signed_in"


def test_one_connection_is_kept_and_sends_at_once(
    served: tuple[TicketOffice, TicketServer],
) -> None:
    _, server = served
    gateway = http_gateway(server.url)
    for number in range(5):
        gateway.reserve(ORDER, f"key-{number}")
    assert len({port for port, _ in server.faults.seen}) == 1
    with gateway._client.stream("GET", "/services") as response:
        stream = response.extensions["network_stream"]
        sock = stream.get_extra_info("socket")
        assert sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0
        response.read()
    gateway.close()


def test_nobody_listening_is_away_after_the_tries() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        pauses: list[float] = []
        gateway = HttpTicketGateway(
            f"http://127.0.0.1:{closed.getsockname()[1]}",
            Credentials(id="kiosk-1", role="kiosk", secret=SecretStr(SECRET)),
            pause=pauses.append,
        )
        with pytest.raises(ServerAwayError) as caught:
            gateway.reserve(ORDER, "key-1")
        gateway.close()
    assert len(pauses) == 2
    assert "kết nối lại" in caught.value.words.vi
