"""Every role asks for everything: answered as described, and what is refused changes nothing.

In CI each role asks a third of the operations, another third than its neighbour, so that three
roles ask each; `poe ask-as-each-role` is the long form: all of them, many times.
"""

from __future__ import annotations

import os

import httpx
import pytest
from schemathesis import GenerationMode, Response
from schemathesis.schemas import APIOperation

from queue_server.api.access import COOKIE, Role
from queue_server.bootstrap import RunningOffice
from tests.integration.server.test_openapi_is_true import Walker, operations, tickets
from tests.integration.server.test_permissions import ROUTES, as_role

__all__ = ["operations", "tickets"]  # fixtures

pytestmark = pytest.mark.timeout(900)
"""Thousands of requests: on a loaded machine they take minutes."""

EXAMPLES = int(os.environ.get("MOTCUA_EXAMPLES", "2"))
SHARE = 1 if "MOTCUA_EXAMPLES" in os.environ else 3
ROLES = sorted(set(Role) - {Role.ADMIN, Role.CAMERA})
"""The administrator's own walk is longer; a camera speaks over MQTT alone."""
ENDS_ITS_OWN = {("DELETE", "/api/v1/session"), ("POST", "/api/v1/enrol/renew")}
"""Signing out and trading one's keys: afterwards every answer would be 401."""
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
"""In turns, so that each operation is sent both by some roles."""
BY_ITSELF = {
    *("DayOpened", "OfficeConfigured", "DayClosed", "ClockJumped", "BookCarried"),
    *("CounterClosed", "TicketExpired", "TicketVoided", "HoldEnded"),
    *("AppointmentMissed", "AppointmentLapsed", "HomeVisitLapsed", "DossierDropped"),
}
"""What time alone may bring between two looks at the chain."""


def headers_of(client: httpx.Client, office: RunningOffice) -> dict[str, str]:
    """What a request of this sign-in bears."""
    if "authorization" in client.headers:
        return {"Authorization": client.headers["authorization"]}
    return {"Cookie": f"{COOKIE}={client.cookies[COOKIE]}", "Origin": office.http_url}


def may(role: Role, asked: tuple[str, str]) -> bool:
    """Whether the route states that this role may ask."""
    stated = ROUTES[asked]
    return role in stated if isinstance(stated, frozenset) else True


class Chain:
    """Sees whether a refused request left anything in the chain of events."""

    def __init__(self, office: RunningOffice) -> None:
        self._events = office.audit.desk.events
        self._seen = self._events.newest()
        self.refused = 0

    def unmoved(self, _context: object, response: Response, _case: object) -> None:
        """After each answer; what was answered with yes may change what it likes."""
        newest = self._events.newest()
        came = newest - self._seen
        self._seen = newest
        if response.status_code not in {401, 403}:
            return
        self.refused += 1
        events = self._events.events_before(newest + 1, came) if came else ()
        kinds = {type(one.event).__name__ for one in events}
        assert kinds <= BY_ITSELF, f"refused, and yet: {kinds}"


@pytest.mark.parametrize("role", ROLES)
def test_a_role_is_answered_as_described_and_changes_nothing_where_it_is_refused(
    operations: list[APIOperation],
    office: RunningOffice,
    tickets: list[str],
    role: Role,
) -> None:
    with as_role(office, role) as client:
        chain = Chain(office)
        headers = headers_of(client, office)
        walks = {n: Walker(headers, tickets, n, chain.unmoved) for n in (1, EXAMPLES)}
        mine = ROLES.index(role)
        failures = [
            failure
            for turn, operation in enumerate(operations)
            if (turn + mine) % SHARE == 0
            if (asked := (operation.method.upper(), operation.path)) not in ENDS_ITS_OWN
            for failure in walks[EXAMPLES if may(role, asked) else 1].failures_of(
                operation, MODES[(turn + mine) % 2]
            )
        ]
    assert chain.refused > 5, "hardly anything was refused: this role was not tried"
    assert not failures, "\n\n".join(failures[:10])
