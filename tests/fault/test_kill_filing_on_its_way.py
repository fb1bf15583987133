"""The server is killed while a page, a dossier or a fee is on its way: it is there, and once."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, TypeVar

import httpx
import pytest

from kiosk.adapters.http_filing import HttpFilingGateway
from kiosk.domain.words import Language
from kiosk.use_cases.filing import Filing
from kiosk.use_cases.ports import GatewayError
from queue_server.adapters.sqlite_history import verify_file
from queue_server.contracts.forms import shipped_forms
from tests.fakes.filings import answered
from tests.fakes.paper_scenes import paper_file
from tests.office_process import OfficeProcess
from tests.ports.test_ticket_gateway import http_gateway

pytestmark = [pytest.mark.fault, pytest.mark.timeout(300)]

COPY = shipped_forms()["2.000635"]
PAPERS = (("Tờ khai", True),)
VI = Language.VI
KILLS = 2
MOMENT_S = 0.03
Answer = TypeVar("Answer")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OfficeProcess]:
    with OfficeProcess(tmp_path_factory.mktemp("killed") / "office") as process:
        yield process
    assert verify_file(process.folder / "store" / "office.db").ok


@pytest.fixture
def way(server: OfficeProcess) -> Iterator[HttpFilingGateway]:
    gateway = http_gateway(server.url, server.secret("kiosk-1"))
    yield HttpFilingGateway(gateway.ask)
    gateway.close()


def killed_meanwhile(
    server: OfficeProcess, dice: random.Random, ask: Callable[[], Answer]
) -> Answer:
    """Ask while the server is killed at a moment that nothing announces; then ask again."""
    moment = threading.Timer(dice.random() * MOMENT_S, server.kill)
    moment.start()
    try:
        ask()
    except (GatewayError, httpx.HTTPError):
        pass
    finally:
        moment.join()
    server.start()
    return ask()


def test_a_page_on_its_way_is_kept_or_dropped_once(
    server: OfficeProcess, way: HttpFilingGateway
) -> None:
    dice, page = random.Random(7), paper_file()
    filing = Filing(COPY, "scan", PAPERS, paper=PAPERS[0][0], answers=answered(COPY))
    filing = replace(filing, code=way.save(filing, VI))
    for number in range(1, KILLS + 1):
        killed_meanwhile(server, dice, lambda n=number: way.keep_page(filing, n, page, f"page-{n}"))
        assert way.load(filing.code).pages == {PAPERS[0][0]: number}
    way.keep_page(filing, KILLS + 1, page, "one more")
    killed_meanwhile(server, dice, lambda: way.drop_page(filing, 1, "drop"))
    assert way.load(filing.code).pages == {PAPERS[0][0]: KILLS}, "dropped once"
    filed = way.hand_in(replace(filing, pages={PAPERS[0][0]: KILLS}), VI)
    with server.client("counter-1") as clerk:
        assert clerk.get(f"/dossiers/{filed.code}").json()["digitised"] == 1
        assert clerk.get(f"/dossiers/{filed.code}/scans/1").content.count(page[:500]) == KILLS


def test_a_dossier_on_its_way_is_handed_in_once(
    server: OfficeProcess, way: HttpFilingGateway
) -> None:
    dice, codes, before = random.Random(8), [], inbox_of(server)
    for number in range(KILLS):
        filing = Filing(COPY, f"file-{number}", PAPERS, answers=answered(COPY))
        filing = replace(filing, code=way.save(filing, VI))
        filed = killed_meanwhile(server, dice, lambda f=filing: way.hand_in(f, VI))
        assert way.hand_in(filing, VI).code == filed.code
        codes.append(filed.code)
    inbox = inbox_of(server)
    assert len(set(codes)) == KILLS
    assert len(set(inbox)) == len(inbox)
    assert set(codes) <= set(inbox)
    assert sum(one not in before for one in inbox) == KILLS


def test_a_fee_on_its_way_is_booked_once(server: OfficeProcess, way: HttpFilingGateway) -> None:
    dice = random.Random(9)
    for number in range(KILLS):
        filed = way.hand_in(Filing(COPY, f"fee-{number}", PAPERS, answers=answered(COPY)), VI)
        due = filed.to_pay.due_vnd
        transfer(server, filed.code, due)
        fee = killed_meanwhile(server, dice, lambda holder=filed.holder: way.fee(holder))
        assert (fee.due_vnd, fee.paid_vnd) == (0, due)
        assert kinds(server, filed.code).count("DossierPaid") == 1


def inbox_of(server: OfficeProcess) -> list[str]:
    """The codes that clerks see."""
    with server.client("counter-1") as clerk:
        return [one["code"] for one in clerk.get("/dossiers").json()["dossiers"]]


def transfer(server: OfficeProcess, code: str, amount_vnd: int) -> None:
    """Somebody pays at the simulated bank."""
    told = {"reference": code.replace(".", "").replace("-", ""), "amount_vnd": amount_vnd}
    with server.client() as admin:
        assert admin.post("/payments/simulated", json=told).status_code == 200


def kinds(server: OfficeProcess, code: str) -> list[Any]:
    """What happened to a dossier, in order."""
    with server.client() as admin:
        return [step["kind"] for step in admin.get(f"/dossiers/{code}/history").json()]
