"""A new office: its files, its secrets, and every wrong start said in one line."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from queue_server.adapters.credential_files import CredentialError, read_credential
from queue_server.bootstrap.settings import settle
from queue_server.config.office_file import OfficeFile
from queue_server.contracts.config_file import ConfigError, read_config


def motcua(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "queue_server", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture
def ward(tmp_path: Path) -> Path:
    made = motcua("init", tmp_path / "ward", "--sample", "ward")
    assert made.returncode == 0, made.stderr
    return tmp_path / "ward"


def test_init_makes_one_private_credential_for_admin_and_each_device(ward: Path) -> None:
    office = read_config(ward / "motcua.toml", OfficeFile)
    expected = {"admin", "server"} | {device.id for device in office.devices}
    folder = list((ward / "credentials").iterdir())
    assert {path.suffix for path in folder} == {".json", ".key", ".pem"}
    assert {path.stem for path in folder} == expected
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in folder)
    files = sorted(path for path in folder if path.suffix == ".json")
    assert {path.stem for path in files} == expected
    secrets = set()
    for path in files:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        body = json.loads(path.read_text())
        assert set(body) == {"id", "role", "secret"}
        assert len(body["secret"]) >= 43
        secrets.add(body["secret"])
    assert len(secrets) == len(files)


def test_init_never_overwrites_an_office(ward: Path) -> None:
    before = (ward / "credentials" / "admin.json").read_text()
    again = motcua("init", ward, "--sample", "ward")
    assert again.returncode == 2
    assert again.stderr.count("\n") == 1
    assert "exists already" in again.stderr
    assert (ward / "credentials" / "admin.json").read_text() == before


def test_every_service_of_the_sample_has_a_counter(ward: Path) -> None:
    office = read_config(ward / "motcua.toml", OfficeFile).to_office()
    for service in office.services:
        assert any(counter.serves(service) for counter in office.counters.values()), service


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("policy =", "polcy ="), "unknown key 'rules.polcy'; did you mean 'policy'?"),
        (('letter = "A"', 'letter = "B"'), "ticket letter 'B' is used twice"),
        (('services = ["DD"', 'services = ["ZZ"'), "no service 'ZZ'"),
        (("counter = 5", "counter = 9"), "no counter 9"),
        (("good_min = 15", 'good_min = "soon"'), "targets.good_min"),
    ],
)
def test_a_wrong_setting_is_named_in_one_line(
    ward: Path, change: tuple[str, str], said: str
) -> None:
    path = ward / "motcua.toml"
    text = path.read_text()
    assert change[0] in text
    path.write_text(text.replace(*change, 1))
    checked = motcua("server", "--data", ward, "--check")
    assert checked.returncode == 2
    assert said in checked.stderr
    assert checked.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["server"], "Missing option '--data'"),
        (["sever"], "No such command"),
        (["server", "--data", "/nowhere/at/all"], "there is no office here"),
        (["init"], "Missing argument"),
    ],
)
def test_wrong_arguments_are_one_line_and_exit_2(arguments: list[str], said: str) -> None:
    done = motcua(*arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("address", ["8080", "host:", "host:port", "127.0.0.1:70000"])
def test_a_wrong_address_is_refused(ward: Path, address: str) -> None:
    with pytest.raises(ConfigError, match="is not host:port"):
        settle(ward, address, None)


def test_a_credential_that_others_can_read_is_refused(ward: Path) -> None:
    path = ward / "credentials" / "admin.json"
    path.chmod(0o644)
    with pytest.raises(CredentialError, match="chmod 600"):
        read_credential(path)
    path.chmod(0o600)
    path.unlink()
    with pytest.raises(ConfigError, match=r"admin\.json is missing"):
        settle(ward, None, None)


def test_a_secret_is_never_printed(ward: Path) -> None:
    credential = read_credential(ward / "credentials" / "admin.json")
    assert credential.secret not in repr(credential)
    assert credential.secret not in repr([credential])
