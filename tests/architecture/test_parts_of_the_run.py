"""Each part of `.ci/test` reads only its own folders, so no test marked for it stands elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

PARTS = {"browser": ("browser",), "kivy": ("ui", "e2e"), "hub": ("hub",)}
"""By mark: the folders of `tests/` that this part of the run is given."""


def strays(mark: str, files: Iterable[tuple[str, str]]) -> list[str]:
    """Of (path, text): the files of tests with this mark that its part would not read."""
    marked = re.compile(rf"\bmark\.{mark}\b")
    homes = tuple(f"tests/{folder}/" for folder in PARTS[mark])
    return [path for path, text in files if marked.search(text) and not path.startswith(homes)]


@pytest.mark.parametrize("mark", PARTS)
def test_each_marked_test_is_where_its_part_looks(
    root: Path, tracked: list[Path], mark: str
) -> None:
    files = {path.relative_to(root).as_posix(): path for path in tracked if path.suffix == ".py"}
    tests = [(name, path.read_text("utf-8")) for name, path in files.items()]
    tests = [(name, text) for name, text in tests if name.startswith("tests/")]
    assert any(f"mark.{mark}" in text for _, text in tests)
    assert strays(mark, tests) == []
    run = (root / ".ci" / "test").read_text("utf-8")
    given = " ".join(f"tests/{folder}" for folder in PARTS[mark])
    assert re.search(rf'^steady {given} -m "?{mark}\b', run, re.MULTILINE)


def test_a_stray_is_seen() -> None:
    mark = "pytest.mark." + "hub"  # in one piece, this file would be a stray itself
    seen = [("tests/hub/test_a.py", mark), ("tests/unit/test_b.py", f"@{mark}\n")]
    assert strays("hub", seen) == ["tests/unit/test_b.py"]
