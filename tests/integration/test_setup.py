"""`.ci/setup` does each step once, stops at the first that fails, and names what it lacks.

Python and pip are stand-ins here: they only write down what was asked of them. That the real
ones succeed is what every run of `.ci/test` shows.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ESPHOME_LOCK = "firmware_configs/counter_keypad/requirements-esphome.lock"
TOOLS = ("bash", "cat", "cut", "cp", "dirname", "env", "grep", "id", "mkdir", "sha256sum")

# Makes a copy of itself when asked for a virtual environment; FAIL names a step that fails.
PYTHON = """#!/usr/bin/env bash
echo "$*" >> "$CALLS"
case "$*" in
  *"-m venv --clear .venv"*) mkdir -p "${!#}/bin"; cp "$0" "${!#}/bin/python" ;;
  --version) echo Python 3.11.2 ;;
esac
[ -z "${FAIL:-}" ] || case "$*" in *"$FAIL"*) exit 1 ;; esac
"""


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """Make a folder that holds what the script reads, and a PATH without any Python."""
    folder = tmp_path / "clone"
    for name in (".ci/setup", "firmware_configs/debian/packages.txt", ESPHOME_LOCK):
        (folder / name).parent.mkdir(parents=True)
        shutil.copy(ROOT / name, folder / name)
    (folder / "requirements.lock").write_text("a==1\n")
    (folder / "pyproject.toml").write_text("[project]\n")
    tools = tmp_path / "bin"
    tools.mkdir()
    for tool in TOOLS:
        (tools / tool).symlink_to(str(shutil.which(tool)))
    return folder


def run(clone: Path, what: str = "runtime", **extra: str) -> subprocess.CompletedProcess[str]:
    path = str(clone.parent / "bin")
    calls = str(clone.parent / "calls")
    environment = {"PATH": path, "CALLS": calls, "MOTCUA_NO_APT": "1", "LANG": "C.UTF-8", **extra}
    command = [f"{path}/bash", ".ci/setup", what]
    return subprocess.run(
        command, cwd=clone, env=environment, capture_output=True, text=True, check=False
    )


def calls(clone: Path) -> list[str]:
    """Return what Python was asked since the last time, without the questions about itself."""
    log = clone.parent / "calls"
    lines = log.read_text().splitlines() if log.exists() else []
    log.unlink(missing_ok=True)
    return [line for line in lines if line.startswith("-m ")]


@pytest.fixture
def with_python(clone: Path) -> Path:
    python = clone.parent / "bin" / "python3.11"
    python.write_text(PYTHON)
    python.chmod(0o755)
    return clone


def test_without_python_it_says_what_to_install(clone: Path) -> None:
    done = run(clone)
    assert done.returncode == 2
    assert "apt-get install python3 python3-venv" in done.stderr
    assert done.stderr.splitlines()[-1].startswith("Python 3.11 or 3.12 with venv is needed")


def test_the_first_time_it_installs_by_hash_and_the_second_time_nothing(with_python: Path) -> None:
    assert run(with_python).returncode == 0
    venv, locked, ours = calls(with_python)
    assert venv == "-m venv --clear .venv"
    assert "--require-hashes -r requirements.lock" in locked
    assert "--no-deps --no-build-isolation --editable ." in ours

    assert run(with_python).returncode == 0
    assert calls(with_python) == []


def test_missing_debian_packages_are_named_and_do_not_stop_it(with_python: Path) -> None:
    query = with_python.parent / "bin" / "dpkg-query"
    query.write_text(
        '#!/usr/bin/env bash\n[ "${@: -1}" != libgl1 ] || echo "install ok installed"\n'
    )
    query.chmod(0o755)
    done = run(with_python)
    assert done.returncode == 0
    (named,) = [line for line in done.stderr.splitlines() if "apt-get install" in line]
    assert "libegl1" in named.split()
    assert "libgl1" not in named.split()
    assert "chromium" not in named
    assert "chromium" in run(with_python, "test").stderr


def test_a_new_lock_starts_from_an_empty_environment(with_python: Path) -> None:
    run(with_python)
    calls(with_python)
    (with_python / "requirements.lock").write_text("a==2\n")
    assert run(with_python).returncode == 0
    assert len(calls(with_python)) == 3


def test_a_new_pyproject_installs_only_ourselves(with_python: Path) -> None:
    run(with_python)
    calls(with_python)
    (with_python / "pyproject.toml").write_text("[project]\nname='b'\n")
    assert run(with_python).returncode == 0
    (ours,) = calls(with_python)
    assert "--editable ." in ours


def test_modules_are_compiled_so_that_no_start_has_to(with_python: Path) -> None:
    (with_python / "queue_server").mkdir()
    assert run(with_python, PYTHONDONTWRITEBYTECODE="1").returncode == 0
    assert calls(with_python)[-1].startswith("-m compileall")


@pytest.mark.parametrize("step", ["venv", "--require-hashes", "--editable"])
def test_a_step_that_fails_is_done_again(with_python: Path, step: str) -> None:
    assert run(with_python, FAIL=step).returncode != 0
    calls(with_python)
    assert run(with_python).returncode == 0
    assert "--editable" in calls(with_python)[-1]


def test_tests_get_esphome_in_an_environment_of_its_own_once(with_python: Path) -> None:
    assert run(with_python).returncode == 0
    assert not any("esphome" in call for call in calls(with_python))
    assert run(with_python, "test").returncode == 0
    venv, locked = (call for call in calls(with_python) if "esphome" in call)
    assert venv == "-m venv --clear .venv-esphome"
    assert f"--require-hashes -r {ESPHOME_LOCK}" in locked
    assert run(with_python, "test").returncode == 0
    assert not any("esphome" in call for call in calls(with_python))


def test_without_esphome_the_tests_run_all_the_same(with_python: Path) -> None:
    done = run(with_python, "test", FAIL=ESPHOME_LOCK)
    assert done.returncode == 0
    assert "No ESPHome: the tests of the keypad's YAML skip" in done.stderr
    calls(with_python)
    assert run(with_python, "test").returncode == 0
    assert ESPHOME_LOCK in calls(with_python)[-1]


def test_scripts_are_well_formed_and_run_calls_what_the_readme_says() -> None:
    scripts = sorted(path for path in (ROOT / ".ci").iterdir() if path.is_file())
    for script in scripts:
        assert os.access(script, os.X_OK), script
        subprocess.run(["bash", "-n", str(script)], check=True)
    readme = (ROOT / "README.md").read_text("utf-8")
    assert "bash .ci/test" in readme
    assert "bash .ci/demo" in readme
    assert 'exec bash "$(dirname "$0")/test"' in (ROOT / ".ci" / "run").read_text("utf-8")
