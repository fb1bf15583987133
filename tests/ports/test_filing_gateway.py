"""One suite for the way a filing takes: the fake that screens use, and HTTP to a real office."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import pytest

from kiosk.adapters.http_filing import HttpFilingGateway
from kiosk.domain.words import Language, Words
from kiosk.use_cases.file_dossier import FilingGateway
from kiosk.use_cases.filing import Filing
from kiosk.use_cases.ports import RefusedError, ServerAwayError
from queue_server.adapters.clock import SetClock
from queue_server.bootstrap import RunningOffice
from queue_server.contracts.forms import shipped_forms
from queue_server.domain.office import ZONE
from tests.fakes.filing_desk import FakeFilings
from tests.fakes.filings import PERSON, answered
from tests.fakes.offices import running, secret_of, signed_in
from tests.fakes.paper_scenes import paper_file
from tests.ports.test_ticket_gateway import http_gateway

WEDNESDAY = datetime(2026, 11, 25, 8, 0, tzinfo=ZONE)
FORM = shipped_forms()["1.004873"]
FULL = Filing(FORM, "key", (("Tờ khai", True), ("Bản án", False)), answers=answered(FORM))
VI = Language.VI


@dataclass
class Way:
    gateway: FilingGateway
    dossiers: Callable[[], int]
    declared: Callable[[str], Mapping[str, str]]
    work_on: Callable[[str], object]


@pytest.fixture(scope="module")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningOffice]:
    with running(tmp_path_factory.mktemp("ward"), SetClock(WEDNESDAY)) as office:
        yield office


@pytest.fixture(params=["fake", "http"])
def way(request: pytest.FixtureRequest) -> Iterator[Way]:
    if request.param == "fake":
        fake = FakeFilings()
        yield Way(
            fake,
            lambda: len(fake.filed),
            lambda code: fake.filed[code].kept,
            lambda _code: setattr(fake, "worked_on", True),
        )
        return
    office: RunningOffice = request.getfixturevalue("ward")

    def count() -> int:
        with office.live.look() as day:
            return sum(one.code is not None for one in day.shelf.dossiers.values())

    def declared(code: str) -> Mapping[str, str]:
        dossier = office.dossiers.desk.find(code)
        assert dossier is not None
        found = office.dossiers.desk.declared(dossier)
        assert found is not None
        return found.answers

    def work_on(code: str) -> None:
        with signed_in(office, "counter-1") as clerk:
            answer = clerk.post(f"/dossiers/{code}/moves", json={"move": "receive"})
            assert answer.status_code == 200

    before = count()
    gateway = http_gateway(office.http_url, secret_of(office, "kiosk-1"))
    yield Way(HttpFilingGateway(gateway.ask), lambda: count() - before, declared, work_on)
    gateway.close()


def fresh(request: pytest.FixtureRequest) -> Filing:
    return replace(FULL, key=request.node.nodeid)


def test_a_draft_keeps_its_code_and_is_loaded(way: Way, request: pytest.FixtureRequest) -> None:
    half = replace(fresh(request), answers={"name": PERSON["name"], "relation": "self"}).begin()
    code = way.gateway.save(half, VI)
    more = replace(half, code=code, answers={**half.answers, "identity": PERSON["identity"]})
    assert way.gateway.save(more, VI) == code
    draft = way.gateway.load(code)
    assert (draft.holder, draft.procedure) == (code, FORM.procedure)
    assert draft.answers == more.answers
    assert draft.papers == FULL.papers
    assert PERSON["name"] not in repr(draft)


def test_handing_in_is_once_for_a_key(way: Way, request: pytest.FixtureRequest) -> None:
    filing = fresh(request)
    first = way.gateway.hand_in(filing, VI)
    again = way.gateway.hand_in(filing, VI)
    assert first.code == again.code
    assert way.dossiers() == 1
    assert first.due_at is not None
    assert first.due_at > first.filed_at


def test_a_draft_is_handed_in_under_its_code(way: Way, request: pytest.FixtureRequest) -> None:
    filing = fresh(request)
    code = way.gateway.save(filing, VI)
    filed = way.gateway.hand_in(replace(filing, code=code), VI)
    assert filed.holder == code


def test_a_change_after_a_lost_answer_is_taken_over(
    way: Way, request: pytest.FixtureRequest
) -> None:
    filing = fresh(request)
    filing = replace(filing, code=way.gateway.save(filing, VI))
    first = way.gateway.hand_in(filing, VI)
    changed = replace(filing, answers={**filing.answers, "copies": "3"})
    again = way.gateway.hand_in(changed, VI)
    assert (again.code, again.missed) == (first.code, False)
    assert way.declared(first.code)["copies"] == "3"
    assert way.dossiers() == 1


def test_a_change_is_taken_over_also_where_no_draft_was_ever_answered(
    way: Way, request: pytest.FixtureRequest
) -> None:
    filing = fresh(request)
    first = way.gateway.hand_in(filing, VI)
    changed = replace(filing, answers={**filing.answers, "copies": "4"})
    assert way.gateway.hand_in(changed, VI).code == first.code
    assert way.declared(first.code)["copies"] == "4"
    assert way.dossiers() == 1


def test_a_change_of_what_somebody_works_on_is_said_to_be_missed(
    way: Way, request: pytest.FixtureRequest
) -> None:
    filing = fresh(request)
    first = way.gateway.hand_in(filing, VI)
    way.work_on(first.code)
    assert not way.gateway.hand_in(filing, VI).missed
    changed = replace(filing, answers={**filing.answers, "copies": "5"})
    again = way.gateway.hand_in(changed, VI)
    assert (again.code, again.missed) == (first.code, True)
    assert way.declared(first.code)["copies"] == filing.answers["copies"]


def test_a_page_that_was_dropped_is_dropped_once_and_the_others_stay(
    way: Way, request: pytest.FixtureRequest
) -> None:
    filing, page = replace(fresh(request), paper="Tờ khai"), paper_file()
    filing = replace(filing, code=way.gateway.save(filing, VI))
    for number in (1, 2, 3):
        way.gateway.keep_page(filing, number, page, f"{filing.key}-{number}")
    for _ in range(2):
        way.gateway.drop_page(filing, 2, f"{filing.key}-drop")
    assert way.gateway.load(filing.code).pages == {"Tờ khai": 2}
    way.gateway.drop_pages(filing)
    assert way.gateway.load(filing.code).pages == {}


def test_the_fee_is_asked_for_by_the_holders_code(way: Way, request: pytest.FixtureRequest) -> None:
    filed = way.gateway.hand_in(fresh(request), VI)
    assert way.gateway.fee(filed.holder) == filed.to_pay


def test_nothing_is_known_of_somebody_whose_papers_no_clerk_has_seen(
    way: Way, request: pytest.FixtureRequest
) -> None:
    assert way.gateway.known(fresh(request)) == ()


def test_a_draft_whose_first_answer_was_lost_keeps_what_was_answered_since(
    ward: RunningOffice, request: pytest.FixtureRequest
) -> None:
    gateway = http_gateway(ward.http_url, secret_of(ward, "kiosk-1"))
    lost = []

    def ask(method: str, path: str, body: str | None, key: str | None) -> bytes:
        answer = gateway.ask(method, path, body, key)
        if not lost:
            lost.append(path)
            raise ServerAwayError(Words("Mất mạng", "Lost"), "lost")
        return answer

    way = HttpFilingGateway(ask)
    half = replace(fresh(request), answers={"relation": "self"}).begin()
    with pytest.raises(ServerAwayError):
        way.save(half, VI)
    more = replace(half, answers={"relation": "self", "name": PERSON["name"]})
    assert way.load(way.save(more, VI)).answers == more.answers
    gateway.close()


def test_an_unknown_code_is_refused(way: Way) -> None:
    with pytest.raises(RefusedError) as refused:
        way.gateway.load("ZZZZ9999")
    assert refused.value.code == "unknown_dossier"


def test_nobody_there_is_said() -> None:
    gateway = http_gateway("http://127.0.0.1:9", "x", read_s=0.2)
    with pytest.raises(ServerAwayError):
        HttpFilingGateway(gateway.ask).save(FULL, VI)
    gateway.close()
