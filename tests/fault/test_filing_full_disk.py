"""The disk is full while citizens declare, scan, hand in: said kindly, nothing lost or doubled."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from kiosk.adapters.http_filing import HttpFilingGateway
from kiosk.domain.paper_page import MOST_PAGES
from kiosk.domain.words import Language, Words
from kiosk.use_cases.file_dossier import FileDossier, Handed
from kiosk.use_cases.filing import Filing
from kiosk.use_cases.ports import ServerAwayError
from queue_server.adapters.sqlite_history import verify_file
from queue_server.contracts.forms import shipped_forms
from tests.fakes.filings import answered
from tests.fakes.paper_scenes import paper_file
from tests.fault.conftest import SmallDisk
from tests.office_process import OfficeProcess
from tests.ports.test_ticket_gateway import http_gateway

pytestmark = [pytest.mark.fault, pytest.mark.timeout(180)]

FORM = shipped_forms()["1.004873"]
PAPER = "Tờ khai"
VI = Language.VI
SAID = "Chưa lưu được; máy chủ tạm thời không ghi được"
TRIES = 3000


def until_refused(step: Callable[[int], object]) -> tuple[int, Words]:
    """Do it again and again; how often the disk took it, and what the citizen reads then."""
    for number in range(TRIES):
        try:
            step(number)
        except ServerAwayError as refused:
            return number, refused.words
    raise AssertionError("the disk does not get full")


def scanned_until_full(desk: FileDossier, filing: Filing, page: bytes) -> tuple[Filing, Words]:
    """Keep pages while the disk takes them; then what the citizen reads."""
    while filing.scanned < MOST_PAGES:
        try:
            filing = desk.keep_page(filing, VI, page, f"page-{filing.scanned + 1}")
        except ServerAwayError as refused:
            return filing, refused.words
    raise AssertionError("the disk does not get full")


def declared(filing: Filing, number: int) -> Filing:
    """The same filing with another answer."""
    return replace(filing, answers={**filing.answers, "copies": str(1 + number % 9)})


def hand_in(desk: FileDossier, number: int) -> Handed:
    """A filing of its own, with the key that belongs to it."""
    filing = Filing(FORM, f"full-{number}", ((PAPER, True),), answers=answered(FORM))
    return desk.hand_in(filing, VI, lambda _filed: "")


def test_what_finds_no_room_is_kept_once_there_is_some(small_disk: SmallDisk) -> None:
    server, page = OfficeProcess(small_disk.folder), paper_file()
    with server:
        gateway = http_gateway(server.url, server.secret("kiosk-1"))
        desk = FileDossier(HttpFilingGateway(gateway.ask), None, Words("Phường", "Ward"))
        filing = Filing(FORM, "full", ((PAPER, True),), paper=PAPER, answers=answered(FORM))
        filing = desk.keep_page(filing, VI, page, "page-1")
        small_disk.fill()
        filing, words = scanned_until_full(desk, filing, page)
        assert words.vi.startswith(SAID)
        _, words = until_refused(lambda n: desk.save(declared(filing, n), VI))
        assert words.vi.startswith(SAID)
        taken, words = until_refused(lambda n: hand_in(desk, n))
        assert words.vi.startswith(SAID)
        small_disk.empty()
        codes = {hand_in(desk, n).filed.code for n in range(taken + 1)}
        assert len(codes) == taken + 1, "each once, whether its answer came or not"
        assert desk.save(filing, VI) == filing.code
        filing = desk.keep_page(filing, VI, page, f"page-{filing.scanned + 1}")
        draft = desk.load(filing.code)
        assert draft.pages == {PAPER: filing.scanned}
        assert draft.answers == filing.kept
        filed = desk.hand_in(filing, VI, lambda _filed: "")
        with server.client("counter-1") as clerk:
            inbox = clerk.get("/dossiers").json()["dossiers"]
            assert {one["code"] for one in inbox} == codes | {filed.filed.code}
            scan = clerk.get(f"/dossiers/{filed.filed.code}/scans/1").content
        assert scan.count(page[:500]) == filing.scanned
        gateway.close()
        assert server.stop() == 0
    assert verify_file(server.folder / "store" / "office.db").ok
