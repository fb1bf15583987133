"""The key of identity cards changes: citizens are found as before, by one key alone nobody is."""

from __future__ import annotations

import itertools
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.adapters import hash_rotation
from queue_server.adapters.clock import SetClock
from queue_server.adapters.hash_rotation import hash_of, rotate_hashes, state_of_hashes
from queue_server.adapters.keyed_hash import KeyedHash
from queue_server.adapters.sqlite_history import verify_file
from queue_server.adapters.store_lock import StoreInUse
from tests.fakes.filings import PERSON
from tests.fakes.offices import running, signed_in
from tests.integration.server.test_dossiers_over_http import WEDNESDAY, body_of, file, move
from tests.integration.server.test_paper_reuse import known, papers
from tests.integration.test_key_rotation import Cut, quiet

CARD = "079085123456"
KEYS = (f"hash-{n}" for n in itertools.count())


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office that stopped: a paper that may be used again, two numbers taken with a card."""
    data = tmp_path_factory.mktemp("filled") / "ward"
    with running(data, SetClock(WEDNESDAY)) as office, signed_in(office, "kiosk-1") as kiosk:
        code = file(kiosk, body_of(papers=papers())).json()["code"]
        for _ in range(2):
            taken = kiosk.post(
                "/tickets",
                json={"service": "CT", "card": CARD},
                headers={"Idempotency-Key": next(KEYS)},
            )
            assert taken.status_code == 201, taken.text
        with signed_in(office, "counter-1") as clerk:
            move(clerk, code, "receive")
    return data


@pytest.fixture
def data(filled: Path, tmp_path: Path) -> Path:
    """A copy of it, for one test."""
    return Path(shutil.copytree(filled, tmp_path / "ward"))


def store_of(data: Path) -> Path:
    return data / "store" / "office.db"


def hashes(data: Path) -> list[str]:
    with closing(sqlite3.connect(store_of(data))) as connection:
        return [
            kept
            for table, column in (("dossier_person", "person"), ("ticket_card", "card"))
            for (kept,) in connection.execute(f"SELECT {column} FROM {table}")
        ]


def test_a_citizen_is_found_as_before_and_no_old_hash_stays(data: Path) -> None:
    before, old = hashes(data), hash_of(data)
    assert hash_of(data).of(CARD) in before
    for turn in (1, 2):
        made = rotate_hashes(data, store_of(data), quiet)
        assert (made.sealed, made.old, made.retired) == (len(before), 0, turn)
    after, new = hashes(data), hash_of(data)
    assert new.of(CARD) in after
    assert old.of(CARD) not in after
    assert not set(before) & set(after)
    seen = b"".join(path.read_bytes() for path in store_of(data).parent.glob("office.db*"))
    assert not any(one.encode() in seen for one in before)
    assert verify_file(store_of(data)).ok
    with running(data, SetClock(WEDNESDAY)) as office, signed_in(office, "kiosk-1") as kiosk:
        assert [one["name"] for one in known(kiosk)]
        assert known(kiosk, identity="001190000009") == []
        with pytest.raises(StoreInUse):
            rotate_hashes(data, store_of(data), quiet)


@pytest.mark.parametrize(("writes", "rows"), [(0, 0), (1, 0), (2, 0), (2, 1)])
@pytest.mark.parametrize("then", ["rotate", "start"])
def test_a_rotation_that_was_killed_goes_on(
    data: Path, monkeypatch: pytest.MonkeyPatch, writes: int, rows: int, then: str
) -> None:
    """`writes` of the two key files reach the disk, then so many rows of one a batch."""
    really, left = hash_rotation.write_key, [writes]

    def write(path: Path, key: bytes) -> None:
        if left[0] == 0:
            raise Cut
        left[0] -= 1
        really(path, key)

    def told(done: int, _of: int) -> None:
        if done >= rows:
            raise Cut

    monkeypatch.setattr(hash_rotation, "write_key", write)
    monkeypatch.setattr(hash_rotation, "AT_ONCE", 1)
    with pytest.raises(Cut):
        rotate_hashes(data, store_of(data), told)
    monkeypatch.setattr(hash_rotation, "write_key", really)
    if then == "rotate":
        rotate_hashes(data, store_of(data), quiet)
    else:
        with running(data, SetClock(WEDNESDAY)) as office, signed_in(office, "kiosk-1") as kiosk:
            assert [one["name"] for one in known(kiosk)]
    assert state_of_hashes(data, store_of(data)).old == 0
    assert hash_of(data).of(CARD) in hashes(data)
    assert hash_of(data).of(f"dossier {PERSON['identity']}") in hashes(data)


@given(
    number=st.text(max_size=20),
    keys=st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=5),
)
def test_hashing_once_more_is_hashing_with_all_keys(number: str, keys: list[bytes]) -> None:
    kept = KeyedHash(keys[0]).of(number)
    for count in range(1, len(keys) + 1):
        cards = KeyedHash(*keys[:count])
        kept = cards.again(kept)
        assert kept == cards.of(number)
        assert cards.is_newest(kept)
        assert cards.again(kept) == kept
        assert KeyedHash(*keys).is_newest(kept) is (count == len(keys))
