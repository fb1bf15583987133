"""A form with an error stops server and kiosk at their start: one line that names file and line."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from queue_server import __main__ as motcua
from queue_server.contracts import forms
from tests.fakes.offices import new_ward
from tests.integration.test_kiosk_issue import write_config

MARITAL = "1.004873"


@pytest.fixture
def wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The forms as they are shipped, and in one of them a kind that is none; what is said of it."""
    package = tmp_path / "package"
    shutil.copytree(str(files("queue_server.contracts") / "forms_data"), package / "forms_data")
    path = next(p for p in (package / "forms_data").glob("*.toml") if MARITAL in p.read_text())
    lines = path.read_text(encoding="utf-8").splitlines()
    number = next(n for n, line in enumerate(lines, 1) if line.startswith("kind = "))
    lines[number - 1] = 'kind = "txt"'
    path.write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.setattr(forms, "files", lambda _package: package)
    forms.shipped_forms.cache_clear()
    yield f"{path}: line {number}: "
    forms.shipped_forms.cache_clear()


@pytest.mark.parametrize("program", ["server", "check", "kiosk"])
def test_no_program_starts_with_it(
    wrong: str,
    program: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    ward = new_ward(tmp_path / "ward")
    config = write_config(tmp_path, "http://127.0.0.1:9")
    words = {
        "server": ["server", "--data", str(ward)],
        "check": ["server", "--data", str(ward), "--check"],
        "kiosk": ["kiosk", "--config", str(config)],
    }[program]
    monkeypatch.setattr(sys, "argv", ["motcua", *words])
    with pytest.raises(SystemExit) as ended:
        motcua.main()
    assert ended.value.code == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert wrong in line
