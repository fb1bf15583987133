"""A taste of each scenario of the fault campaign; `poe campaign` plays them longer."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.campaign.found import Cannot
from tests.campaign.run_all import SCENARIOS, play

pytestmark = [pytest.mark.fault, pytest.mark.timeout(400)]

TESTED_ELSEWHERE = {"server", "broker", "power-store", "power-kiosk"}
"""By test_kill_server, test_server_without_broker and test_power_cut, with more rounds."""


@pytest.mark.parametrize("name", sorted(set(SCENARIOS) - TESTED_ELSEWHERE))
def test_every_promise_is_kept(name: str, tmp_path: Path) -> None:
    _, scenario, rounds, _ = SCENARIOS[name]
    try:
        found = scenario(tmp_path, min(rounds, 4))
    except Cannot as reason:
        pytest.skip(str(reason))
    assert found.breaks > 0
    assert found.kept >= found.promised > 0


def test_the_table_names_what_was_played() -> None:
    lines = list(play(["power-kiosk"], long=False))
    assert lines[0].startswith("| what is broken |")
    assert lines[-1].startswith("| power cut at any write of a kiosk | 40 |")
