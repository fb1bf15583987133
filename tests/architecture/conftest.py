"""The files of the repository, for the rules that read them as text."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

PRODUCT = ("kiosk", "queue_server", "edge_models")
NOT_OURS = {".git", ".venv", "node_modules", "dist", "__pycache__", "demo-data"}


def _tracked(root: Path) -> list[Path]:
    """Ask git; an unpacked archive has none, then every file that no tool left counts."""
    git = shutil.which("git")
    if git:
        answer = subprocess.run([git, "ls-files", "-z"], cwd=root, capture_output=True, check=False)
        if answer.returncode == 0 and answer.stdout:
            names = answer.stdout.decode().split("\0")
            return [root / name for name in names if name and (root / name).is_file()]
    found = (path for path in root.rglob("*") if path.is_file())
    return [
        path
        for path in found
        if not any(
            part in NOT_OURS or part.endswith(("_cache", ".egg-info"))
            for part in path.relative_to(root).parts
        )
    ]


@pytest.fixture(scope="session")
def root() -> Path:
    return Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def tracked(root: Path) -> list[Path]:
    files = _tracked(root)
    assert root / "pyproject.toml" in files
    return files


@pytest.fixture(scope="session")
def python_files(tracked: list[Path]) -> list[Path]:
    return [path for path in tracked if path.suffix == ".py"]


@pytest.fixture(scope="session")
def product_files(root: Path, python_files: list[Path]) -> list[Path]:
    """The Python files that are installed, without tests."""
    return [path for path in python_files if path.relative_to(root).parts[0] in PRODUCT]
