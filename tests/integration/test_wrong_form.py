"""A form with an error stops server and kiosk at their start: one line that names file and line."""

from __future__ import annotations

import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

from tests.fakes.offices import new_ward
from tests.integration.test_kiosk_issue import write_config

MARITAL = "1.004873"
WITH_FORMS_OF = """
import sys
from pathlib import Path
from queue_server.contracts import forms
package = Path(sys.argv.pop(1))
forms.files = lambda _package: package
from queue_server.__main__ import main
main()
"""
"""`motcua` with the forms of another folder: those of the program are good."""


def wrong_forms(package: Path) -> str:
    """The forms as they are shipped, and in one of them a kind that is none; where that stands."""
    shutil.copytree(str(files("queue_server.contracts") / "forms_data"), package / "forms_data")
    forms = (package / "forms_data").glob("*.toml")
    path = next(one for one in forms if MARITAL in one.read_text(encoding="utf-8"))
    lines = path.read_text(encoding="utf-8").splitlines()
    number = next(n for n, line in enumerate(lines, 1) if line.startswith("kind = "))
    lines[number - 1] = 'kind = "txt"'
    path.write_text("\n".join(lines), encoding="utf-8")
    return f"{path}: line {number}: "


@pytest.mark.parametrize("program", ["server", "check", "kiosk"])
def test_no_program_starts_with_it(program: str, tmp_path: Path) -> None:
    package = tmp_path / "package"
    place, ward = wrong_forms(package), new_ward(tmp_path / "ward")
    config = write_config(tmp_path, "http://127.0.0.1:9")
    words = {
        "server": ["server", "--data", str(ward)],
        "check": ["server", "--data", str(ward), "--check"],
        "kiosk": ["kiosk", "--config", str(config)],
    }[program]
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", WITH_FORMS_OF, str(package), *words],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert place in line
