"""Every answer by HTTP, refused or not, says how it is to be read and kept."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from queue_server.bootstrap import RunningOffice
from tests.fakes.offices import signed_in
from tests.integration.server.test_permissions import ROUTES

API = "/api/v1/"
FILL = {"number": "1", "code": "ABCD2345", "month": "2026-01", "day": "2026-01-02"}


def told(client: httpx.Client, office: RunningOffice) -> Iterator[tuple[str, httpx.Response]]:
    """What each route that is read answers; streams are left before their end."""
    for path in sorted(path for method, path in ROUTES if method == "GET"):
        filled = path.format_map({name.split(":")[0]: "1" for name in _names(path)} | FILL)
        with client.stream("GET", office.http_url + filled) as answer:
            yield path, answer


def _names(path: str) -> list[str]:
    return [part.partition("}")[0] for part in path.split("{")[1:]]


@pytest.mark.parametrize("who", ["admin", None])
def test_every_answer_says_how_it_is_read_and_kept(office: RunningOffice, who: str | None) -> None:
    with signed_in(office, who) if who else httpx.Client(timeout=60) as client:
        seen = dict(told(client, office))
    assert len(seen) > 60
    for path, answer in seen.items():
        assert answer.headers.get_list("x-content-type-options") == ["nosniff"], path
        kept = answer.headers.get_list("cache-control")
        assert len(kept) == 1, path
        if path.startswith(API) and "ETag" not in answer.headers and "brand" not in path:
            assert kept == ["no-store"], path


def test_every_page_says_what_it_may_load_and_who_may_frame_it(office: RunningOffice) -> None:
    with httpx.Client(timeout=60) as client:
        pages = [
            answer
            for _, answer in told(client, office)
            if answer.headers.get("content-type", "").startswith("text/html")
        ]
    assert len(pages) > 20
    for page in pages:
        policy = page.headers["content-security-policy"]
        for part in ("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"):
            assert part in policy
        assert "unsafe" not in policy
        assert page.headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize("path", ["/no/such/page", "/api/v1/no/such/thing", "/api/v1/board"])
def test_so_does_what_is_refused(office: RunningOffice, path: str) -> None:
    answer = httpx.get(office.http_url + path, timeout=60)
    assert answer.is_client_error
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
