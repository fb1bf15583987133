"""Keys change, all is sealed anew; killed, it goes on; what outlived its rule is erased."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from queue_server.adapters import key_rotation
from queue_server.adapters.clock import SetClock
from queue_server.adapters.key_rotation import forget_retired, rotate, seal_of, state_of
from queue_server.adapters.sqlite_history import verify_file
from queue_server.adapters.store_lock import StoreInUse
from queue_server.use_cases.home_visit_desk import CannotBeOpened
from tests.fakes.filings import PERSON
from tests.fakes.offices import running, signed_in
from tests.integration.server.test_dossiers_over_http import WEDNESDAY, filed, move

COUNT = 5


class Cut(Exception):  # noqa: N818 - what happens to the machine
    """The machine stops here."""


def quiet(_done: int, _of: int) -> None:
    """Nobody looks."""


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office that stopped with some dossiers, sealed."""
    data = tmp_path_factory.mktemp("filled") / "ward"
    with running(data, SetClock(WEDNESDAY)) as office, signed_in(office, "kiosk-1") as kiosk:
        for _ in range(COUNT):
            filed(kiosk)
    return data


@pytest.fixture
def data(filled: Path, tmp_path: Path) -> Path:
    """A copy of it, for one test."""
    return Path(shutil.copytree(filled, tmp_path / "ward"))


@pytest.fixture
def store(data: Path) -> Path:
    return data / "store" / "office.db"


def opened(data: Path, store: Path) -> list[str]:
    """Everything that is sealed, read with the keys on disk."""
    seal = seal_of(data, "dossiers")
    with closing(sqlite3.connect(store)) as connection:
        rows = connection.execute("SELECT dossier, sealed FROM dossier_part").fetchall()
    return [seal.open(bytes(sealed), about) for about, sealed in rows]


def test_a_rotation_seals_everything_anew_and_old_keys_are_forgotten_after(
    data: Path, store: Path
) -> None:
    before = opened(data, store)
    old = state_of(data, store, "dossiers")
    old_bytes = [bytes(r[0]) for r in _sealed(store)]
    seen: list[tuple[int, int]] = []
    made = rotate(data, store, "dossiers", lambda done, of: seen.append((done, of)))
    assert (made.sealed, made.old, made.retired) == (COUNT, 0, 1)
    assert made.id != old.id
    assert seen[-1] == (COUNT, COUNT)
    assert opened(data, store) == before
    whole = b"".join(path.read_bytes() for path in store.parent.glob("office.db*"))
    assert not any(sealed in whole for sealed in old_bytes)
    assert forget_retired(data, store, "dossiers") == 1
    assert opened(data, store) == before
    assert verify_file(store).ok
    with running(data, SetClock(WEDNESDAY)) as office, signed_in(office) as admin:
        code = admin.get("/dossiers").json()["dossiers"][0]["code"]
        content = admin.get(f"/dossiers/{code}/content", params={"reveal": True}).text
        assert PERSON["identity"] in content
        with pytest.raises(StoreInUse):
            rotate(data, store, "dossiers", quiet)


@pytest.mark.parametrize(("writes", "batches"), [(0, 0), (1, 0), (2, 0), (2, 2)])
def test_a_rotation_that_was_killed_goes_on(
    data: Path, store: Path, monkeypatch: pytest.MonkeyPatch, writes: int, batches: int
) -> None:
    """`writes` of the two key files reach the disk, then so many batches of two rows."""
    before = opened(data, store)
    really, left = key_rotation.write_key, [writes]

    def write(path: Path, key: bytes) -> None:
        if left[0] == 0:
            raise Cut
        left[0] -= 1
        really(path, key)

    def told(done: int, _of: int) -> None:
        if done >= batches * 2:
            raise Cut

    monkeypatch.setattr(key_rotation, "write_key", write)
    monkeypatch.setattr(key_rotation, "AT_ONCE", 2)
    with pytest.raises(Cut):
        rotate(data, store, "dossiers", told)
    assert opened(data, store) == before
    monkeypatch.setattr(key_rotation, "write_key", really)
    made = rotate(data, store, "dossiers", quiet)
    assert made.old == 0
    assert opened(data, store) == before
    forget_retired(data, store, "dossiers")
    assert opened(data, store) == before


def test_a_store_without_its_key_shows_nothing(data: Path, store: Path) -> None:
    (data / "keys" / "dossiers.key").unlink()
    with pytest.raises(CannotBeOpened):
        opened(data, store)
    with closing(sqlite3.connect(store)) as connection:
        text = "\n".join(connection.iterdump()).encode()
    whole = b"".join(path.read_bytes() for path in store.parent.glob("office.db*")) + text
    for secret in (PERSON["identity"], PERSON["name"], PERSON["phone"], "thôn Đông"):
        assert secret.encode() not in whole
        assert secret.encode().hex().upper().encode() not in whole


def test_what_was_sealed_before_keys_had_names_is_still_read(data: Path, store: Path) -> None:
    before = opened(data, store)
    with closing(sqlite3.connect(store)) as connection, connection:
        connection.execute("UPDATE dossier_part SET sealed = substr(sealed, 13)")
    assert opened(data, store) == before
    assert state_of(data, store, "dossiers").old == COUNT
    made = rotate(data, store, "dossiers", quiet)
    assert (made.old, made.retired) == (0, 1)
    assert opened(data, store) == before


def test_the_command_says_what_it_did(data: Path) -> None:

    def motcua(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "queue_server", "keys", *words, "--data", str(data)]
        return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)

    assert motcua("rotate").returncode == 0
    lines = [json.loads(line) for line in motcua("status").stdout.splitlines()]
    assert [(one["name"], one["old"], one["retired"]) for one in lines] == [
        ("dossiers", 0, 1),
        ("contacts", 0, 1),
        ("cards", 0, 1),
    ]
    assert motcua("forget").stdout.splitlines()[0] == "dossiers: 1 old keys deleted"
    (data / "keys" / "dossiers.key").unlink()
    lost = motcua("rotate")
    assert lost.returncode == 2
    assert "cannot be opened" in lost.stderr
    assert lost.stderr.count("\n") == 1


def test_what_the_rule_no_longer_keeps_is_erased_with_an_event(tmp_path: Path) -> None:
    clock = SetClock(WEDNESDAY)
    with running(tmp_path, clock) as office, signed_in(office) as admin:
        ended, running_on = filed(admin)["code"], filed(admin)["code"]
        move(admin, ended, "refuse", reason="Không thuộc thẩm quyền")
    for days, gone in ((90, False), (92, True)):
        clock.advance_to(WEDNESDAY + timedelta(days=days))
        with running(tmp_path, clock) as office, signed_in(office) as admin:
            filed(admin)  # a commit of the new day; the erasures follow it
            office.writer.stop()
            found = office.dossiers.desk.kept.dossier(ended)
            assert found is not None
            assert (found.erased_at is not None) is gone
            assert bool(office.dossiers.desk.kept.parts(found.id)) is not gone
            kept = office.dossiers.desk.kept.dossier(running_on)
            assert kept is not None
            assert office.dossiers.desk.kept.parts(kept.id)
            steps = office.dossiers.desk.kept.of_dossier(found.id)
            names = [type(step.event).__name__ for step in steps]
            assert names.count("DossierErased") == int(gone)
    assert verify_file(tmp_path / "store" / "office.db").ok


def _sealed(store: Path) -> list[tuple[bytes]]:
    with closing(sqlite3.connect(store)) as connection:
        return connection.execute("SELECT sealed FROM dossier_part").fetchall()
