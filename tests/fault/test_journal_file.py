"""The kiosk's journal is cut at every byte, damaged, filled up and fought over."""

from __future__ import annotations

from collections import deque
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.adapters.journal_file import JournalFile
from kiosk.domain.own_numbers import (
    Block,
    Entry,
    Given,
    HandedIn,
    Leased,
    OwnNumbers,
    OwnTicket,
    Reached,
    Refused,
)
from kiosk.domain.priority import Priority
from kiosk.domain.ticket import SlipOutcome, TicketOrder
from kiosk.domain.words import Language
from kiosk.use_cases.ports import JournalError
from tests.fault.conftest import SmallDisk

pytestmark = pytest.mark.fault

DAY = date(2026, 5, 12)
BLOCK = Block("HT", DAY, "A", 3, 500, 519, "https://motcua.example/t/")


def ticket(number: int) -> OwnTicket:
    return OwnTicket(
        key=f"key-{number}",
        number=number,
        label=BLOCK.label(number),
        day=DAY,
        order=TicketOrder("HT", Language.VI, Priority.AGE_80, "1.001193"),
        issued_at=datetime(2026, 5, 12, 1, 15, 30, 250_000, tzinfo=UTC),
        boot="boot",
        uptime_s=12.5,
        follow_code="abcdefghijklmno_",
        follow_base=BLOCK.follow_base,
        replaces="tried",
    )


ENTRIES: list[Entry] = [
    Leased(BLOCK),
    Given(ticket(500)),
    Reached("key-500", SlipOutcome.PRINTED),
    Given(ticket(501)),
    HandedIn("key-500"),
    Refused("key-501", "number_not_leased"),
]


def written(path: Path, entries: list[Entry] = ENTRIES) -> bytes:
    with JournalFile(path) as journal:
        for entry in entries:
            journal.append(entry)
    return path.read_bytes()


def read(path: Path) -> list[Entry]:
    with JournalFile(path) as journal:
        return journal.read()


def test_what_was_written_is_read(tmp_path: Path) -> None:
    written(tmp_path / "journal")
    assert read(tmp_path / "journal") == ENTRIES
    assert (tmp_path / "journal").stat().st_mode & 0o777 == 0o600


def test_a_kill_at_every_byte_leaves_whole_entries_and_a_file_to_go_on_with(
    tmp_path: Path,
) -> None:
    path = tmp_path / "journal"
    data = written(path)
    ends = [i + 1 for i, byte in enumerate(data) if byte == 0x0A]
    for cut in range(len(data) + 1):
        path.write_bytes(data[:cut])
        whole = sum(end <= cut for end in ends)
        with JournalFile(path) as journal:
            assert journal.read() == ENTRIES[:whole]
            journal.append(HandedIn("later"))
        assert read(path) == [*ENTRIES[:whole], HandedIn("later")]


@settings(
    deadline=None, max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_a_damaged_byte_never_makes_a_number_given_twice(
    tmp_path: Path, data: st.DataObject
) -> None:
    path = tmp_path / "journal"
    path.unlink(missing_ok=True)
    whole = bytearray(written(path))
    for _ in range(data.draw(st.integers(1, 3))):
        whole[data.draw(st.integers(0, len(whole) - 1))] ^= data.draw(st.integers(1, 255))
    path.write_bytes(whole)
    found = OwnNumbers.after(read(path))
    given_out = found.next("HT", DAY)
    # 500 and 501 are in the hands of citizens; a damaged last line may hide the second only.
    assert given_out is None or given_out[1] not in {500, 501}


def test_entries_of_garbage_are_no_entries(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    path.write_bytes(b"\x00\xff\n\nnot a journal\n00000000 Leased {}\n")
    assert read(path) == []


def test_a_second_process_is_refused(tmp_path: Path) -> None:
    with (
        JournalFile(tmp_path / "journal"),
        pytest.raises(JournalError, match="another kiosk process"),
    ):
        JournalFile(tmp_path / "journal")
    JournalFile(tmp_path / "journal").close()


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(JournalError):
        JournalFile(tmp_path / "file" / "journal")


def test_a_new_file_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    with JournalFile(path) as journal:
        journal.append(*ENTRIES)
        journal.rewrite(ENTRIES[:1])
        journal.append(ENTRIES[1])
    assert read(path) == ENTRIES[:2]
    # A kill before the new file had the name: it is simply there, and of no use.
    (tmp_path / "journal.new").write_bytes(b"half")
    assert read(path) == ENTRIES[:2]


def test_a_full_disk_is_said_and_leaves_whole_lines(small_disk: SmallDisk) -> None:
    path = small_disk.folder / "journal"
    with JournalFile(path) as journal:
        journal.append(Leased(BLOCK))
        small_disk.fill()
        many = map(Given, map(ticket, range(500, 520)))  # the rest of the last page is still free
        with pytest.raises(JournalError, match="the disk is full"):
            deque(map(journal.append, many))
        with pytest.raises(JournalError):
            journal.rewrite(ENTRIES * 50)
        small_disk.empty()
        journal.append(HandedIn("after"))
    entries = read(path)
    assert (entries[0], entries[-1]) == (Leased(BLOCK), HandedIn("after"))
    assert all(isinstance(entry, Given) for entry in entries[1:-1])
