"""Settings never change whom a counter calls: that is a calling rule, and rules are tried first."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from queue_server.config.office_file import OfficeFile, ServiceSection
from queue_server.config.settings_part import (
    SettingsPart,
    SettingsRefused,
    settings_of,
    with_settings,
)
from queue_server.contracts.config_file import read_config
from queue_server.domain.office import PriorityUse
from tests.fakes.offices import new_ward


@pytest.fixture
def file(tmp_path: Path) -> OfficeFile:
    return read_config(new_ward(tmp_path) / "motcua.toml", OfficeFile)


def first_counter(part: SettingsPart, **change: Any) -> SettingsPart:
    first = part.counters[0].model_copy(update=change)
    return part.model_copy(update={"counters": (first, *part.counters[1:])})


@pytest.mark.parametrize(
    "change",
    [{"services": ("CT", "DD")}, {"priority": PriorityUse.DEDICATED}, {"others": ()}],
    ids=["services", "priority", "others"],
)
def test_other_work_is_sent_to_the_page_of_rules(file: OfficeFile, change: dict[str, Any]) -> None:
    with pytest.raises(SettingsRefused, match=r"Quầy 1: .*counter 1: .*/rules"):
        with_settings(file, first_counter(settings_of(file), **change))


def test_names_order_and_services_that_come_and_go_are_settings(file: OfficeFile) -> None:
    part = settings_of(file)
    assert part.counters[0].services == ("CT", "HT", "TP")
    new = ServiceSection(id="NH", letter="N", name_vi="Nhà ở", name_en="Housing")
    stay = tuple(one for one in part.services if one.id != "TP")
    changed = part.model_copy(update={"services": (*stay, new)})
    others = tuple(
        one.model_copy(update={"services": tuple(s for s in one.services if s != "TP")})
        for one in part.counters[0].others
    )
    changed = first_counter(changed, services=("HT", "NH", "CT"), others=others, name_vi="Quầy Một")
    found = with_settings(file, changed)
    assert found.counters[0].services == ("HT", "NH", "CT")
