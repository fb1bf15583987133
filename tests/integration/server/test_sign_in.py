"""Nothing answers without credentials, and each credential reaches its own things only."""

from __future__ import annotations

import logging
import re

import httpx
import pytest

from queue_server.bootstrap import RunningOffice
from tests.fakes.offices import secret_of, signed_in

OPEN = {"/healthz", "/readyz"}
"""One word each, for what watches the process; see queue_server/api/health.py."""
BY_CODE = "/api/v1/follow/{code}"
SIGN_IN = {
    ("post", "/api/v1/session"),
    ("post", "/api/v1/session/person"),
    ("delete", "/api/v1/session"),
    ("get", "/api/v1/session/city"),
    ("get", "/api/v1/enrol/root"),
    ("post", "/api/v1/enrol"),
}
FOR_EVERYBODY = {
    ("get", "/api/v1/appointments/offer"),
    ("get", "/api/v1/appointments/slots"),
    ("post", "/api/v1/appointments"),
    ("get", "/api/v1/appointments/by-code/{code}"),
    ("post", "/api/v1/appointments/by-code/{code}/move"),
    ("post", "/api/v1/appointments/by-code/{code}/cancel"),
    ("get", "/api/v1/home-visits/half-days"),
    ("post", "/api/v1/home-visits"),
    ("get", "/api/v1/home-visits/by-code/{code}"),
    ("post", "/api/v1/home-visits/by-code/{code}/cancel"),
    ("post", "/api/v1/dossiers/drafts"),
    ("put", "/api/v1/dossiers/drafts/{code}"),
    ("get", "/api/v1/dossiers/drafts/{code}"),
    ("post", "/api/v1/dossiers/drafts/{code}/drop"),
    ("post", "/api/v1/dossiers"),
    ("get", "/api/v1/dossiers/by-code/{code}"),
    ("put", "/api/v1/dossiers/by-code/{code}"),
    ("get", "/api/v1/visits/rules"),
    ("get", "/api/v1/dossiers/by-code/{code}/receipt"),
    ("get", "/api/v1/dossiers/by-code/{code}/payment"),
    ("get", "/api/v1/dossiers/by-code/{code}/fee-slip"),
    ("get", "/api/v1/office"),
    ("get", "/api/v1/brand"),
    ("get", "/api/v1/brand/logo"),
    ("get", "/api/v1/published"),
    ("get", "/api/v1/published/{publication}"),
    ("get", "/api/v1/published/{publication}/file"),
}
"""What the office shows to all; what is booked or filed at a stranger's pace, or by a code."""


def test_every_operation_refuses_a_stranger(office: RunningOffice, admin: httpx.Client) -> None:
    paths = admin.get("/openapi.json").json()["paths"]
    assert len(paths) > 15
    assert {(m, path) for path, operations in paths.items() for m in operations} >= FOR_EVERYBODY
    with httpx.Client(timeout=60, base_url=office.http_url) as stranger:
        for path, operations in paths.items():
            for method in operations:
                if path in OPEN or path.startswith(BY_CODE) or (method, path) in SIGN_IN:
                    continue
                if (method, path) in FOR_EVERYBODY:
                    continue
                filled = path.replace("{number}", "1").replace("{move}", "open")
                filled = filled.replace("{ticket_id}", "x")
                answer = stranger.request(method, filled, json={"service": "CT"})
                assert answer.status_code == 401, f"{method} {path}"
                assert answer.headers["content-type"] == "application/problem+json"
                assert answer.headers["www-authenticate"] == "Bearer"
        assert stranger.get("/api/v1/follow/guess").status_code == 404
        assert stranger.get("/api/v1/openapi.json").status_code == 401
        assert stranger.get("/healthz").json() == {"status": "ok"}
        assert stranger.get("/readyz").json() == {"status": "ok"}


@pytest.mark.parametrize("path", ["/", "/healthz", "/api/v1/board", "/no/such/page", "/api/v1/%00"])
def test_a_stranger_is_told_nothing_of_the_inside(office: RunningOffice, path: str) -> None:
    with httpx.Client(timeout=60, base_url=office.http_url) as stranger:
        answer = stranger.get(path)
    said = f"{answer.headers} {answer.text}".lower()
    assert not {"server", "x-powered-by", "via"} & set(answer.headers)
    assert not re.search(r"uvicorn|starlette|fastapi|python|sqlite|traceback|/work/|/opt/", said)


@pytest.mark.parametrize("header", ["Bearer wrong", "Bearer", "Basic abc", "nonsense"])
def test_a_wrong_secret_is_refused(office: RunningOffice, header: str) -> None:
    with httpx.Client(
        timeout=60, base_url=office.http_url, headers={"Authorization": header}
    ) as client:
        assert client.get("/api/v1/board").status_code == 401


@pytest.mark.parametrize(
    ("device", "method", "path", "status"),
    [
        ("kiosk-1", "GET", "/board", 403),
        ("kiosk-1", "POST", "/counters/1/open", 403),
        ("kiosk-1", "GET", "/services", 200),
        ("kiosk-1", "GET", "/devices", 403),
        ("display-1", "GET", "/display", 200),
        ("display-1", "GET", "/board", 403),
        ("display-1", "GET", "/counters", 403),
        ("counter-1", "POST", "/counters/1/open", 200),
        ("counter-1", "POST", "/counters/2/open", 403),
        ("board-1", "GET", "/board", 200),
        ("board-1", "POST", "/counters/1/open", 403),
        ("announcer-1", "GET", "/tickets/x", 403),
    ],
)
def test_each_role_reaches_its_own(
    office: RunningOffice, device: str, method: str, path: str, status: int
) -> None:
    with signed_in(office, device) as client:
        assert client.request(method, path).status_code == status


def test_a_kiosk_sees_only_its_own_tickets(office: RunningOffice) -> None:
    with signed_in(office, "kiosk-1") as one, signed_in(office, "kiosk-2") as two:
        mine = one.post("/tickets", json={"service": "CT"}, headers={"Idempotency-Key": "a"}).json()
        assert one.get(f"/tickets/{mine['id']}").status_code == 200
        assert two.get(f"/tickets/{mine['id']}").status_code == 404
        assert two.post(f"/tickets/{mine['id']}/void").status_code == 404


def test_a_browser_signs_in_with_a_cookie_and_out(office: RunningOffice) -> None:
    with httpx.Client(timeout=60, base_url=f"{office.http_url}/api/v1") as browser:
        wrong = browser.post("/session", json={"secret": "x" * 43})
        assert (wrong.status_code, wrong.json()["code"]) == (401, "not_signed_in")
        signed = browser.post("/session", json={"secret": secret_of(office, "board-1")})
        assert signed.json() == {"id": "board-1", "role": "manager", "counter": None}
        cookie = signed.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=strict" in cookie
        assert browser.get("/board").status_code == 200
        assert browser.delete("/session").status_code == 204
        browser.cookies.clear()
        assert browser.get("/board").status_code == 401


def test_metrics_speak_prometheus_to_managers_only(
    office: RunningOffice, admin: httpx.Client
) -> None:
    text = admin.get(f"{office.http_url}/metrics").text
    assert 'motcua_waiting{service="CT"}' in text
    assert "motcua_events_total" in text
    with signed_in(office, "kiosk-1") as kiosk:
        assert kiosk.get(f"{office.http_url}/metrics").status_code == 403


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("PUT", "/dossiers/drafts/ABCD2345/papers/1/pages/1"),
        ("DELETE", "/dossiers/drafts/ABCD2345/papers/1/pages"),
        ("GET", "/dossiers/x/scans/1"),
    ],
)
def test_scanned_papers_need_more_than_a_code(
    office: RunningOffice, method: str, path: str
) -> None:
    with httpx.Client(base_url=f"{office.http_url}/api/v1", timeout=60) as stranger:
        assert stranger.request(method, path, json={"image": ""}).status_code == 401
    with signed_in(office, "display-1") as display:
        assert display.request(method, path, json={"image": ""}).status_code == 403


def test_what_is_refused_is_logged_without_what_was_sent(
    office: RunningOffice, caplog: pytest.LogCaptureFixture
) -> None:
    wrong = {"name": "nguyen-van-an", "password": "mật khẩu của ai đó"}
    with httpx.Client(base_url=f"{office.http_url}/api/v1", timeout=60) as stranger:
        assert stranger.post("/session/person", json=wrong).status_code == 401
    with signed_in(office, "kiosk-1") as kiosk:
        assert kiosk.put("/admin/people/001190000001", json=wrong).status_code == 403
    said = [one.getMessage() for one in caplog.records if one.name == "queue_server.api.problems"]
    assert said == [
        "not_signed_in: POST /session/person by nobody known from 127.0.0.1",
        "not_allowed: PUT /admin/people/{name} by kiosk-1 from 127.0.0.1",
    ]


def test_who_signed_in_is_logged(office: RunningOffice, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "queue_server.api.sessions")
    with httpx.Client(base_url=f"{office.http_url}/api/v1", timeout=60) as browser:
        secret = secret_of(office, "board-1")
        assert browser.post("/session", json={"secret": secret}).is_success
    said = [one.getMessage() for one in caplog.records if one.name == "queue_server.api.sessions"]
    assert said == ["signed in: board-1 as manager from 127.0.0.1"]
    assert secret not in caplog.text
