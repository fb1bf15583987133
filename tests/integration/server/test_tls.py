"""HTTPS by the office's own root: for pages and kiosks, renewed without new trust, else refused."""

from __future__ import annotations

import re
import ssl
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr

from kiosk.adapters.http_gateway import HttpTicketGateway
from kiosk.config.credentials import Credentials
from kiosk.domain.ticket import TicketOrder
from kiosk.domain.words import Language
from kiosk.use_cases.ports import ServerAwayError
from queue_server.adapters.device_certificates import issue_missing
from queue_server.adapters.key_files import KeyFileError
from queue_server.adapters.local_ca import CA, CA_KEY, SERVER_KEY, certificate_files, issue_server
from queue_server.bootstrap import RunningOffice
from queue_server.bootstrap.settings import settle
from tests.fakes.offices import LOOPBACK, new_ward, secret_of

NAMES = ["localhost", "127.0.0.1", "quay.local"]


def with_tls(folder: Path) -> Path:
    """The sample ward that answers by TLS."""
    new_ward(folder)
    config = folder / "motcua.toml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("[server]", "[server]\ntls = true"), encoding="utf-8")
    return folder


def certify(folder: Path) -> None:
    """Certificates for the server, and for all who come to its broker."""
    issue_server(folder, NAMES)
    issue_missing(folder, [path.stem for path in (folder / "credentials").glob("*.json")])


def trusting(folder: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=folder / CA)


@pytest.fixture
def ward(tmp_path: Path) -> Iterator[RunningOffice]:
    folder = with_tls(tmp_path / "ward")
    certify(folder)
    with RunningOffice(settle(folder, LOOPBACK, "embedded")) as office:
        yield office


def test_who_trusts_the_root_is_answered_and_nobody_else(ward: RunningOffice) -> None:
    assert ward.http_url.startswith("https://")
    root = trusting(ward.settings.data)
    assert httpx.get(f"{ward.http_url}/healthz", verify=root).is_success
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{ward.http_url}/healthz")
    with pytest.raises(httpx.HTTPError):
        httpx.get(ward.http_url.replace("https", "http") + "/healthz")
    old = trusting(ward.settings.data)
    old.minimum_version, old.maximum_version = ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_2
    assert httpx.get(f"{ward.http_url}/healthz", verify=old).is_success


def test_every_answer_asks_the_browser_to_stay_with_tls(ward: RunningOffice) -> None:
    root = trusting(ward.settings.data)
    with httpx.Client(timeout=60, base_url=ward.http_url, verify=root) as browser:
        for path in ("/", "/healthz", "/api/v1/board", "/no/such/page"):
            asked = browser.get(path).headers.get_list("strict-transport-security")
            assert asked == ["max-age=31536000; includeSubDomains"], path


def test_a_name_that_is_not_in_the_certificate_is_refused(ward: RunningOffice) -> None:
    other = ward.http_url.replace("127.0.0.1", "127.0.0.2")
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{other}/healthz", verify=trusting(ward.settings.data))


def test_the_cookie_is_for_tls_only(ward: RunningOffice) -> None:
    root = trusting(ward.settings.data)
    with httpx.Client(timeout=60, base_url=f"{ward.http_url}/api/v1", verify=root) as browser:
        signed = browser.post("/session", json={"secret": secret_of(ward, "board-1")})
        assert "secure" in signed.headers["set-cookie"].lower()
        assert browser.get("/board").is_success
        (cookie,) = browser.cookies.jar
        # A browser takes this prefix only with Secure, for the whole host, and for no other one.
        assert cookie.name == "__Host-motcua_session"
        assert (cookie.path, cookie.domain_specified) == ("/", False)
        plain = {"Cookie": f"motcua_session={cookie.value}"}
        with httpx.Client(base_url=str(browser.base_url), verify=root) as other:
            assert other.get("/board", headers=plain).status_code == 401
        browser.delete("/session", headers={"Origin": ward.http_url})
        assert not list(browser.cookies.jar)


def kiosk(office: RunningOffice, ca: Path | None) -> HttpTicketGateway:
    credentials = Credentials(
        id="kiosk-1", role="kiosk", secret=SecretStr(secret_of(office, "kiosk-1"))
    )
    return HttpTicketGateway(office.http_url, credentials, tries=1, ca=ca)


def test_a_kiosk_takes_numbers_by_tls_and_from_no_stranger(ward: RunningOffice) -> None:
    trusted = kiosk(ward, ward.settings.data / CA)
    assert trusted.reserve(TicketOrder("CT", Language.VI), "tls 1").number == "B001"
    trusted.close()
    wary = kiosk(ward, None)
    with pytest.raises(ServerAwayError):
        wary.reserve(TicketOrder("CT", Language.VI), "tls 2")
    wary.close()


def test_a_new_certificate_needs_no_new_trust(tmp_path: Path) -> None:
    folder = with_tls(tmp_path / "ward")
    issue_server(folder, NAMES)
    root, key = (folder / CA).read_bytes(), (folder / SERVER_KEY).read_bytes()
    trusted = trusting(folder)
    issue_server(folder, NAMES)
    assert (folder / CA).read_bytes() == root
    assert (folder / SERVER_KEY).read_bytes() != key
    certify(folder)
    with RunningOffice(settle(folder, LOOPBACK, "embedded")) as office:
        assert httpx.get(f"{office.http_url}/healthz", verify=trusted).is_success


def test_keys_are_their_owners_alone_and_bad_files_are_named(tmp_path: Path) -> None:
    folder = with_tls(tmp_path / "ward")
    with pytest.raises(KeyFileError, match="motcua certificates"):
        settle(folder, LOOPBACK, "embedded")
    issue_server(folder, NAMES)
    for private in (CA_KEY, SERVER_KEY):
        assert stat.S_IMODE((folder / private).stat().st_mode) == 0o600
    (folder / SERVER_KEY).chmod(0o644)
    with pytest.raises(KeyFileError, match="chmod 600"):
        certificate_files(folder)
    (folder / SERVER_KEY).chmod(0o600)
    issue_server(folder, NAMES, datetime.now(UTC) - timedelta(days=500))
    with pytest.raises(KeyFileError, match="expired"):
        certificate_files(folder)


def test_the_command_makes_it_and_says_what_to_compare(tmp_path: Path) -> None:
    folder = with_tls(tmp_path / "ward")
    command = [sys.executable, "-m", "queue_server", "certificates", "--data", str(folder)]
    done = subprocess.run(
        [*command, "--name", "quay.local"], capture_output=True, text=True, check=True, timeout=60
    )
    assert "quay.local" in done.stdout
    assert re.search(r"SHA-256 ([0-9a-f]{2}:){31}[0-9a-f]{2}", done.stdout)
    assert settle(folder, LOOPBACK, "embedded").tls is not None
