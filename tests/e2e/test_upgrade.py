"""A real upgrade with archive, signature, pip, link and processes; and each way to fail."""

from __future__ import annotations

import json
import os
import re
import shlex
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import httpx
import pytest

from queue_server.adapters import minisign
from queue_server.adapters.migrate import newest_revision, revision_of
from queue_server.adapters.program_slots import ProgramSlots
from queue_server.adapters.sqlite_history import verify_file
from queue_server.adapters.upgrade_data import UpgradeData, ready
from queue_server.adapters.upgrade_journal import UpgradeJournal
from queue_server.use_cases.upgrade import Entry
from tests.campaign.damaged import motcua
from tests.e2e.next_release import Site, wipe
from tests.fakes.offices import new_ward

pytestmark = [pytest.mark.fault, pytest.mark.timeout(600)]
TOMORROW = "9999"
QUIET = range(9_000)
"""Ports that no system hands out by itself: a server that stops must find its own free again."""


def quiet_port(above: int = 0) -> int:
    """One that nobody else of this machine's tests takes in the seconds between two programs."""
    first = os.getpid() % len(QUIET)
    for number in (*QUIET[first:], *QUIET[:first]):
        port = 12_000 + above + number
        with socket.socket() as tried, suppress(OSError):
            tried.bind(("127.0.0.1", port))
            return port
    raise AssertionError("no port is free")


class Office:
    """A ward whose server is run by the link of a site."""

    service = (sys.executable, "-m", "tests.e2e.linked_service")

    def __init__(self, folder: Path) -> None:
        self.data = new_ward(folder / "ward")
        self.site = Site(folder)
        self.site.prepare()
        self.url = f"http://127.0.0.1:{quiet_port()}"
        toml = self.data / "motcua.toml"
        http = f'http = "{self.url.removeprefix("http://")}"'
        mqtt = f'mqtt = "embedded:{quiet_port(9_000)}"'
        text = toml.read_text("utf-8").replace('http = "127.0.0.1:8080"', http)
        text = re.sub(r'^mqtt = "[^"]*"', mqtt, text, flags=re.MULTILINE)
        assert http in text
        assert mqtt in text
        toml.write_text(text, "utf-8")
        self.store = self.data / "store" / "office.db"

    def start(self) -> None:
        self._service("start")
        assert ready(self.url, None, 120), (self.data.parent / "service.log").read_text("utf-8")

    def stop(self) -> None:
        self._service("stop")

    def _service(self, what: str) -> None:
        subprocess.run([*self.service, what, self.site.link, self.data], check=True, timeout=120)

    def take(self, key: str) -> str:
        secret = json.loads((self.data / "credentials" / "admin.json").read_text())["secret"]
        headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": key}
        body = {"service": "CT"}
        told = httpx.post(f"{self.url}/api/v1/tickets", json=body, headers=headers, timeout=60)
        return str(told.raise_for_status().json()["number"])

    def upgrade(self, archive: Path, within: float = 120) -> subprocess.CompletedProcess[str]:
        how = self.service
        end = [str(self.site.link), str(self.data)]
        return motcua(
            *("upgrade", archive, "--data", self.data, "--key", self.site.public),
            *("--programs", self.site.link, "--within", str(within)),
            *("--stop", shlex.join([*how, "stop", *end])),
            *("--start", shlex.join([*how, "start", *end])),
        )

    def program(self) -> str:
        return self.site.link.resolve().name

    def tickets(self) -> list[str]:
        with closing(sqlite3.connect(self.store)) as raw:
            return [row[0] for row in raw.execute("SELECT label FROM ticket ORDER BY serial")]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path)
    try:
        yield office
    finally:
        office.stop()
        wipe(office.site)


def test_an_office_through_four_releases(office: Office) -> None:
    """One that was changed, one that spoils, one that serves nobody, and one that is good."""
    office.start()
    before = [office.take("one"), office.take("two")]
    _changed_or_foreign_ones_are_refused(office)
    assert office.take("one") == before[0], "the office was never closed"

    spoils = office.upgrade(office.site.release("0.2.1", spoils=True))
    assert spoils.returncode == 1
    assert "rehearsal" in spoils.stderr
    assert not (office.data / "upgrades" / "rehearsal").exists()
    assert office.take("one") == before[0], "the office was never closed"

    deaf = office.upgrade(office.site.release("0.2.2", deaf=True), within=3)
    assert deaf.returncode == 1
    assert "old one works again" in deaf.stderr
    assert (office.program(), revision_of(office.store)) == ("0.1.0", newest_revision())
    assert ready(office.url, None, 120)
    before.append(office.take("three"))

    good = office.upgrade(office.site.release("0.2.0"))
    assert good.returncode == 0, good.stderr
    assert (office.program(), revision_of(office.store)) == ("0.2.0", TOMORROW)
    assert ready(office.url, None, 120)
    assert office.take("two") == before[1], "a repeat is answered as before"
    assert office.take("four") not in before
    again = office.upgrade(office.site.folder / "motcua-edge-0.2.0.tar")
    assert (again.returncode, "runs already" in again.stderr) == (2, True)
    office.stop()
    assert len(office.tickets()) == 4
    assert verify_file(office.store).ok
    copies = sorted((office.data / "upgrades").iterdir())
    assert len(copies) == 2, "one for the deaf, one for the good"
    assert revision_of(copies[-1] / "store" / "office.db") == newest_revision()


def _changed_or_foreign_ones_are_refused(office: Office) -> None:
    archive = office.site.release("0.1.9")
    whole, key = archive.read_bytes(), office.site.public.read_text("utf-8")
    archive.write_bytes(whole.replace(b"motcua_next:main", b"motcua_next:evil"))
    refused = office.upgrade(archive)
    assert (refused.returncode, "changed after it was signed" in refused.stderr) == (1, True)
    archive.write_bytes(whole)
    other = minisign.new_key(office.site.folder / "other.pem")
    office.site.public.write_text(other.text(), "utf-8")
    assert "another key" in office.upgrade(archive).stderr
    office.site.public.write_text(key, "utf-8")
    assert not (office.site.link.with_name("motcua.releases") / "0.1.9").exists()
    assert office.program() == "0.1.0"


def test_a_server_that_starts_after_a_cut_puts_the_copy_back(office: Office) -> None:
    """The power went after the tables were changed and before the link was: the link decides."""
    office.start()
    office.take("one")
    office.stop()
    archive = office.site.release("0.2.0")
    with_new = _installed(office, archive)
    data, copy = UpgradeData(office.data), office.data / "upgrades" / "copy"
    old = str(office.site.link.resolve())
    entry = Entry(str(office.site.link), old, with_new, str(copy))
    journal = UpgradeJournal(office.data)
    journal.write(entry)
    events = data.backup(old, str(copy))
    journal.write(Entry(entry.link, entry.before, entry.after, entry.backup, events))
    data.bring_up(with_new)
    assert revision_of(office.store) == TOMORROW
    office.start()
    assert journal.read() is None
    assert revision_of(office.store) == newest_revision()
    assert office.take("two")
    office.stop()
    # And what was promised by the new program is kept when the old one has to come back.
    data.bring_up(with_new)
    assert data.newest() > events
    data.take_back(with_new, old)
    assert revision_of(office.store) == newest_revision()
    assert len(office.tickets()) == 2


def _installed(office: Office, archive: Path) -> str:
    slots = ProgramSlots(office.site.link)
    public = minisign.read_public(office.site.public.read_text("utf-8"))
    signature = archive.with_name(f"{archive.name}.minisig")
    return str(slots.slot(slots.bring(archive, signature, public)))
