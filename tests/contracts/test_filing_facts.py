"""Server and kiosk know the same of procedures that can be filed, and of the public holidays."""

from __future__ import annotations

from queue_server.config.filing_facts import read_filing_facts
from queue_server.contracts.forms import shipped_forms
from tests.contracts import filing_facts, holiday_list


def test_the_servers_facts_are_the_catalogues() -> None:
    assert filing_facts.TARGET.read_text("utf-8") == filing_facts.render(), (
        "run python -m tests.contracts.filing_facts"
    )
    assert set(read_filing_facts()) == set(shipped_forms())


def test_the_holidays_are_those_of_the_library() -> None:
    assert holiday_list.TARGET.read_text("utf-8") == holiday_list.render(), (
        "run python -m tests.contracts.holiday_list"
    )
