"""A catalogue as CSV: there and back the same, and every fault with line, column and reason."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.config.catalogue_sheet import (
    COLUMNS,
    UNSURE,
    CatalogueEntry,
    read_sheet,
    sheet_of,
)
from queue_server.config.clerk_data import HERE, procedures_of, read_procedures, shipped_entries
from tests.contracts.procedure_list import TARGET

SERVICES = ("CT", "HT")
HEAD = ",".join(COLUMNS)
GOOD = "2.000815,CT,Chứng thực bản sao,Certified copy,sao y,Bản chính,Original,fee"

words = st.text(
    st.characters(codec="utf-8", exclude_characters="|\0\r", exclude_categories=("Cs", "Cc")),
    min_size=1,
    max_size=20,
).filter(lambda text: text == text.strip() and text != "")
entries = st.builds(
    CatalogueEntry,
    code=st.from_regex(r"\A[1-9]\.[0-9]{6}\Z"),
    service=st.sampled_from(SERVICES),
    name_vi=words,
    name_en=words,
    also=st.lists(words, max_size=3).map(tuple),
    papers=st.lists(st.tuples(words, words), max_size=3).map(tuple),
    unsure=st.lists(st.sampled_from(UNSURE), max_size=2, unique=True).map(tuple),
)


@given(st.lists(entries, min_size=1, max_size=5, unique_by=lambda one: one.code))
def test_there_and_back_it_is_the_same(made: list[CatalogueEntry]) -> None:
    found, faults = read_sheet("\ufeff" + sheet_of(made), SERVICES)
    assert faults == ()
    assert list(found) == made


@pytest.mark.parametrize(
    ("text", "line", "column", "words_of_it"),
    [
        ("", 1, "–", "empty"),
        ("code,service\n1.000001,CT", 1, "name_vi", "missing"),
        (f"{HEAD},colour\n{GOOD},red", 1, "colour", "unknown column"),
        (f"{HEAD}\n{GOOD}\n{GOOD}", 3, "code", "stands in line 2 already"),
        (f"{HEAD}\n{GOOD.replace('2.000815', '2000815')}", 2, "code", "no code like"),
        (f"{HEAD}\n{GOOD.replace(',CT,', ',XX,')}", 2, "service", "no service 'XX'"),
        (f"{HEAD}\n{GOOD.replace('Certified copy', '')}", 2, "name_en", "is empty"),
        (f"{HEAD}\n{GOOD.replace('Original', 'One | Two')}", 2, "papers_en", "2 papers"),
        (f"{HEAD}\n{GOOD.replace(',fee', ',weather')}", 2, "unsure", "'weather' is none of"),
        (f"{HEAD}\n{GOOD},more", 2, "–", "9 cells"),
        (HEAD, 1, "code", "no procedure"),
    ],
)
def test_a_fault_is_named(text: str, line: int, column: str, words_of_it: str) -> None:
    _, faults = read_sheet(text, SERVICES)
    assert any(
        (fault.line, fault.column) == (line, column) and words_of_it in fault.reason
        for fault in faults
    ), faults


def test_all_faults_are_told_at_once() -> None:
    bad = f"{HEAD}\n{GOOD.replace('2.000815', 'x')}\n{GOOD.replace(',CT,', ',??,')}"
    _, faults = read_sheet(bad, SERVICES)
    assert [(fault.line, fault.column) for fault in faults] == [(2, "code"), (3, "service")]


def test_the_shipped_catalogue_is_a_sheet_and_the_clerks_list() -> None:
    shipped = shipped_entries()
    services = sorted({one.service for one in shipped})
    again, faults = read_sheet(sheet_of(shipped), services)
    assert (faults, again) == ((), shipped)
    assert procedures_of(shipped) == read_procedures()


def test_what_is_unsure_is_what_the_kiosks_catalogue_says() -> None:
    folder = TARGET.parents[2] / "kiosk" / "data" / "catalogue"
    said = {
        one["code"]: one["unsure"]
        for path in folder.glob("*.toml")
        for one in tomllib.loads(path.read_text("utf-8"))["procedure"]
        if one.get("unsure")
    }
    ours = tomllib.loads(Path(HERE, "catalogue_unsure.toml").read_text("utf-8"))
    assert ours == said
