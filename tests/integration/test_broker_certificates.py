"""Mutual TLS on both brokers: only the office's certificates enter, each as itself alone."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from os import sched_yield
from pathlib import Path
from time import monotonic

import pytest

from queue_server.adapters.broker_tls import BrokerTls
from queue_server.adapters.device_certificates import issue_missing, revoke
from queue_server.adapters.local_ca import issue_server
from queue_server.adapters.mosquitto_files import tell_mosquitto, write_lists
from queue_server.adapters.topic_rights import Account
from queue_server.contracts import topics
from queue_server.contracts.tls_files import TlsFiles
from tests.integration.office_brokers import (
    OFFICE,
    WAIT_S,
    Device,
    Embedded,
    Mosquitto,
    OfficeBroker,
    accounts,
)
from tests.integration.test_broker_rights import needs_mosquitto

BOTH = ["embedded", pytest.param("mosquitto", marks=needs_mosquitto)]
NAMES = ["localhost", "127.0.0.1"]
KEY_3, KEY_4 = topics.counter_key(OFFICE, 3), topics.counter_key(OFFICE, 4)
STATE_3 = topics.counter_state(OFFICE, 3)


def authority(folder: Path) -> Path:
    """An office with a root, a server's certificate, and one for each log-in."""
    folder.mkdir()
    issue_server(folder, NAMES)
    issue_missing(folder, [account.id for account in accounts()])
    return folder


def files(office: Path, name: str) -> TlsFiles:
    own = office / "credentials" / f"{name}.pem"
    return TlsFiles(office / "tls" / "ca.pem", own, own.with_suffix(".key"))


class SecureOffice:
    """A broker by TLS and devices that are closed after the test."""

    def __init__(self, kind: str, folder: Path, stack: ExitStack) -> None:
        self.folder = authority(folder / "office")
        self.lists = folder / "broker"
        tls = self.folder / "tls"
        self.broker: OfficeBroker
        self.change: Callable[[list[Account]], None]
        if kind == "embedded":
            own = BrokerTls(*(str(tls / n) for n in ("ca.pem", "crl.pem", *SERVER)))
            self.embedded = Embedded(self.lists, own)
            self.broker, self.change = self.embedded, self._restart
        else:
            self.broker = Mosquitto(self.lists, office=self.folder)
            self.change = self._tell
        self.broker.start()
        stack.callback(self.broker.close)
        self._stack = stack

    def _tell(self, logins: list[Account]) -> None:
        write_lists(self.lists, logins)
        assert tell_mosquitto(self.lists)

    def _restart(self, logins: list[Account]) -> None:
        before, until = self.embedded.broker.restarts, monotonic() + 6 * WAIT_S
        self.embedded.broker.change(logins)
        while self.embedded.broker.restarts == before:
            assert monotonic() < until, "the broker did not come back"
            sched_yield()

    def refuses(self, name: str) -> bool:
        """Whether the broker comes to refuse it; mosquitto reads its lists between messages."""
        until = monotonic() + WAIT_S
        while self.device(name).admitted:
            if monotonic() > until:
                return False
        return True

    def device(
        self, name: str, shows: TlsFiles | None = None, client_id: str | None = None
    ) -> Device:
        shown = shows or files(self.folder, name)
        device = Device(self.broker.port, name, client_id=client_id, tls=shown)
        self._stack.callback(device.close)
        return device


SERVER = ("server.pem", "server.key")


@pytest.fixture(params=BOTH)
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SecureOffice]:
    with ExitStack() as stack:
        yield SecureOffice(request.param, tmp_path, stack)


def test_each_certificate_reaches_its_own_topics_only(office: SecureOffice) -> None:
    watcher = office.device("watcher")
    assert watcher.subscribe(topics.everything(OFFICE))
    keypad = office.device("keypad-3")
    assert keypad.admitted
    assert keypad.subscribe(STATE_3)
    keypad.publish(KEY_4, "forged")
    keypad.publish(KEY_3, "true")
    heard = watcher.next()  # the forged one was sent first: it would have come first
    assert (heard.topic, heard.payload) == (KEY_3, b"true")
    watcher.publish(STATE_3, "for you")
    assert keypad.next().payload == b"for you"


def test_without_a_certificate_of_the_office_nobody_enters(
    office: SecureOffice, tmp_path: Path
) -> None:
    other = authority(tmp_path / "other")
    ours = files(office.folder, "keypad-3")
    stranger = replace(files(other, "keypad-3"), ca=ours.ca)
    assert not office.device("keypad-3", stranger).admitted
    plain = Device(office.broker.port, "", tls=_Nameless(*_paths(ours)))
    assert not plain.admitted
    assert office.device("keypad-3").admitted


class _Nameless(TlsFiles):
    """Trusts the office and shows nothing."""

    __slots__ = ()

    def context(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self.ca)


def _paths(files: TlsFiles) -> tuple[Path, Path, Path]:
    return files.ca, files.certificate, files.key


def test_a_certificate_is_no_way_to_be_another(office: SecureOffice) -> None:
    """keypad-4's certificate, keypad-3's name and password: refused, or still keypad-4."""
    watcher = office.device("watcher")
    assert watcher.subscribe(topics.everything(OFFICE))
    false = office.device("keypad-3", files(office.folder, "keypad-4"), client_id="keypad-3")
    if false.admitted:
        false.publish(KEY_3, "forged")
    honest = office.device("keypad-3")
    honest.publish(KEY_3, "true")
    assert watcher.next().payload == b"true"


def test_a_broker_of_another_office_is_not_believed(office: SecureOffice, tmp_path: Path) -> None:
    other = authority(tmp_path / "other")
    wary = replace(files(office.folder, "keypad-3"), ca=other / "tls" / "ca.pem")
    assert not office.device("keypad-3", wary).admitted


def test_who_is_revoked_says_and_hears_nothing_more(office: SecureOffice) -> None:
    keypad, taken = office.device("keypad-3"), files(office.folder, "keypad-3")
    copies = tuple(path.read_bytes() for path in (taken.certificate, taken.key))
    assert keypad.subscribe(STATE_3)
    revoke(office.folder, "keypad-3")
    office.change([one for one in accounts() if one.id != "keypad-3"])
    for path, kept in zip((taken.certificate, taken.key), copies, strict=True):
        path.write_bytes(kept)
    assert office.refuses("keypad-3")
    watcher = office.device("watcher")
    assert watcher.subscribe(topics.everything(OFFICE))
    keypad.client.publish(KEY_3, "after all", 1)
    watcher.publish(STATE_3, "not for you")
    assert watcher.next().payload == b"not for you"
    assert keypad.heard.empty()
