"""`motcua kiosk --issue`: the whole way in a process of its own, against a real HTTP server."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.ticket_office import TicketOffice
from tests.fakes.ticket_server import SECRET, TicketServer

PROGRAM = (
    "import sys; from pathlib import Path; from kiosk.bootstrap.kiosk import run;"
    "code = run(Path(sys.argv[1]), sys.argv[2]);"
    "assert 'kivy' not in sys.modules; sys.exit(code)"
)


def write_config(folder: Path, url: str, extra: str = "") -> Path:
    (folder / "kiosk-1.json").write_text(
        json.dumps({"id": "kiosk-1", "role": "kiosk", "secret": SECRET})
    )
    path = folder / "kiosk.toml"
    path.write_text(
        f"""
        [office]
        id = "ward"
        name_vi = "Bộ phận Một cửa phường Mẫu"
        name_en = "Sample Ward One-Stop Office"

        [server]
        url = "{url}"
        credentials = "kiosk-1.json"
        {extra}
        """,
        encoding="utf-8",
    )
    return path


def kiosk(config: Path, service: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", PROGRAM, str(config), service],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.fixture
def office() -> TicketOffice:
    return TicketOffice()


@pytest.fixture
def server(office: TicketOffice) -> Iterator[TicketServer]:
    with TicketServer(office) as running:
        yield running


def test_one_line_of_json_for_one_number(
    tmp_path: Path, office: TicketOffice, server: TicketServer
) -> None:
    done = kiosk(write_config(tmp_path, server.url), "HT")
    assert (done.returncode, done.stderr) == (0, "")
    (line,) = done.stdout.splitlines()
    answer = json.loads(line)
    assert (answer["number"], answer["slip"], answer["confirmed"]) == ("A001", "shown", True)
    assert office.tickets[answer["id"]].state == "waiting"
    assert office.tickets[answer["id"]].order["kiosk"] == "kiosk-1"


def test_an_unknown_service_is_one_line_and_1(tmp_path: Path, server: TicketServer) -> None:
    done = kiosk(write_config(tmp_path, server.url), "ZZ")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "motcua kiosk: no number for ZZ: No such service\n"


def test_a_server_that_is_away_is_one_line_and_1(tmp_path: Path) -> None:
    done = kiosk(write_config(tmp_path, "http://127.0.0.1:1"), "HT")
    assert (done.returncode, done.stdout) == (1, "")
    assert "Reconnecting" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("extra", "words"),
    [
        ("urll = 'x'", "unknown key 'server.urll'; did you mean 'url'?"),
        ("[screen]\nidle_s = 1", "screen.idle_s"),
        ("[screen]\norientaton = 'portrait'", "did you mean 'orientation'?"),
        ("[catalogue]\nfolder = 'nowhere'", "no catalogue files here"),
    ],
)
def test_an_unusable_configuration_is_one_line_and_2(
    tmp_path: Path, extra: str, words: str
) -> None:
    done = kiosk(write_config(tmp_path, "http://127.0.0.1:1", extra), "HT")
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr
    assert done.stderr.count("\n") == 1


def test_missing_credentials_are_named(tmp_path: Path) -> None:
    config = write_config(tmp_path, "http://127.0.0.1:1")
    (tmp_path / "kiosk-1.json").unlink()
    done = kiosk(config, "HT")
    assert done.returncode == 2
    assert "kiosk-1.json: there is no such credentials file" in done.stderr
