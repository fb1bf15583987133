"""Advisories from a file: what names a version of ours is told, what does not is not."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = ROOT / ".ci" / "parts" / "offline_advisories.py"
LOCK = "click==8.1.7 \\\n    --hash=sha256:00\nTyping_Extensions==4.12.2 \\\n    --hash=sha256:00\n"
PAGES = {"packages": {"": {"name": "pages"}, "node_modules/lit": {"version": "3.2.1"}}}


def advisory(ecosystem: str, name: str, **said: Any) -> dict[str, Any]:
    affected = {"package": {"ecosystem": ecosystem, "name": name}, **said}
    return {"id": f"TEST-{name}", "summary": "made up", "affected": [affected]}


def span(*events: dict[str, str], kind: str = "ECOSYSTEM") -> dict[str, Any]:
    return {"ranges": [{"type": kind, "events": list(events)}]}


def told(folder: Path, *advisories: dict[str, Any]) -> tuple[int, str]:
    archive = folder / "all.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for number, one in enumerate(advisories):
            file.writestr(f"{number}.json", json.dumps(one))
    lock, pages = folder / "requirements.lock", folder / "package-lock.json"
    lock.write_text(LOCK, "utf-8")
    pages.write_text(json.dumps(PAGES), "utf-8")
    command = [sys.executable, str(PROGRAM), str(archive), str(lock), str(pages)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout


TOLD, SILENT, NOT_OURS = 1, 0, 2


@pytest.mark.parametrize(
    ("ecosystem", "name", "said", "code"),
    [
        ("PyPI", "click", {"versions": ["8.1.7"]}, TOLD),
        ("PyPI", "click", span({"introduced": "0"}, {"fixed": "8.1.8"}), TOLD),
        ("PyPI", "click", span({"introduced": "0"}, {"fixed": "8.1.7"}), SILENT),
        ("PyPI", "click", span({"introduced": "8.2"}), SILENT),
        ("PyPI", "click", span({"introduced": "0"}, {"last_affected": "8.1.7"}), TOLD),
        ("PyPI", "click", span({"introduced": "not a version"}), TOLD),
        ("PyPI", "typing-extensions", span({"introduced": "4"}), TOLD),
        ("npm", "lit", span({"introduced": "3.0.0"}, {"fixed": "3.2.2"}, kind="SEMVER"), TOLD),
        ("npm", "lit", span({"introduced": "3.0.0"}, {"fixed": "3.2.1"}, kind="SEMVER"), SILENT),
        ("PyPI", "lit", span({"introduced": "0"}), NOT_OURS),
    ],
)
def test_a_weakness_of_our_version_is_told(
    tmp_path: Path, ecosystem: str, name: str, said: dict[str, Any], code: int
) -> None:
    answered, text = told(tmp_path, advisory(ecosystem, name, **said))
    assert answered == code
    assert (f"TEST-{name}  {ecosystem} {name}" in text) is (code == TOLD)


def test_what_was_withdrawn_is_not_told(tmp_path: Path) -> None:
    gone = advisory("PyPI", "click", versions=["8.1.7"]) | {"withdrawn": "2026-01-01T00:00:00Z"}
    code, text = told(tmp_path, gone, advisory("npm", "lit", versions=["0.1"]))
    assert code == 0
    assert "3 packages, 1 advisories about them, 0 about these versions" in text


def test_our_own_lists_are_read(tmp_path: Path) -> None:
    archive = tmp_path / "all.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("1.json", json.dumps(advisory("PyPI", "fastapi", versions=["0.0.1"])))
        file.writestr("2.json", json.dumps(advisory("npm", "lit", versions=["0.0.1"])))
    command = [sys.executable, str(PROGRAM), str(archive)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "2 advisories about them, 0 about these versions" in done.stdout
