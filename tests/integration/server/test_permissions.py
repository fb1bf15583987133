"""Whom each route lets pass: stated on every route, and so in fact, role by role."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from queue_server.api import app, health, pages
from queue_server.api.access import PEOPLE, Role
from queue_server.bootstrap import RunningOffice
from tests.fakes.offices import signed_in

Stated = frozenset[Role] | str

DEVICES = {
    Role.ADMIN: "admin",
    Role.MANAGER: "board-1",
    Role.KIOSK: "kiosk-1",
    Role.COUNTER: "counter-1",
    Role.DISPLAY: "display-1",
    Role.ANNOUNCER: "announcer-1",
    Role.SERVER: "server",
}
"""Who of the sample ward has which role."""
TAKERS = frozenset({Role.KIOSK, Role.POST_OPERATOR})
"""They see the tickets only that they took themselves."""
AT_ONE_COUNTER = frozenset({Role.COUNTER, Role.CLERK})
OWN = {"number": "1"}
OTHER = {"number": "2"}
ENDLESS = "stream"


def routes() -> Iterator[tuple[str, APIRoute]]:
    """Every route with its path from the root."""
    for module in app.ROUTED:
        yield from ((app.API + r.path, r) for r in module.router.routes if isinstance(r, APIRoute))
    for router in (health.router, pages.router):
        yield from ((r.path, r) for r in router.routes if isinstance(r, APIRoute))


def stated(dependant: Dependant) -> Stated | None:
    """The narrowest permission among what a route depends on: roles before words."""
    found = [getattr(dependant.call, "permission", None)]
    found += [stated(inner) for inner in dependant.dependencies]
    known = [one for one in found if one is not None]
    return min(known, key=lambda one: len(one) if isinstance(one, frozenset) else 99, default=None)


ROUTES = {
    (method, path): stated(route.dependant) for path, route in routes() for method in route.methods
}
FENCED = [(m, p, roles) for (m, p), roles in ROUTES.items() if isinstance(roles, frozenset)]


def test_every_route_states_whom_it_lets_pass() -> None:
    assert len(ROUTES) > 70
    assert [key for key, permission in ROUTES.items() if permission is None] == []
    words = {one for one in ROUTES.values() if isinstance(one, str)}
    assert words == {"anybody", "anybody, at a stranger's pace", "signed in"}


def test_an_unstated_route_is_found() -> None:
    async def bare() -> None:
        """Nobody thought about it."""

    assert stated(APIRoute("/bare", bare).dependant) is None


def own_only(path: str, roles: Stated | None) -> frozenset[Role]:
    """Who may ask for this about their own counter or tickets alone."""
    if not isinstance(roles, frozenset):
        return frozenset()
    if "{ticket_id}" in path:
        return roles & TAKERS
    at_counter = "/counters/{number}" in path and not _for_all(path)
    return roles & AT_ONE_COUNTER if at_counter else frozenset()


def filled(path: str, own: dict[str, str]) -> str:
    """The path of an existing counter, and of things that do not exist."""
    return re.sub(r"{(\w+)}", lambda match: own.get(match[1], "open"), path)


@contextmanager
def as_role(office: RunningOffice, role: Role) -> Iterator[httpx.Client]:
    """Signed in as the device that has this role, or as a person who was given it."""
    if role in DEVICES:
        with signed_in(office, DEVICES[role]) as client:
            yield client
        return
    name, password = f"p-{role.value[:4]}", "mot hai ba bon nam"
    counter = 1 if role is Role.CLERK else None
    with signed_in(office) as admin:
        body = {"role": role.value, "counter": counter, "password": password}
        admin.put(f"/admin/people/{name}", json=body).raise_for_status()
    headers = {"Origin": office.http_url}
    with httpx.Client(timeout=60, base_url=f"{office.http_url}/api/v1", headers=headers) as client:
        entered = client.post("/session/person", json={"name": name, "password": password})
        entered.raise_for_status()
        yield client


def test_every_role_is_tried() -> None:
    assert {*DEVICES, *PEOPLE, Role.CAMERA} == set(Role)
    assert not [p for p, roles in ROUTES.items() if roles and Role.CAMERA in roles]


@pytest.mark.parametrize("role", [*DEVICES, *sorted(PEOPLE - set(DEVICES))])
def test_each_role_passes_where_it_is_named_and_nowhere_else(
    office: RunningOffice, role: Role
) -> None:
    """403 for who is not named; anything but 401 and 403 for who is, whatever the route says."""
    wrong = []
    with as_role(office, role) as client:
        for method, path, roles in FENCED:
            if path.endswith(ENDLESS):
                continue
            answer = _ask(client, office, method, filled(path, OWN))
            passed = answer.status_code not in {401, 403}
            if passed is not (role in roles):
                wrong.append(f"{method} {path}: {answer.status_code} {answer.text[:80]}")
    assert wrong == []


@pytest.mark.parametrize("role", sorted(TAKERS))
def test_a_kiosk_and_a_post_operator_reach_their_own_tickets_and_no_others(
    office: RunningOffice, role: Role
) -> None:
    asked = [(m, p) for m, p, roles in FENCED if "{ticket_id}" in p and role in roles]
    assert len(asked) >= 3
    with as_role(office, role) as client, signed_in(office, "kiosk-2") as other:
        mine, theirs = taken(client), taken(other)
        for method, path in asked:
            before = other.get(f"/tickets/{theirs}").json()
            refused = _ask_about(client, office, method, path.replace("{ticket_id}", theirs))
            assert (refused.status_code, refused.json()["code"]) == (404, "unknown_ticket"), path
            assert other.get(f"/tickets/{theirs}").json() == before, path
            own = _ask_about(client, office, method, path.replace("{ticket_id}", mine))
            assert own.status_code in {200, 409}, f"{path}: {own.text}"


def taken(client: httpx.Client) -> str:
    """A number of one's own, not yet confirmed; its id."""
    key = {"Idempotency-Key": uuid.uuid4().hex}
    body = {"service": "CT", "confirm": False}
    return str(client.post("/tickets", json=body, headers=key).raise_for_status().json()["id"])


@pytest.mark.parametrize("role", sorted(AT_ONE_COUNTER))
def test_a_counter_and_a_clerk_reach_their_own_and_no_other(
    office: RunningOffice, role: Role
) -> None:
    refused = []
    with as_role(office, role) as client:
        at_counters = [
            (method, path)
            for method, path, roles in FENCED
            if "/counters/{number}" in path and role in roles and not _for_all(path)
        ]
        for method, path in at_counters:
            answer = _ask(client, office, method, filled(path, OTHER))
            if answer.status_code != 403:
                refused.append(f"{method} {path}: {answer.status_code}")
    assert len(at_counters) > 5
    assert refused == []


def _for_all(path: str) -> bool:
    """What every counter may know of another, to transfer somebody there."""
    return path == "/api/v1/counters/{number}"


def _ask_about(
    client: httpx.Client, office: RunningOffice, method: str, path: str
) -> httpx.Response:
    """A request about a ticket that would be carried out."""
    body = {"slip": "printed"} if path.endswith("/confirm") else None
    return client.request(method, f"{office.http_url}{path}", json=body)


def _ask(client: httpx.Client, office: RunningOffice, method: str, path: str) -> httpx.Response:
    """A request that is understood as far as its permission; nothing is changed by its body."""
    return client.request(method, f"{office.http_url}{path}", json={"nonsense": True})
