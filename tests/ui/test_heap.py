"""After a reset nothing of a citizen is alive in the kiosk's memory: `heap_walk.py` says how."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.kivy

ROOT = Path(__file__).resolve().parents[2]


def test_nothing_of_a_citizen_is_alive_after_the_reset() -> None:
    walk = [sys.executable, "-m", "tests.ui.heap_walk"]
    done = subprocess.run(walk, cwd=ROOT, capture_output=True, text=True, timeout=110, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
