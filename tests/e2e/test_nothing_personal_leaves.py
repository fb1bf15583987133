"""Whoever comes, whatever their name: nothing of them is on MQTT, in logs, on slips or in lists."""

from __future__ import annotations

import itertools
import logging
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import httpx
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from kiosk.adapters.http_filing import HttpFilingGateway
from kiosk.domain.words import Language, Words
from kiosk.use_cases.file_dossier import FileDossier
from kiosk.use_cases.filing import Filing
from queue_server.adapters.clock import SetClock
from queue_server.bootstrap import RunningOffice
from queue_server.bootstrap.settings import settle
from queue_server.contracts.forms import shipped_forms
from tests.fakes.filings import answered
from tests.fakes.offices import LOOPBACK, new_ward, secret_of, signed_in
from tests.fakes.paper_scenes import paper_file
from tests.fakes.paper_tray import PaperTray
from tests.integration.amqtt_process import AmqttProcess
from tests.integration.server.test_dossiers_over_http import WEDNESDAY, move
from tests.integration.test_mqtt_presence import WAIT_S, Listener
from tests.ports.test_ticket_gateway import http_gateway

COPY = "2.000635"
KEYS = (f"personal-{n}" for n in itertools.count())
# Long enough that no random id of the office holds one by chance.
WORDS = st.text("abcdeghiklmnopqrstuvxyăâđêôơưạảấậễệốộớợ", min_size=9, max_size=11).map(str.title)
PAGE = paper_file()
LISTS = ("/board", "/display", "/dossiers", "/admin/audit/events", "/services", "/complaints")
"""What many see; some of it is for staff alone."""


@dataclass(frozen=True)
class Citizen:
    """Nobody."""

    name: str
    identity: str
    born: str
    phone: str
    address: str

    def said(self) -> list[str]:
        """What would lead to them, as it may stand anywhere: also without accents."""
        whole = [self.identity, self.phone, self.name, self.address, *self.name.split()]
        return [bare(one) for one in whole]


citizens = st.builds(
    lambda words, year, rest, place: Citizen(
        name=" ".join(words),
        identity=f"0011{year:02d}{rest:06d}",
        born=f"19{year:02d}-02-01",
        phone=f"09{rest:06d}{year:02d}",
        address=f"Số {rest}, {place}, xã Mẫu",
    ),
    st.lists(WORDS, min_size=3, max_size=3, unique=True),
    st.integers(50, 99),
    st.integers(100_000, 999_999),
    WORDS,
)


def bare(text: str) -> str:
    """Small letters without accents: a log that drops them tells just as much."""
    apart = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


class Ear(logging.Handler):
    """Hears what would leave the office, by where."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.heard: dict[str, list[str]] = {"log": [], "slip": [], "list": []}

    def emit(self, record: logging.LogRecord) -> None:
        self.heard["log"].append(record.getMessage())
        if record.exc_info:
            self.heard["log"].append(logging.Formatter().formatException(record.exc_info))


@contextmanager
def all_logs(ear: Ear) -> Iterator[None]:
    """Every logger of this process, also those that keep to themselves."""
    loggers = [logging.root, *map(logging.getLogger, logging.root.manager.loggerDict)]
    alone = [one for one in loggers if one is logging.root or not one.propagate]
    before = logging.root.level
    logging.root.setLevel(logging.DEBUG)
    for one in alone:
        one.addHandler(ear)
    try:
        yield
    finally:
        for one in alone:
            one.removeHandler(ear)
        logging.root.setLevel(before)


def come(office: RunningOffice, ear: Ear, citizen: Citizen) -> None:
    """A number with the card, a promise, a visit at home, a dossier with a page; staff looks."""
    with ExitStack() as stack:
        kiosk = stack.enter_context(signed_in(office, "kiosk-1"))
        clerk = stack.enter_context(signed_in(office, "counter-1"))
        post(kiosk, "/tickets", {"service": "CT", "card": citizen.identity})
        at = (WEDNESDAY + timedelta(hours=2)).isoformat()
        post(kiosk, "/appointments", {"service": "CT", "at": at, "card": citizen.identity})
        who = {"name": citizen.name, "phone": citizen.phone, "address": citizen.address}
        post(kiosk, "/home-visits", {"service": "HT", "day": "2026-11-26", "part": "morning"} | who)
        filed = file(office, ear, citizen)
        seen = clerk.get(f"/dossiers/{filed}/content", params={"reveal": True})
        assert citizen.identity in seen.text
        assert clerk.get(f"/dossiers/{filed}/scans/1").status_code == 200
        move(clerk, filed, "receive")
        move(clerk, filed, "ask_supplement", reason="Thiếu bản chính")
        with signed_in(office) as admin:
            ear.heard["list"] += [admin.get(path).text for path in LISTS]
            ear.heard["list"].append(admin.get(f"/dossiers/{filed}/history").text)


def post(client: httpx.Client, path: str, body: dict[str, str]) -> None:
    client.post(path, json=body, headers={"Idempotency-Key": next(KEYS)})


def file(office: RunningOffice, ear: Ear, citizen: Citizen) -> str:
    """As the kiosk files; the code of the dossier."""
    form, gateway = (
        shipped_forms()[COPY],
        http_gateway(office.http_url, secret_of(office, "kiosk-1")),
    )
    tray, declared = PaperTray(), answered(form, **vars(citizen))
    desk = FileDossier(HttpFilingGateway(gateway.ask), tray, Words("Phường Mẫu", "Ward"))
    filing = Filing(form, next(KEYS), (("Tờ khai", True),), paper="Tờ khai", answers=declared)
    filing = desk.keep_page(filing, Language.VI, PAGE, next(KEYS))
    handed = desk.hand_in(filing, Language.VI, lambda _filed: "")
    gateway.close()
    ear.heard["slip"] += [repr(slip) for slip in tray.printed]
    assert handed.printed
    return handed.filed.code


def overheard(folder: Path, visitors: list[Citizen]) -> dict[str, list[str]]:
    """All that left an office on the day when these people came."""
    ear = Ear()
    with AmqttProcess() as broker, all_logs(ear):
        listener = Listener(broker.port, "#")
        where = settle(new_ward(folder / "ward"), LOOPBACK, f"127.0.0.1:{broker.port}")
        with RunningOffice(where, SetClock(WEDNESDAY)) as office:
            for citizen in visitors:
                come(office, ear, citizen)
        listener.client.publish("the/end", "now", 1)
        ear.heard["mqtt"] = list(until_the_end(listener))
        listener.close()
    return ear.heard


def until_the_end(listener: Listener) -> Iterator[str]:
    while (message := listener.heard.get(timeout=WAIT_S)).topic != "the/end":
        yield f"{message.topic} {message.payload.decode()}"


@settings(max_examples=3, deadline=None, phases=[Phase.generate])
@given(st.lists(citizens, min_size=1, max_size=3, unique_by=lambda one: one.identity))
def test_nothing_of_a_citizen_leaves_the_office(visitors: list[Citizen]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        heard = overheard(Path(folder), visitors)
    for where, texts in heard.items():
        assert texts, f"nothing was heard on {where}: the test hears nothing"
        everything = bare("\n".join(texts))
        for citizen in visitors:
            found = [said for said in citizen.said() if said in everything]
            assert not found, f"{where} tells of a citizen"
