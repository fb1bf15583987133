"""The server is killed at every stage of a filing: the draft is there, nothing is doubled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.adapters.http_filing import HttpFilingGateway
from kiosk.domain.words import Language
from kiosk.use_cases.filing import Filing, Place
from kiosk.use_cases.ports import GatewayError
from queue_server.adapters.sqlite_history import verify_file
from queue_server.contracts.forms import shipped_forms
from tests.fakes.filings import PERSON, answered
from tests.office_process import OfficeProcess
from tests.ports.test_ticket_gateway import http_gateway

pytestmark = [pytest.mark.fault, pytest.mark.timeout(300)]

FORM = shipped_forms()["1.004873"]
VI = Language.VI


@pytest.fixture
def server(tmp_path: Path) -> Iterator[OfficeProcess]:
    with OfficeProcess(tmp_path / "office") as process:
        yield process


@pytest.fixture
def way(server: OfficeProcess) -> Iterator[HttpFilingGateway]:
    gateway = http_gateway(server.url, server.secret("kiosk-1"))
    yield HttpFilingGateway(gateway.ask)
    gateway.close()


def kill(server: OfficeProcess) -> None:
    """Kill it now, start it again; the kiosk finds it where it was."""
    server.kill()
    server.start()


def test_a_kill_at_every_stage_loses_and_doubles_nothing(
    server: OfficeProcess, way: HttpFilingGateway
) -> None:
    full = answered(FORM)
    filing = Filing(FORM, "kill", (("Tờ khai", True),), answers={"relation": "self"}).begin()
    filing = replace(filing, code=way.save(filing, VI))
    for step in (
        replace(filing, answers={"relation": "self", "name": PERSON["name"]}),
        replace(filing, answers=full, place=Place.PAPERS),
        replace(filing, answers=full, place=Place.REVIEW),
    ):
        way.save(step, VI)
        kill(server)
        draft = way.load(filing.code)
        assert draft.answers == step.kept
        assert draft.papers == step.papers
        filing = step
    # Nobody answers the first try; the next one, with the same key, hands in.
    server.kill()
    with pytest.raises(GatewayError):
        way.hand_in(filing, VI)
    server.start()
    first = way.hand_in(filing, VI)
    kill(server)
    assert way.hand_in(filing, VI).code == first.code
    server.stop()
    store = server.folder / "store" / "office.db"
    assert verify_file(store).ok
    seen = b"".join(path.read_bytes() for path in store.parent.glob("office.db*"))
    assert b"DossierFiled" in seen
    assert PERSON["name"].encode() not in seen
    assert PERSON["identity"].encode() not in seen
