"""Saving settings on a disk that fails, or loses its power, at any step: all of it or nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from queue_server.adapters.settings_desk import finish_save
from queue_server.adapters.sqlite_reader import SqliteReader
from queue_server.bootstrap import RunningOffice
from queue_server.bootstrap.settings import settle
from queue_server.config.office_file import DeviceSection
from queue_server.config.settings_part import SettingsPart, SettingsRefused
from queue_server.domain.office_record_events import SettingsChanged
from queue_server.use_cases.ports import StoreUnavailable
from tests.fakes.offices import LOOPBACK, running
from tests.fault.watched_steps import at_each_step, fails_at, running_only

pytestmark = pytest.mark.fault


def with_two_more_kiosks(part: SettingsPart) -> SettingsPart:
    more = tuple(DeviceSection(id=name, role="kiosk") for name in ("kiosk-8", "kiosk-9"))
    return part.model_copy(update={"devices": (*part.devices[1:], *more)})


def truth(data: Path) -> tuple[bytes, frozenset[str]]:
    """The file, and the devices that the next start would let sign in."""
    return (data / "motcua.toml").read_bytes(), frozenset(
        settle(data, LOOPBACK, "embedded").credentials
    )


def said_last(data: Path) -> SettingsChanged | None:
    records = SqliteReader(data / "store" / "office.db").records(1)
    event = records[0].event if records else None
    assert event is None or isinstance(event, SettingsChanged)
    return event


@pytest.fixture
def office(tmp_path: Path) -> Iterator[RunningOffice]:
    with running(tmp_path / "ward") as found:
        yield found


def test_a_disk_that_fails_at_any_step_leaves_all_as_it_was(office: RunningOffice) -> None:
    data, desk = office.settings.data, office.http_parts.settings
    part, digest, _ = desk.read()
    wanted, before = with_two_more_kiosks(part), truth(data)

    refused = 0
    for bad in range(1, 40):
        try:
            with at_each_step(fails_at(bad)):
                desk.save(wanted, digest, "admin")
        except StoreUnavailable:
            refused += 1
            assert truth(data) == before
            assert not (data / "credentials" / "kiosk-8.json").exists()
            assert not (data / "credentials" / "kiosk-9.json").exists()
            last = said_last(data)
            assert last is None or last.after == digest, "the chain says what the file says"
        else:
            break
    assert refused >= 6, "file and two secrets: each written, synced and put"
    after = truth(data)
    assert {"kiosk-8", "kiosk-9"} <= after[1]
    said = said_last(data)
    assert said is not None
    assert said.before == digest
    assert desk.read()[0] == wanted


def test_a_power_cut_at_any_step_leaves_the_old_office_or_the_new_one(
    office: RunningOffice, tmp_path: Path
) -> None:
    data, desk = office.settings.data, office.http_parts.settings
    part, digest, _ = desk.read()
    before, cuts = truth(data), []

    def cut(step: int) -> None:
        cuts.append(shutil.copytree(data, tmp_path / f"cut-{step}", ignore=running_only))

    with at_each_step(cut):
        desk.save(with_two_more_kiosks(part), digest, "admin")
    after = truth(data)
    found, finished = set(), 0
    for folder in cuts:
        finished += finish_save(folder)
        seen = truth(folder)
        assert seen in {before, after}
        said = said_last(folder)
        assert (said is not None) is (seen == after), "the event decides"
        found.add(seen)
    assert found == {before, after}
    assert finished >= 1, "at least one cut was between the event and the file"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"role": "display"}, "keeps its role"),
        ({"id": "server"}, "the office itself has this name"),
    ],
)
def test_what_would_keep_the_office_from_starting_is_refused(
    office: RunningOffice, change: dict[str, str], words: str
) -> None:
    desk = office.http_parts.settings
    part, digest, _ = desk.read()
    first, *rest = part.devices
    wanted = part.model_copy(update={"devices": (first.model_copy(update=change), *rest)})
    with pytest.raises(SettingsRefused, match=words):
        desk.save(wanted, digest, "admin")
    assert desk.read()[:2] == (part, digest)
