"""Rules are written into a configuration by value: comments stay, and it reads back as asked."""

from __future__ import annotations

from datetime import time
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queue_server.adapters.office_toml import NewText, changed_text
from queue_server.config.counter_section import OtherProfile, ProfileSection
from queue_server.config.office_file import OfficeFile, RulesSection
from queue_server.config.rules_part import (
    CounterRules,
    RulesPart,
    RulesRefused,
    part_of,
    with_part,
)
from queue_server.config.section import Session
from queue_server.contracts.config_file import read_config
from queue_server.domain.office import Policy, PriorityUse
from queue_server.domain.ticket import PriorityClass

WARD = (files("queue_server.config") / "samples" / "ward.toml").read_text("utf-8")
NO_RULES = """
[office] # ours
id = "o"
name_vi = "o"
name_en = "o"

[[services]]
id = "a"
letter = "A"
name_vi = "a"
name_en = "a"

[[counters]]
number = 1
[[counters.profile]]
service = "a" # all of them
weight = 2

[[devices]]
id = "kiosk-1"
role = "kiosk"
"""


def read(folder: Path, text: str) -> OfficeFile:
    path = folder / "motcua.toml"
    path.write_text(text, "utf-8")
    return read_config(path, OfficeFile)


SERVED = ["CT", "HT", "DD"]
minutes = st.integers(0, 600) | st.just(12.5)


others = st.builds(
    OtherProfile,
    id=st.sampled_from(["land", "elders"]),
    name_vi=st.just("Việc khác"),
    name_en=st.just("Other work"),
    services=st.just(("DD",)) | st.just(("CT", "HT")),
    profile=st.just(()) | st.just((ProfileSection(service="KD", order=1),)),
    priority=st.sampled_from(PriorityUse),
    by_clerk=st.booleans(),
)
breaks = st.sampled_from(
    [(), (Session(start=time(9), end=time(9, 15)), Session(start=time(11, 30), end=time(12, 30)))]
)


@st.composite
def counter_rules(draw: st.DrawFn, number: int) -> CounterRules:
    order = draw(st.permutations(SERVED))
    cut = draw(st.integers(0, 3))
    profile = [
        ProfileSection(
            service=name,
            order=draw(st.integers(0, 2)),
            weight=draw(st.sampled_from([1.0, 2.0, 0.5])),
        )
        for name in order[cut:]
    ]
    return CounterRules(
        number=number,
        services=tuple(order[:cut]),
        profile=tuple(profile),
        priority=draw(st.sampled_from(PriorityUse)),
        others=tuple(draw(st.lists(others, max_size=2, unique_by=lambda one: one.id))),
        breaks=draw(breaks),
    )


@st.composite
def parts(draw: st.DrawFn) -> RulesPart:
    return RulesPart(
        rules=RulesSection(
            policy=draw(st.sampled_from(Policy)),
            priority_turns=draw(st.integers(1, 20)),
            limit_min=draw(minutes),
            class_limit_min=draw(st.dictionaries(st.sampled_from(PriorityClass), minutes)),
            clear_after_min=draw(st.none() | minutes),
            pause_at_lunch=draw(st.booleans()),
        ),
        counters=tuple(draw(counter_rules(number)) for number in range(1, 6)),
    )


@given(first=parts(), second=parts())
@settings(max_examples=40, deadline=None)
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, first: RulesPart, second: RulesPart
) -> None:
    folder, text = tmp_path_factory.mktemp("office"), WARD
    for part in (first, second):
        text = changed_text(text, part)
        file = read(folder, text)
        assert part_of(file) == part
        assert file == with_part(read(folder, WARD), part)
        assert "# loopback; change only behind a proxy with TLS" in text
        assert "# who waited longer is called first" in text
    assert changed_text(text, second) == text


def test_nothing_is_touched_when_nothing_changes(tmp_path: Path) -> None:
    assert changed_text(WARD, part_of(read(tmp_path, WARD))) == WARD
    assert changed_text(NO_RULES, part_of(read(tmp_path, NO_RULES))) in {
        NO_RULES,
        NO_RULES + "\n[rules]\n",
        NO_RULES + "[rules]\n",
    }


def test_a_file_without_rules_gets_them(tmp_path: Path) -> None:
    before = part_of(read(tmp_path, NO_RULES))
    counter = CounterRules(number=1, services=("a",))
    part = RulesPart(rules=before.rules.model_copy(update={"undo_s": 5.0}), counters=(counter,))
    text = changed_text(NO_RULES, part)
    assert part_of(read(tmp_path, text)) == part
    assert "[office] # ours" in text


def test_other_counters_are_refused(tmp_path: Path) -> None:
    file = read(tmp_path, WARD)
    part = part_of(file)
    for counters in (part.counters[:-1], (*part.counters, part.counters[0])):
        with pytest.raises(RulesRefused, match=r"^counters: "):
            with_part(file, RulesPart(rules=part.rules, counters=counters))


def test_a_new_text_counts_wholly_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "motcua.toml"
    path.write_text("old", "utf-8")
    path.chmod(0o640)
    NewText(path, "never").drop()
    assert path.read_text("utf-8") == "old"
    new = NewText(path, "new")
    assert path.read_text("utf-8") == "old"
    new.put()
    assert path.read_text("utf-8") == "new"
    assert path.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [path]
