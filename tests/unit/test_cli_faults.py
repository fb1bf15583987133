"""Whatever cannot be used is one line that names it: no traceback, an exit code, nothing done."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from pathlib import Path

import pytest

from queue_server.adapters.backup import STORE
from queue_server.adapters.migrate import newest_revision, revision_of, upgrade
from queue_server.cli.app import motcua, run
from queue_server.cli.faults import EXIT_CODES, exit_code
from queue_server.contracts.config_file import ConfigError


@pytest.mark.parametrize("name", list(EXIT_CODES))
def test_each_name_is_an_exception(name: str) -> None:
    module, _, kind = name.rpartition(".")
    assert issubclass(getattr(import_module(module), kind), Exception)


def test_a_kind_of_a_fault_counts_as_it_and_others_do_not() -> None:
    class StricterError(ConfigError):
        pass

    assert exit_code(ConfigError("x")) == exit_code(StricterError("x")) == 2
    assert exit_code(ValueError("x")) is None
    assert exit_code(OSError("of no file")) is None
    assert exit_code(FileNotFoundError(2, "No such file or directory", "there")) == 1


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an office that has nothing but its tables, a plain file, an empty folder."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "ward" / STORE).parent.mkdir(parents=True)
    (folder / "ward" / "file").touch()
    (folder / "empty").mkdir()
    upgrade(folder / "ward" / STORE)
    return folder


@pytest.mark.parametrize(
    ("command", "ends"),
    [
        ("migrate --data ward --to 9999", (2, "--to 9999: ")),
        ("keys backup no/key", (1, "no/key: No such file or directory")),
        ("keypad card --out no/card.svg", (1, "no/card.svg: No such file or directory")),
        ("printer-simulator -- --port 0 --folder ward/file/no", (1, "Not a directory")),
        ("certificates --data empty", (2, "empty/motcua.toml: there is no office here")),
        ("certificates --data ward --name not,a,host", (2, "'not,a,host' is not a host name")),
        ("init new --name not,a,host", (2, "'not,a,host' is not a host name")),
        ("verify ward --key zz", (2, "--key: 64 signs of 0-9 and a-f")),
        ("verify ward --anchors no/heads", (2, "no/heads: there is no such file")),
    ],
)
def test_what_cannot_be_used_is_one_line_that_names_it(
    desk: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: str,
    ends: tuple[int, str],
) -> None:
    code, said = ends
    monkeypatch.chdir(desk)
    assert run(partial(motcua, args=command.split())) == code
    line = capsys.readouterr().err
    assert line.startswith("motcua: ")
    assert said in line
    assert line.count("\n") == 1
    assert revision_of(desk / "ward" / STORE) == newest_revision()
    assert not (desk / "new").exists()
