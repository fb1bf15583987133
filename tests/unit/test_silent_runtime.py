"""onnxruntime keeps no device id and no database of events on an office's machine.

The other way round, loaded without the switch, is not a test: it would tell Microsoft.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from edge_models.runtime.silent import SWITCH

LOAD = "from edge_models.wait.model import WaitModel; WaitModel()"


def test_a_model_leaves_nothing_in_the_home_of_its_user(tmp_path: Path) -> None:
    plain = {name: value for name, value in os.environ.items() if name != SWITCH}
    places = {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / ".cache")}
    subprocess.run([sys.executable, "-c", LOAD], env=plain | places, check=True, timeout=100)
    assert list(tmp_path.rglob("*")) == []
