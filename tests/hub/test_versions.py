"""Catalogue and targets from a city: numbered, once each, never back, on a real cluster too."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Protocol

import pytest

from queue_server.__main__ import main
from queue_server.bootstrap import RunningOffice
from queue_server.config.catalogue_sheet import COLUMNS, CatalogueEntry, sheet_of
from queue_server.config.clerk_data import shipped_entries
from queue_server.contracts.views import Words
from queue_server.hub.adapters.postgres_board import PostgresBoard
from queue_server.hub.adapters.postgres_versions import PostgresVersions
from queue_server.hub.bootstrap.office_side import desk_of
from queue_server.hub.bootstrap.relay_process import RelaySettings
from queue_server.hub.contracts.downward import OfficeAnswer
from queue_server.hub.contracts.handed_versions import CATALOGUE, TARGETS
from queue_server.hub.use_cases.city_board import Listed
from queue_server.hub.use_cases.hand_down import OpenWishes, Unanswered
from queue_server.hub.use_cases.hand_versions import Aim, OfficeHas, Versions
from queue_server.hub.use_cases.relay import Home
from tests.fakes.memory_hub import NOW
from tests.fakes.memory_versions import MemoryVersions
from tests.fakes.offices import running, signed_in
from tests.hub.scene import PROVINCE, Scene

pytestmark = pytest.mark.hub

HOUR = timedelta(hours=1)
BY = "le.thi.b"


def listed(name: str, province: str = PROVINCE) -> Listed:
    return Listed(name, province, Words(vi=name, en=name))


class Kept(Versions, OpenWishes, Protocol):
    """Both sides of what is kept."""


class Hub:
    """What is kept, and the list of offices beside it."""

    def __init__(self, kept: Kept, dsn: str | None) -> None:
        self.kept, self._dsn = kept, dsn

    async def list_offices(self, *offices: Listed) -> None:
        if self._dsn is None:
            assert isinstance(self.kept, MemoryVersions)
            await self.kept.list_offices(offices)
            return
        board = PostgresBoard(self._dsn)
        await board.list_offices(offices)
        await board.close()


@pytest.fixture(params=["memory", "postgres"])
async def hub(request: pytest.FixtureRequest) -> AsyncIterator[Hub]:
    dsn = None if request.param == "memory" else str(request.getfixturevalue("dsn"))
    kept = MemoryVersions() if dsn is None else PostgresVersions(dsn)
    hub = Hub(kept, dsn)
    await hub.list_offices(listed("a"), listed("b"), listed("c", "01"))
    yield hub
    await kept.close()


def wanted(state: Sequence[OfficeHas]) -> dict[str, int]:
    return {one.office: one.wanted for one in state}


async def test_a_version_is_for_a_province_or_for_offices_by_name(hub: Hub) -> None:
    kept = hub.kept
    assert await kept.publish(CATALOGUE, {"csv": "1"}, BY, Aim(PROVINCE), NOW) == (1, 2)
    assert await kept.publish(CATALOGUE, {"csv": "2"}, BY, Aim(offices=("b", "c")), NOW) == (2, 2)
    assert await kept.publish(TARGETS, {"good_min": 5}, BY, Aim(), NOW) == (1, 3)
    assert wanted(await kept.state(CATALOGUE)) == {"a": 1, "b": 2, "c": 2}
    with pytest.raises(LookupError, match="nowhere"):
        await kept.publish(CATALOGUE, {"csv": "3"}, BY, Aim(offices=("a", "nowhere")), NOW)
    with pytest.raises(LookupError):
        await kept.publish(CATALOGUE, {"csv": "3"}, BY, Aim("55"), NOW)
    assert wanted(await kept.state(CATALOGUE)) == {"a": 1, "b": 2, "c": 2}
    await hub.list_offices(listed("d"))
    await kept.spread(NOW)
    assert wanted(await kept.state(CATALOGUE)) == {"a": 1, "b": 2, "c": 2, "d": 1}


async def test_an_office_is_asked_until_it_says_that_it_has_the_newest(hub: Hub) -> None:
    kept = hub.kept
    await kept.publish(CATALOGUE, {"csv": "1"}, BY, Aim(offices=("a",)), NOW)
    (first,) = await kept.due(NOW, 10)
    assert (first.office, first.province, first.kind) == ("a", PROVINCE, CATALOGUE)
    assert first.body == {"csv": "1", "version": 1, "by": BY}
    assert await kept.due(NOW, 10) == []
    await kept.unanswered(first, Unanswered.NOBODY, NOW)
    (again,) = await kept.due(NOW, 10)
    assert (again.key, again.tries) == (first.key, 1)
    (state,) = await kept.state(CATALOGUE)
    assert (state.state, state.has, state.nobody) == ("open", None, True)
    await kept.publish(CATALOGUE, {"csv": "2"}, BY, Aim(offices=("a",)), NOW)
    (second,) = await kept.due(NOW, 10)
    assert (second.body["csv"], second.tries, second.key != first.key) == ("2", 0, True)
    # An answer about the older version says nothing any more.
    await kept.answered(OfficeAnswer(key=first.key, outcome="done", body={"version": 1}), NOW)
    assert (await kept.state(CATALOGUE))[0].has is None
    no = Words(vi="không", en="no")
    await kept.answered(OfficeAnswer(key=second.key, outcome="refused", words=no), NOW)
    (state,) = await kept.state(CATALOGUE)
    assert (state.state, state.has, state.words) == ("refused", None, no)
    await kept.answered(OfficeAnswer(key=second.key, outcome="done", body={"version": 1}), NOW)
    (state,) = await kept.state(CATALOGUE)
    assert (state.state, state.has, state.wanted) == ("open", 1, 2)
    done = OfficeAnswer(key=second.key, outcome="done", body={"version": 2, "differ": 0})
    await kept.answered(done, NOW)
    assert await kept.due(NOW, 10) == []
    # It is looked after later, and has it since it said so first.
    (look,) = await kept.due(NOW + HOUR, 10)
    await kept.answered(done, NOW + HOUR)
    (state,) = await kept.state(CATALOGUE)
    assert (look.key, state.has, state.since) == (second.key, 2, NOW)


async def test_numbers_rise_above_what_any_office_has(hub: Hub) -> None:
    """A hub that was set back does not hand down numbers that offices take for old ones."""
    await hub.kept.publish(CATALOGUE, {"csv": "1"}, BY, Aim(offices=("a",)), NOW)
    (asked,) = await hub.kept.due(NOW, 10)
    newer = OfficeAnswer(key=asked.key, outcome="done", body={"version": 7})
    await hub.kept.answered(newer, NOW)
    assert await hub.kept.publish(CATALOGUE, {"csv": "2"}, BY, Aim(), NOW) == (8, 3)


@pytest.fixture(scope="module")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningOffice]:
    with running(tmp_path_factory.mktemp("ward")) as office:
        yield office


def relay(scene: Scene, ward: RunningOffice) -> None:
    data = ward.settings.data
    home = Home(ward.settings.file.office.id, PROVINCE)
    desk = desk_of(data, 0, ward.http_url)
    scene.relay_of(RelaySettings(data, home, scene.cluster, 5000, "m", desk=desk))


def cheaper(fee: int) -> tuple[CatalogueEntry, ...]:
    first, *others = shipped_entries()
    return (replace(first, fee_vnd=fee), *others)


def hub_file(scene: Scene, folder: Path) -> str:
    (folder / "postgres.dsn").write_text(scene.dsn)
    (folder / "postgres.dsn").chmod(0o600)
    (folder / "hub.toml").write_text(
        '[cluster]\nservers = ["nats://127.0.0.1:4222"]\n[city]\ndsn_file = "postgres.dsn"\n'
    )
    return str(folder / "hub.toml")


class City:
    """What a person at the hub types."""

    def __init__(self, scene: Scene, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.config, self.folder, self._patch = hub_file(scene, folder), folder, monkeypatch

    async def types(self, *words: str) -> int:
        """The exit code; in a thread, because a command has a loop of its own."""
        line = ["motcua", "hub", *words, "--config", self.config]
        self._patch.setattr("sys.argv", line)
        with pytest.raises(SystemExit) as ended:
            await asyncio.to_thread(main)
        code = ended.value.code
        assert isinstance(code, int)
        return code

    async def sheet(self, entries: Sequence[CatalogueEntry]) -> None:
        path = self.folder / "city.csv"
        path.write_text(sheet_of(entries), encoding="utf-8")
        assert await self.types("catalogue", str(path)) == 0


@pytest.fixture
async def city(
    scene: Scene, ward: RunningOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> City:
    board = PostgresBoard(scene.dsn)
    await board.list_offices([listed(ward.settings.file.office.id)])
    await board.close()
    return City(scene, tmp_path, monkeypatch)


HAS = "SELECT 1 FROM handed_to WHERE kind = %s AND has = %s AND state = 'has'"


async def test_a_real_office_takes_what_the_city_publishes_from_the_command_line(
    scene: Scene, city: City, ward: RunningOffice, capsys: pytest.CaptureFixture[str]
) -> None:
    code = shipped_entries()[0].code
    relay(scene, ward)
    scene.hand_down()
    await city.sheet(cheaper(12_000))
    assert await city.types("targets", "--good", "9", "--limit", "21") == 0
    await scene.until(HAS, CATALOGUE, 1)
    await scene.until(HAS, TARGETS, 1)
    with signed_in(ward) as admin:
        records = admin.get("/admin/record").raise_for_status().json()
        settings = admin.get("/admin/settings").raise_for_status().json()
    (taken,) = [one for one in records if one["kind"] == "CatalogueChanged"]
    assert taken["by"].startswith("thành phố / city v1, ")
    assert any(f"{code} fee_vnd" in change for change in taken["changes"])
    assert (settings["targets"]["good_min"], settings["targets"]["limit_min"]) == (9, 21)
    capsys.readouterr()
    assert await city.types("catalogue", "--state") == 0
    assert await city.types("targets", "--state") == 0
    catalogue, targets = capsys.readouterr().out.splitlines()
    name = ward.settings.file.office.id
    assert catalogue.startswith(f"{name}: has version 1 since ")
    assert targets.endswith("holds from the next start of its server")


async def test_an_office_that_was_away_takes_the_newest_of_two_versions(
    scene: Scene, city: City, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with running(tmp_path / "away") as away:
        scene.hand_down()
        await city.sheet(cheaper(13_000))
        await scene.until("SELECT 1 FROM handed_to WHERE tries > 0 AND nobody")
        capsys.readouterr()
        assert await city.types("catalogue", "--state") == 0
        assert "has none; version 1 is sent again and again, " in (said := capsys.readouterr().out)
        assert "nobody listens there" in said
        await city.sheet(cheaper(14_000))
        relay(scene, away)
        await scene.until(HAS, CATALOGUE, 2)
        with signed_in(away) as admin:
            records = admin.get("/admin/record").raise_for_status().json()
        (taken,) = [one for one in records if one["kind"] == "CatalogueChanged"]
        assert "14000" in "".join(taken["changes"])


async def test_a_sheet_with_faults_is_refused_at_the_hub_and_nothing_is_sent(
    scene: Scene, city: City, capsys: pytest.CaptureFixture[str]
) -> None:
    path = city.folder / "bad.csv"
    good = sheet_of(shipped_entries()).splitlines()
    code = good[1].partition(",")[0]
    for text, said in (
        (good[0] + "\n" + good[1].replace(code, "77", 1), "line 2, code: "),
        ("\n".join([good[0], good[1], good[1]]), "line 3, code: "),
        (",".join(COLUMNS[1:]), "line 1, code: "),
        ("", "line 1, "),
    ):
        path.write_text(text, encoding="utf-8")
        assert await city.types("catalogue", str(path)) != 0
        words = capsys.readouterr().err
        assert said in words
        assert "nothing was sent" in words
    assert await city.types("targets", "--good", "40", "--limit", "30") != 0
    assert await city.types("catalogue") != 0
    good_file = city.folder / "good.csv"
    good_file.write_text("\n".join(good), encoding="utf-8")
    assert await city.types("catalogue", str(good_file), "--office", "nowhere") != 0
    assert "nowhere; nothing was sent" in capsys.readouterr().err
    assert await scene.ask("SELECT 1 FROM handed_version") == []
    assert await city.types("catalogue", "--state") == 0
    assert capsys.readouterr().out == ""
