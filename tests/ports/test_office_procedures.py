"""One suite for the way to the office's catalogue: the fake, and HTTP to a real office."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
import pytest

from kiosk.adapters.catalogue_files import read_catalogue, shipped_catalogue
from kiosk.adapters.http_catalogue import CatalogueFile, HttpCatalogue
from kiosk.domain.catalogue import Catalogue
from kiosk.use_cases.office_catalogue import CatalogueSource, FollowCatalogue, laid_over
from kiosk.use_cases.ports import ServerAwayError
from queue_server.bootstrap import RunningOffice
from queue_server.config.clerk_data import shipped_entries
from queue_server.contracts.catalogue_views import CatalogueNow
from queue_server.use_cases.kiosk_catalogue import catalogue_now
from queue_server.use_cases.settings_desk import Catalogue as Kept
from tests.fakes.office_days import OFFICE
from tests.fakes.office_procedures import FakeCatalogue
from tests.fakes.offices import running, secret_of, signed_in
from tests.ports.test_ticket_gateway import http_gateway

SHIPPED = read_catalogue(Path(str(shipped_catalogue())))
MARITAL = "1.004873"
NEW_NAME = ("Sign here", "Certify a signature")


def said(change: Callable[[str], str] = str) -> CatalogueNow:
    """What the sample office tells, with another English name of a procedure."""
    entries = tuple(replace(one, name_en=change(one.name_en)) for one in shipped_entries())
    return catalogue_now(Kept(1, "", entries), OFFICE)


@dataclass
class Way:
    source: CatalogueSource
    change: Callable[[], object]


@pytest.fixture(params=["fake", "http"])
def way(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Way]:
    if request.param == "fake":
        fake = FakeCatalogue(said())
        other = said(lambda name: name.replace(*reversed(NEW_NAME)))
        yield Way(fake, lambda: setattr(fake, "now", other))
        return
    with running(tmp_path / "ward") as office:
        gateway = http_gateway(office.http_url, secret_of(office, "kiosk-1"))
        yield Way(HttpCatalogue(gateway), lambda: renamed(office))
        gateway.close()


def renamed(office: RunningOffice) -> None:
    """The administrator imports a sheet with another name."""
    with signed_in(office) as admin:
        now = admin.get("/admin/catalogue").json()
        sheet = admin.get("/admin/catalogue/file").text.replace(*reversed(NEW_NAME))
        body = {"csv": sheet, "expected": now["hash"]}
        assert admin.put("/admin/catalogue", json=body).json()["applied"]


def english(catalogue: Catalogue) -> set[str]:
    return {one.name.en for one in catalogue.procedures}


def test_it_is_told_once_and_again_when_it_is_another_one(way: Way) -> None:
    first = way.source.newer("")
    assert first is not None
    assert way.source.newer(first.digest) is None
    way.change()
    other = way.source.newer(first.digest)
    assert other is not None
    assert other.digest != first.digest
    assert english(laid_over(SHIPPED, other)) ^ english(laid_over(SHIPPED, first)) == set(NEW_NAME)
    assert way.source.newer(other.digest) is None


def test_an_office_that_changed_nothing_says_what_the_kiosk_was_shipped_with(way: Way) -> None:
    now = way.source.newer("")
    assert now is not None
    assert laid_over(SHIPPED, now).services == SHIPPED.services


def test_nobody_there_is_said() -> None:
    gateway = http_gateway("http://127.0.0.1:9", "x", read_s=0.2)
    with pytest.raises(ServerAwayError):
        HttpCatalogue(gateway).newer("")
    gateway.close()


def test_an_unchanged_catalogue_costs_no_body_and_a_stranger_learns_nothing(
    tmp_path: Path,
) -> None:
    with running(tmp_path) as office, signed_in(office, "kiosk-1") as kiosk:
        first = kiosk.get("/catalogue")
        assert first.headers["etag"] == f'"{first.json()["digest"]}"'
        for known in (first.headers["etag"], f"W/{first.headers['etag']}"):
            same = kiosk.get("/catalogue", headers={"If-None-Match": known})
            assert (same.status_code, same.content) == (304, b"")
        assert kiosk.get("/catalogue", headers={"If-None-Match": '"other"'}).status_code == 200
        assert httpx.get(f"{office.http_url}/api/v1/catalogue").status_code == 401


def test_a_kiosk_takes_it_over_keeps_it_and_shows_it_while_the_server_is_away(
    tmp_path: Path,
) -> None:
    clock = iter(range(0, 10_000, 100))
    shelf = CatalogueFile(tmp_path / "state")
    with running(tmp_path / "ward") as office:
        gateway = http_gateway(office.http_url, secret_of(office, "kiosk-1"))
        follow = FollowCatalogue(HttpCatalogue(gateway), shelf, SHIPPED, lambda: next(clock))
        assert follow.begin() is SHIPPED
        assert follow() is not None
        assert follow() is None, "nothing changed"
        renamed(office)
        found = follow()
        assert found is not None
        assert found.find("sign here")[0].name.en == NEW_NAME[0]
    assert follow() is None, "the server is away: what was heard stays"
    again = FollowCatalogue(HttpCatalogue(gateway), shelf, SHIPPED, lambda: next(clock))
    assert english(again.begin()) ^ english(SHIPPED) == set(NEW_NAME)
    (tmp_path / "state" / "catalogue.json").write_text('{"digest": "', "utf-8")
    assert again.begin() is SHIPPED, "a broken file is as none"
    gateway.close()
