"""What several integration tests stand on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.integration.mqtt_scene import BOTH, Scene
from tests.integration.office_brokers import Embedded, Mosquitto, OfficeBroker


@pytest.fixture(params=BOTH)
def scene(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Scene]:
    broker: OfficeBroker = (Embedded if request.param == "embedded" else Mosquitto)(tmp_path)
    with ExitStack() as stack:
        broker.start()
        stack.callback(broker.close)
        yield Scene(request.param, broker, stack)
