"""Shares the machine between heavy tests, and keeps the pictures that tests draw."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import hypothesis
import pytest

# A shared machine is slow at times; that says nothing about the code.
hypothesis.settings.register_profile("house", deadline=None, print_blob=True)
hypothesis.settings.load_profile("house")

HEAVY = ("fault", "browser", "kivy")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put each kind of heavy test on one worker; the other worker does the rest meanwhile."""
    for item in items:
        if item.get_closest_marker("xdist_group"):
            continue
        if any(item.get_closest_marker(kind) for kind in HEAVY):
            item.add_marker(pytest.mark.xdist_group("heavy"))


@pytest.fixture
def picture(tmp_path: Path) -> Callable[[str], Path]:
    """Say where the picture of a name goes: a throw-away folder, or the one `poe pictures` set."""
    folder = Path(os.environ.get("MOTCUA_PICTURES", tmp_path))
    folder.mkdir(parents=True, exist_ok=True)
    return lambda name: folder / f"{name}.png"
