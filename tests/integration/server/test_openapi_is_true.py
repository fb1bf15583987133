"""Whatever is sent, the server answers as its own OpenAPI says: problems, never a 500."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode, Response
from schemathesis.core.failures import FailureGroup
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import positive_data_acceptance

from queue_server.bootstrap import RunningOffice
from queue_server.contracts.problems import MEDIA_TYPE, Problem
from tests.fakes.offices import secret_of

pytestmark = pytest.mark.timeout(900)
"""Thousands of requests: on a loaded machine they take minutes."""

MODES = {"fitting": GenerationMode.POSITIVE, "unfitting": GenerationMode.NEGATIVE}
Look = Callable[[object, Response, object], None]
EXAMPLES = 30
PATIENT_S = 120
"""Of itself schemathesis waits ten seconds, which a loaded machine takes for the description."""


def problems_are_problems(_context: object, response: Response, _case: Case) -> None:
    """Every error has the media type and the members of RFC 9457."""
    if response.status_code < 400:
        return
    assert response.headers["content-type"] == [MEDIA_TYPE]
    assert Problem.model_validate(response.json()).status == response.status_code


@pytest.fixture(scope="module")
def tickets(admin: httpx.Client) -> list[str]:
    """Tickets in several states, so that not everything is unknown."""
    made = []
    for _ in range(12):
        taken = admin.post("/tickets", json={"service": "CT"}, headers={"Idempotency-Key": key()})
        made.append(taken.json()["id"])
    for number in (1, 2, 3):
        admin.post(f"/counters/{number}/open")
        admin.post(f"/counters/{number}/call-next")
    return made


def key() -> str:
    return uuid.uuid4().hex


@pytest.fixture(scope="module")
def operations(office: RunningOffice) -> list[APIOperation]:
    """All that the description names, except streams: they do not end."""
    schema = schemathesis.openapi.from_url(
        f"{office.http_url}/api/v1/openapi.json",
        headers={"Authorization": f"Bearer {secret_of(office, 'admin')}"},
        timeout=PATIENT_S,
    )
    # A body over the limit of every request is refused before anybody looks into it.
    rejection = schema.config.checks.negative_data_rejection
    rejection.expected_statuses = [*rejection.expected_statuses, "413"]
    found = [result.ok() for result in schema.get_all_operations()]
    return [operation for operation in found if not operation.path.endswith("/stream")]


@dataclass(frozen=True)
class Walker:
    """Somebody who sends many requests: signed in by `headers`, each answer also seen by `look`."""

    headers: dict[str, str]
    tickets: list[str]
    examples: int
    look: Look | None = None

    def failures_of(self, operation: APIOperation, mode: GenerationMode) -> list[str]:
        """Send many requests; what was answered otherwise than described."""
        failures: list[str] = []

        @given(
            case=operation.as_strategy(generation_mode=mode),
            ticket=st.sampled_from(self.tickets),
            counter=st.integers(1, 6),
        )
        @settings(
            max_examples=self.examples,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],
        )
        def send(case: Case, ticket: str, counter: int) -> None:
            if mode is GenerationMode.POSITIVE:
                known = {"ticket_id": ticket, "number": counter}
                for name in case.path_parameters:
                    case.path_parameters[name] = known.get(name, case.path_parameters[name])
            try:
                case.call_and_validate(
                    headers=self.headers,
                    timeout=PATIENT_S,
                    additional_checks=[problems_are_problems, *([self.look] if self.look else [])],
                    # A move's body fits the schema and still lacks what this move needs: 422.
                    excluded_checks=[positive_data_acceptance],
                )
            except FailureGroup as group:
                failures.extend(f"{case.as_curl_command()}\n{fault}" for fault in group.exceptions)

        try:
            send()
        except (
            Unsatisfiable
        ):  # an operation without parameters can be sent nothing that does not fit
            assert mode is GenerationMode.NEGATIVE
        return failures


@pytest.mark.parametrize("mode", MODES.values(), ids=MODES.keys())
def test_every_answer_is_as_described(
    operations: list[APIOperation],
    office: RunningOffice,
    tickets: list[str],
    mode: GenerationMode,
) -> None:
    assert len(operations) >= 15
    walk = Walker({"Authorization": f"Bearer {secret_of(office, 'admin')}"}, tickets, EXAMPLES)
    failures = [
        failure for operation in operations for failure in walk.failures_of(operation, mode)
    ]
    assert not failures, "\n\n".join(failures[:10])
