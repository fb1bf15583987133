"""The server's list of procedures is the kiosk's catalogue, as far as a clerk needs it."""

from __future__ import annotations

from pathlib import Path

import pytest

from queue_server.config.clerk_data import read_outcomes, shipped_entries
from queue_server.config.filing_facts import read_filing_facts
from queue_server.contracts.config_file import ConfigError
from queue_server.contracts.forms import shipped_forms
from tests.contracts.procedure_list import NAMES, TARGET, render, render_names


def test_the_list_is_the_catalogue() -> None:
    assert TARGET.read_text(encoding="utf-8") == render(), (
        "the catalogue changed: run python -m tests.contracts.procedure_list"
    )
    assert NAMES.read_text(encoding="utf-8") == render_names()
    procedures = shipped_entries()
    assert len({one.code for one in procedures}) == len(procedures) == 46
    assert set(read_filing_facts()) == set(shipped_forms())


def test_an_office_may_have_outcomes_of_its_own(tmp_path: Path) -> None:
    assert read_outcomes(tmp_path)[0].code == "NORMAL"
    own = tmp_path / "outcomes.toml"
    row = '[[outcome]]\ncode = "{}"\nname = {{ vi = "Xong", en = "Done" }}\n'
    own.write_text(row.format("NORMAL") + row.format("HOME_VISIT"), encoding="utf-8")
    assert [one.code for one in read_outcomes(tmp_path)] == ["NORMAL", "HOME_VISIT"]
    own.write_text(row.format("HOME_VISIT"), encoding="utf-8")
    with pytest.raises(ConfigError, match="'NORMAL' is missing"):
        read_outcomes(tmp_path)
    own.write_text(row.format("NORMAL") * 2, encoding="utf-8")
    with pytest.raises(ConfigError, match="used twice"):
        read_outcomes(tmp_path)
