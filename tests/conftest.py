"""Settings of hypothesis, and where the pictures go that tests draw."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import hypothesis
import pytest

# A shared machine is slow at times; that says nothing about the code.
hypothesis.settings.register_profile("house", deadline=None, print_blob=True)
hypothesis.settings.load_profile("house")


@pytest.fixture
def picture(tmp_path: Path) -> Callable[[str], Path]:
    """Say where the picture of a name goes: a throw-away folder, or the one `poe pictures` set."""
    folder = Path(os.environ.get("MOTCUA_PICTURES", tmp_path))
    folder.mkdir(parents=True, exist_ok=True)
    return lambda name: folder / f"{name}.png"
