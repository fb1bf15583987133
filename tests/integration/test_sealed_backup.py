"""A sealed backup is restored on another machine with what was declared; nobody else reads it."""

from __future__ import annotations

import json
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

from queue_server.adapters.backup import STORE, CopyRefused
from queue_server.adapters.key_files import key_from
from queue_server.adapters.key_rotation import seal_of
from queue_server.adapters.sealed_backup import new_identity, restore_sealed, sealed_backup
from queue_server.adapters.sqlite_history import verify_file
from queue_server.adapters.sqlite_store import SqliteStore
from tests.campaign.damaged import motcua
from tests.fakes.busy_office import issue, keeper_on, one
from tests.fakes.offices import new_ward

SECRET = "Nguyễn Thị Mẫu, 001301000017"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """An office with a ticket, and the key of what is sealed."""
    data = new_ward(tmp_path / "office")
    store = SqliteStore(data / STORE)
    one(keeper_on(store), issue("t1"))
    store.close()
    key_from(data / "keys" / "dossiers.key")
    return data


@pytest.fixture
def identity(tmp_path: Path) -> tuple[Path, str]:
    return tmp_path / "backup.key", new_identity(tmp_path / "backup.key")


def test_all_of_it_by_the_command_line_on_an_empty_machine(data: Path, tmp_path: Path) -> None:
    closed = seal_of(data, "dossiers").close(SECRET, "d1")
    key, file, other = tmp_path / "officer.key", tmp_path / "office.age", tmp_path / "other"
    public = motcua("keys", "backup", key).stdout.split()[-1]
    made = motcua("backup", data, file, "--seal", public)
    assert json.loads(made.stdout)["ok"], made.stderr
    sealed = motcua("restore", file, other)
    assert (sealed.returncode, "--identity" in sealed.stderr) == (2, True)
    opened = motcua("restore", file, other, "--identity", key)
    assert json.loads(opened.stdout)["tickets"] == 1, opened.stderr
    assert verify_file(other / STORE).ok
    assert seal_of(other, "dossiers").open(closed, "d1") == SECRET
    assert not (other / "credentials").exists()
    assert (other / "keys" / "dossiers.key").stat().st_mode & 0o077 == 0
    for folder in (data, other, tmp_path):
        assert not [path for path in folder.iterdir() if path.name.startswith(".")]


@pytest.mark.parametrize("sealed", [False, True])
def test_of_a_folder_of_copies_the_newest_stay(
    data: Path, identity: tuple[Path, str], tmp_path: Path, *, sealed: bool
) -> None:
    to, seal = tmp_path / "copies", ["--seal", identity[1]] if sealed else []
    old = [to / f"office-2026-0{month}-01T0230{'.age' if sealed else ''}" for month in (3, 4, 5)]
    for copy in old[:2]:
        copy.mkdir(parents=True)
    old[2].mkdir() if not sealed else old[2].write_bytes(b"sealed")
    (to / "read me.txt").write_text("not ours")
    made = motcua("backup", data, to, "--keep", "2", *seal)
    newest = Path(json.loads(made.stdout)["to"])
    assert {path.name for path in to.iterdir()} == {old[2].name, newest.name, "read me.txt"}
    opened: list[str | Path] = ["--identity", identity[0]] if sealed else []
    back = motcua("restore", newest, tmp_path / "b", *opened)
    assert json.loads(back.stdout)["tickets"] == 1, back.stderr


def test_a_copy_that_fails_removes_no_old_one(data: Path, tmp_path: Path) -> None:
    to = tmp_path / "copies"
    (to / "office-2026-03-01T0230").mkdir(parents=True)
    (data / STORE).unlink()
    assert motcua("backup", data, to, "--keep", "1").returncode != 0
    assert [path.name for path in to.iterdir()] == ["office-2026-03-01T0230"]


def test_without_the_key_nothing_is_read_and_nothing_replaced(
    data: Path, identity: tuple[Path, str], tmp_path: Path
) -> None:
    file = tmp_path / "office.age"
    sealed_backup(data, file, identity[1])
    content = file.read_bytes()
    assert b"SQLite" not in content
    assert b"ward" not in content
    new_identity(tmp_path / "foreign.key")
    before = (data / STORE).read_bytes()
    with pytest.raises(CopyRefused, match="another key, or changed"):
        restore_sealed(file, data, tmp_path / "foreign.key")
    for changed in (content[: len(content) // 2], content[:-40] + b"x" * 40, b""):
        file.write_bytes(changed)
        with pytest.raises(CopyRefused, match="another key, or changed"):
            restore_sealed(file, data, identity[0])
    (tmp_path / "no.key").write_text("x", "utf-8")
    with pytest.raises(CopyRefused, match="not a key"):
        restore_sealed(file, data, tmp_path / "no.key")
    assert (data / STORE).read_bytes() == before


def test_nothing_is_overwritten_and_a_wrong_public_key_is_said(
    data: Path, identity: tuple[Path, str], tmp_path: Path
) -> None:
    with pytest.raises(CopyRefused, match="exists already"):
        sealed_backup(data, identity[0], identity[1])
    with pytest.raises(CopyRefused, match="exists already"):
        new_identity(identity[0])
    with pytest.raises(CopyRefused, match="age1"):
        sealed_backup(data, tmp_path / "x.age", "ssh-ed25519 AAAA")


def test_a_newer_key_stays_and_the_restored_one_still_opens(
    data: Path, identity: tuple[Path, str], tmp_path: Path
) -> None:
    closed = seal_of(data, "dossiers").close(SECRET, "d1")
    sealed_backup(data, tmp_path / "office.age", identity[1])
    shutil.rmtree(data / "keys")
    newer = key_from(data / "keys" / "dossiers.key")
    restore_sealed(tmp_path / "office.age", data, identity[0])
    assert key_from(data / "keys" / "dossiers.key") == newer
    assert seal_of(data, "dossiers").open(closed, "d1") == SECRET


def test_the_tool_age_opens_it(data: Path, identity: tuple[Path, str], tmp_path: Path) -> None:
    tool = shutil.which("age")
    if tool is None:
        pytest.skip("age is not installed; firmware_configs/debian/packages.txt names it")
    sealed_backup(data, tmp_path / "office.age", identity[1])
    plain = tmp_path / "plain.tar"
    command = [tool, "-d", "-i", identity[0], "-o", plain, tmp_path / "office.age"]
    subprocess.run(command, check=True, timeout=100)
    with tarfile.open(plain) as tar:
        assert "office/store/office.db" in tar.getnames()
