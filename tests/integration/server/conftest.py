"""One running ward for each module of these tests."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from queue_server.bootstrap import RunningOffice
from tests.fakes.offices import running, signed_in


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningOffice]:
    """One running ward for the tests of a module; each test uses a service of its own."""
    with running(tmp_path_factory.mktemp("ward")) as found:
        assert found.forecasts.ready.wait(100)
        yield found


@pytest.fixture(scope="module")
def admin(office: RunningOffice) -> Iterator[httpx.Client]:
    with signed_in(office) as client:
        yield client
