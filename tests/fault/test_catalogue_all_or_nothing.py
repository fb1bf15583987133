"""Importing a catalogue on a disk that fails, or loses its power, at any step: all or nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from queue_server.adapters.office_catalogue import finish_version, own_entries
from queue_server.adapters.sqlite_reader import SqliteReader
from queue_server.bootstrap import RunningOffice
from queue_server.config.catalogue_sheet import digest_of_sheet
from queue_server.domain.office_record_events import CatalogueChanged
from queue_server.use_cases.ports import StoreUnavailable
from tests.fakes.offices import running
from tests.fault.watched_steps import at_each_step, fails_at, running_only

pytestmark = pytest.mark.fault

SAID = ("Certify a signature", "Sign here")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[RunningOffice]:
    with running(tmp_path / "ward") as found:
        yield found


def digest_in(data: Path) -> str | None:
    """What the next start would show; None for the shipped catalogue."""
    own = own_entries(data / "catalogue")
    return None if own is None else digest_of_sheet(own[1])


def said_last(data: Path) -> CatalogueChanged | None:
    records = SqliteReader(data / "store" / "office.db").records(1)
    event = records[0].event if records else None
    assert event is None or isinstance(event, CatalogueChanged)
    return event


def imported(office: RunningOffice) -> str:
    """Import a sheet in which one name differs; the digest that it has then."""
    desk = office.http_parts.catalogue
    sheet = desk.sheet()
    assert sheet.count(SAID[0]) == 1
    desk.apply(sheet.replace(*SAID), desk.read().digest, "admin")
    return desk.read().digest


def test_a_power_cut_at_any_step_leaves_the_old_catalogue_or_the_new_one(
    office: RunningOffice, tmp_path: Path
) -> None:
    data, cuts = office.settings.data, []

    def cut(step: int) -> None:
        cuts.append(shutil.copytree(data, tmp_path / f"cut-{step}", ignore=running_only))

    with at_each_step(cut):
        after = imported(office)
    assert digest_in(data) == after
    found, finished = set(), 0
    for folder in cuts:
        finished += finish_version(folder)
        seen, said = digest_in(folder), said_last(folder)
        assert seen in {None, after}, "nothing half applied"
        assert (said is not None) is (seen == after), "the event decides"
        assert not finish_version(folder), "once is enough"
        found.add(seen)
    assert found == {None, after}
    assert finished >= 1, "at least one cut was between the event and the file"


def test_a_disk_that_fails_at_any_step_leaves_all_as_it_was(office: RunningOffice) -> None:
    data, desk = office.settings.data, office.http_parts.catalogue
    before = desk.read()

    refused = 0
    for bad in range(1, 20):
        try:
            with at_each_step(fails_at(bad)):
                imported(office)
        except StoreUnavailable:
            refused += 1
            assert desk.read() == before
            last = said_last(data)
            assert last is None or last.digest == before.digest, "the chain says what holds"
        else:
            break
    assert refused >= 2, "written and synced, then put"
    assert digest_in(data) == desk.read().digest != before.digest
