"""Two offices: one shows the other's wait, says when it is silent, and exports both as GeoJSON."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import httpx
import pytest
from pydantic import ValidationError

from queue_server.adapters.clock import SetClock
from queue_server.contracts.map_views import OfficeWait
from queue_server.domain.office import ZONE
from queue_server.domain.smile_commands import KeepSmiles
from queue_server.use_cases.keep_day import Request
from tests.fakes.offices import new_ward, running, signed_in

NINE = datetime(2026, 5, 11, 9, 0, tzinfo=ZONE)


def with_map(folder: Path, url: str) -> Path:
    """A ward in Ninh Kiều with one neighbour in Cái Răng and one that was never there."""
    file = new_ward(folder) / "motcua.toml"
    rows = (
        ("cai-rang", "Phường Cái Răng", "Cai Rang Ward", 10.0008, 105.7510, url),
        ("phong-dien", "Xã Phong Điền", "Phong Dien", 9.9950, 105.6710, "http://127.0.0.1:9"),
    )
    text = "\n[map]\nlatitude = 10.0342\nlongitude = 105.7883\n"
    for name, vi, en, latitude, longitude, where in rows:
        text += f'[[map.neighbours]]\nid = "{name}"\nname_vi = "{vi}"\nname_en = "{en}"\n'
        text += f'latitude = {latitude}\nlongitude = {longitude}\nurl = "{where}"\n'
    file.write_text(file.read_text("utf-8") + text, "utf-8")
    return folder


def test_the_wait_of_the_other_office_is_shown_until_it_falls_silent(tmp_path: Path) -> None:
    clock = SetClock(NINE)
    with running(tmp_path / "other", clock) as other:
        with signed_in(other) as admin:
            for number in range(3):
                headers = {"Idempotency-Key": f"t{number}"}
                admin.post("/tickets", json={"service": "CT"}, headers=headers).raise_for_status()
        said = httpx.get(f"{other.http_url}/api/v1/office").json()
        assert (said["waiting"], said["counters_open"]) == (3, 0)
        folder = with_map(tmp_path / "own", other.http_url)
        with running(folder, clock) as own, signed_in(own) as admin:
            own.neighbours.ask()
            offices = admin.get("/offices").json()["offices"]
            assert [one["link"] for one in offices] == ["own", "live", "silent"]
            assert offices[1]["wait"]["waiting"] == 3
            assert offices[2]["wait"] is None
            clock.advance_to(NINE + timedelta(minutes=3))
            stale = admin.get("/offices").json()["offices"][1]
            assert (stale["link"], stale["wait"]["waiting"]) == ("silent", 3)
            answer = admin.get("/offices.geojson")
            assert answer.headers["content-type"] == "application/geo+json"
            found = answer.json()
            assert found["type"] == "FeatureCollection"
            points = [one["geometry"]["coordinates"] for one in found["features"]]
            assert points == [[105.7883, 10.0342], [105.751, 10.0008], [105.671, 9.995]]
            assert httpx.get(f"{own.http_url}/api/v1/offices").status_code == 401


def test_the_smile_index_stands_on_the_map_with_its_words_and_never_of_few(tmp_path: Path) -> None:
    clock = SetClock(NINE + timedelta(minutes=40))
    with running(tmp_path / "other", clock) as other:
        assert httpx.get(f"{other.http_url}/api/v1/office").json()["smile"] is None
        for start, n, share in ((0, 12, 0.5), (15, 20, 0.75)):
            window = KeepSmiles(
                window_from=NINE + timedelta(minutes=start),
                minutes=15,
                n=n,
                share=share,
                low=share - 0.2,
                high=share + 0.2,
            )
            other.writer.submit(Request(window, lambda _d, _o, _at: {})).result()
        with running(with_map(tmp_path / "own", other.http_url), clock) as own:
            own.neighbours.ask()
            with signed_in(own) as admin:
                own_wait, wait = (
                    one["wait"] for one in admin.get("/offices").json()["offices"][:2]
                )
    assert own_wait["smile"] is None
    assert wait["smile"]["n"] == 32
    assert wait["smile"]["share"] == pytest.approx((12 * 0.5 + 20 * 0.75) / 32)
    assert "chưa hiệu chỉnh tại chỗ" in wait["smile"]["words"]["vi"]
    assert "not calibrated on site" in wait["smile"]["words"]["en"]
    few = wait | {"smile": wait["smile"] | {"n": 9}}
    with pytest.raises(ValidationError):
        OfficeWait.model_validate(few)
