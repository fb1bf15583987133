"""A change of rules that cannot be kept leaves everything as it was."""

from __future__ import annotations

from concurrent.futures import Future
from datetime import date
from pathlib import Path

import pytest

from queue_server.adapters.office_config import OfficeConfig
from queue_server.adapters.rules_desk import RulesDesk
from queue_server.config.office_file import OfficeFile
from queue_server.config.rules_part import RulesPart, RulesRefused
from queue_server.contracts.config_file import read_config
from queue_server.domain.office import Office, Policy
from queue_server.domain.office_record_commands import KeepRecord
from queue_server.domain.office_record_events import SettingsChanged
from queue_server.use_cases.keep_day import Answer, Request
from queue_server.use_cases.ports import StoreUnavailable
from queue_server.use_cases.rule_desk import RulesStale
from tests.fakes.memory_store import MemoryStore
from tests.fakes.offices import new_ward


class Desk:
    """A desk over a real file, with a writer that answers as it is told."""

    def __init__(self, folder: Path, fault: Exception | None = None) -> None:
        self.path = new_ward(folder) / "motcua.toml"
        self.fault = fault
        self.used: list[Office] = []
        self.kept: list[SettingsChanged] = []
        self.file = read_config(self.path, OfficeFile)
        config = OfficeConfig(self.path, self.file)
        self.desk = RulesDesk(config, self.used.append, self, MemoryStore())

    def submit(self, request: Request) -> Future[Answer]:
        assert isinstance(request.command, KeepRecord)
        record = request.command.record
        assert isinstance(record, SettingsChanged)
        if self.fault is None:
            self.kept.append(record)
        done: Future[Answer] = Future()
        done.set_result(Answer(fault=self.fault))
        return done

    def strict(self) -> tuple[RulesPart, str]:
        part, digest = self.desk.read()
        rules = part.rules.model_copy(update={"policy": Policy.STRICT})
        return part.model_copy(update={"rules": rules}), digest


def test_a_store_that_refuses(tmp_path: Path) -> None:
    desk = Desk(tmp_path, StoreUnavailable("full"))
    before = desk.path.read_text("utf-8")
    with pytest.raises(StoreUnavailable):
        desk.desk.save(*desk.strict(), "lan")
    assert desk.path.read_text("utf-8") == before
    assert [office.rules.policy for office in desk.used] == [Policy.STRICT, Policy.WEIGHTED]
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
    desk.fault = None
    assert desk.kept == []
    part, digest = desk.strict()
    after = desk.desk.save(part, digest, "lan")
    (said,) = desk.kept
    assert (said.by, said.before, said.after) == ("lan", digest, after)
    assert said.changes == ("rules.policy: weighted → strict",)
    assert desk.desk.read()[0].rules.policy is Policy.STRICT


def test_a_file_that_somebody_edits_by_hand(tmp_path: Path) -> None:
    """Their hand-made change is neither lost nor taken over before the next start."""
    desk = Desk(tmp_path)
    part, digest = desk.strict()
    text = desk.path.read_text("utf-8").replace('name_vi = "Chứng thực"', 'name_vi = "Bản sao"')
    desk.path.write_text(text, "utf-8")
    with pytest.raises(RulesStale):
        desk.desk.save(part, digest, "lan")
    assert desk.used == []
    desk.desk.save(part, desk.desk.read()[1], "lan")
    assert desk.used[-1].services["CT"].name_vi == "Chứng thực"
    assert read_config(desk.path, OfficeFile).services[0].name_vi == "Bản sao"

    desk.path.write_text("not TOML", "utf-8")
    with pytest.raises(RulesRefused, match=r"tệp không đúng dạng TOML / .*not valid TOML"):
        desk.desk.save(part, desk.desk.read()[1], "lan")


def test_before_any_day_is_over(tmp_path: Path) -> None:
    assert Desk(tmp_path).desk.last_day(date(2026, 11, 23)) is None
