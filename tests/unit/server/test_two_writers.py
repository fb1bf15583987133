"""Settings and calling rules are one file: of two who save at once the second is told."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from threading import Event, Lock, Semaphore
from types import TracebackType

import pytest

from queue_server.adapters.office_config import OfficeConfig
from queue_server.adapters.rules_desk import RulesDesk
from queue_server.adapters.settings_desk import FileSettings
from queue_server.config.office_file import OfficeFile
from queue_server.contracts.config_file import read_config
from queue_server.domain.office import Policy
from queue_server.domain.office_record_commands import KeepRecord
from queue_server.domain.office_record_events import SettingsChanged
from queue_server.use_cases.keep_day import Answer, Request
from queue_server.use_cases.rule_desk import RulesStale
from queue_server.use_cases.settings_desk import Stale
from tests.fakes.memory_store import MemoryStore
from tests.fakes.offices import new_ward

PATIENCE_S = 60.0


class SeenLock:
    """A lock that tells who comes to it, before it lets or does not let them in."""

    def __init__(self) -> None:
        self._lock = Lock()
        self.came = Semaphore(0)

    def __enter__(self) -> None:
        self.came.release()
        self._lock.acquire()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._lock.release()


class TwoDesks:
    """Both desks over one real file; the writer holds the first record until it is let go."""

    def __init__(self, folder: Path) -> None:
        data = new_ward(folder)
        self.path = data / "motcua.toml"
        self.lock = SeenLock()
        self.kept: list[SettingsChanged] = []
        self.deciding, self.go_on = Event(), Event()
        config = OfficeConfig(self.path, read_config(self.path, OfficeFile), self.lock)
        self.settings = FileSettings(data, config, self)
        self.rules = RulesDesk(config, lambda _office: None, self, MemoryStore())

    def submit(self, request: Request) -> Future[Answer]:
        assert isinstance(request.command, KeepRecord)
        assert isinstance(request.command.record, SettingsChanged)
        self.kept.append(request.command.record)
        self.deciding.set()
        assert self.go_on.wait(PATIENCE_S)
        done: Future[Answer] = Future()
        done.set_result(Answer())
        return done

    def name_it(self, digest: str) -> Callable[[], object]:
        part = self.settings.read()[0]
        office = part.office.model_copy(update={"name_en": "Renamed"})
        return lambda: self.settings.save(part.model_copy(update={"office": office}), digest, "lan")

    def be_strict(self, digest: str) -> Callable[[], object]:
        part = self.rules.read()[0]
        rules = part.rules.model_copy(update={"policy": Policy.STRICT})
        return lambda: self.rules.save(part.model_copy(update={"rules": rules}), digest, "minh")


@pytest.mark.parametrize("order", [("name_it", "be_strict"), ("be_strict", "name_it")])
def test_the_second_of_two_who_save_at_once_is_told_and_nothing_is_lost(
    tmp_path: Path, order: tuple[str, str]
) -> None:
    desks = TwoDesks(tmp_path)
    digest = desks.rules.read()[1]
    first, second = (_save(desks, name, digest) for name in order)
    while desks.lock.came.acquire(blocking=False):
        pass
    with ThreadPoolExecutor(2) as pool:
        saving = pool.submit(first)
        assert desks.deciding.wait(PATIENCE_S)
        assert desks.lock.came.acquire(timeout=PATIENCE_S)
        waiting = pool.submit(second)
        assert desks.lock.came.acquire(timeout=PATIENCE_S), "the second comes to the same lock"
        desks.go_on.set()
        saving.result(PATIENCE_S)
        with pytest.raises((Stale, RulesStale)):
            waiting.result(PATIENCE_S)
    assert [one.by for one in desks.kept] == ["lan" if order[0] == "name_it" else "minh"]
    _save(desks, order[1], desks.rules.read()[1])()
    said = desks.path.read_text("utf-8")
    assert "Renamed" in said
    assert 'policy = "strict"' in said
    one, two = desks.kept
    assert (one.before, one.after) == (digest, two.before), "the chain knows each text of the file"
    assert two.after == desks.rules.read()[1]
    assert desks.settings.read()[2] is True, "the name waits for a restart"
    assert desks.rules.read()[0].rules.policy is Policy.STRICT


def _save(desks: TwoDesks, name: str, digest: str) -> Callable[[], object]:
    made: Callable[[], object] = getattr(desks, name)(digest)
    return made


def test_rules_that_hold_already_need_no_restart(tmp_path: Path) -> None:
    desks = TwoDesks(tmp_path)
    desks.go_on.set()
    part, digest = desks.rules.read()
    first = part.counters[0].model_copy(update={"services": ("CT",)})
    wanted = part.model_copy(update={"counters": (first, *part.counters[1:])})
    desks.rules.save(wanted, digest, "minh")
    assert desks.kept[0].changes[0].startswith("counters 1.services: ")
    assert desks.settings.read()[2] is False
