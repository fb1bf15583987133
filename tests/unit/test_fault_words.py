"""Whoever typed something wrong reads why in Vietnamese first, with the English beside it."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from queue_server.config.catalogue_sheet import COLUMNS, read_sheet
from queue_server.config.office_file import OfficeFile
from queue_server.config.settings_part import SettingsPart
from queue_server.contracts.config_file import read_config
from queue_server.contracts.fault_words import fault_words
from tests.fakes.offices import new_ward

WRONG: list[tuple[dict[str, Any], str]] = [
    ({"targets": {"good_min": "x"}}, "targets.good_min: phải là số / "),
    ({"targets": {"good_min": -1}}, "targets.good_min: ít nhất là 0.0 / "),
    ({"brand": {"colour": "red"}}, "brand.colour: không đúng dạng "),
    ({"brand": {"colour": "#EEEEEE"}}, "brand: màu #EEEEEE trên nền "),
    ({"office": {"name_vi": "", "name_en": "x"}}, "office.name_vi: ít nhất 1 chữ / "),
    ({"office": {"name_en": "x"}}, "office.name_vi: còn thiếu / "),
    ({"services": []}, "services: ít nhất 1 mục / "),
    ({"appointments": {"closed_days": ["soon"]}}, "closed_days.0: không phải ngày"),
    ({"reports": {"service_direction": "up"}}, "reports.service_direction: chỉ được là "),
    ({"surprise": 1}, "surprise: không có mục này / "),
    (
        {"office": {"name_vi": "a", "name_en": "b", "sessions": [{"start": "9:00"}]}},
        "sessions.0.start: không phải giờ",
    ),
]


@pytest.mark.parametrize(("change", "said"), WRONG, ids=lambda one: str(one)[:40])
def test_a_value_that_does_not_fit(tmp_path: Any, change: dict[str, Any], said: str) -> None:
    file = read_config(new_ward(tmp_path) / "motcua.toml", OfficeFile)
    body = {name: getattr(file, name) for name in SettingsPart.model_fields if name != "office"}
    body["office"] = {"name_vi": "a", "name_en": "b"}
    with pytest.raises(ValidationError) as raised:
        SettingsPart.model_validate(body | change)
    told = [fault_words(fault) for fault in raised.value.errors(include_url=False)]
    assert any(said in one for one in told), told


def test_every_fault_of_a_sheet_is_said_in_both_languages() -> None:
    rows = ["884,ZZ,,x,,a | b,a,moon", "884,ZZ,,x,,,,", "1.000001,CT,x", f"{'9' * 7},CT,x,y,,,,"]
    _, faults = read_sheet("\n".join([",".join(COLUMNS), *rows]), ("CT",))
    _, head = read_sheet("code,service,colour\n", ("CT",))
    assert len(faults) >= 8
    assert len(head) >= 2
    assert [one for one in (*faults, *head) if " / " not in one.reason] == []
