"""A catalogue as CSV: there and back the same, and every fault with line, column and reason."""

from __future__ import annotations

import tomllib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.config.catalogue_sheet import (
    ACCEPTS,
    COLUMNS,
    MODES,
    UNITS,
    UNSURE,
    CatalogueEntry,
    read_sheet,
    sheet_of,
)
from queue_server.config.clerk_data import procedures_of, shipped_entries
from tests.contracts.procedure_list import TARGET

SERVICES = ("CT", "HT")
UNSEEN = "a\u202eb"
"""Turns what follows around: a name that reads as another."""
HEAD = ",".join(COLUMNS)
GOOD = (
    "2.000815,CT,Chứng thực bản sao,Certified copy,2026-11-22,guided,nationwide,2000,trang,page,"
    "Từ trang 3 rẻ hơn,Less from page 3,0,working_day,15:00,8,sao y,Bản chính,Original,fee"
)

words = st.text(
    st.characters(
        codec="utf-8", exclude_characters="|\0\r", exclude_categories=("Cs", "Cc", "Cf", "Co")
    ),
    min_size=1,
    max_size=20,
).filter(lambda text: text == text.strip() and text != "" and text[0] not in "=+-@")
entries = st.builds(
    CatalogueEntry,
    code=st.from_regex(r"\A[1-9]\.[0-9]{6}\Z"),
    service=st.sampled_from(SERVICES),
    name_vi=words,
    name_en=words,
    version=st.from_regex(r"\A[0-9a-z][0-9a-z.-]{0,11}\Z"),
    mode=st.sampled_from(MODES),
    accepts=st.sampled_from(ACCEPTS),
    fee_vnd=st.none() | st.integers(0, 10_000_000),
    minutes=st.none() | st.integers(0, 240),
    also=st.lists(words, max_size=3).map(tuple),
    papers=st.lists(st.tuples(words, words), max_size=3).map(tuple),
    unsure=st.lists(st.sampled_from(UNSURE), max_size=2, unique=True).map(tuple),
)
timed = st.builds(
    lambda one, time, unit, cutoff: replace(one, time=time, time_unit=unit, cutoff=cutoff),
    entries,
    st.integers(0, 366),
    st.sampled_from(UNITS),
    st.sampled_from(("", "15:00")),
)
noted = st.builds(
    lambda one, vi, en: replace(one, fee_note_vi=vi, fee_note_en=en, per_vi=en, per_en=vi),
    timed,
    words,
    words,
)


@given(st.lists(entries | timed | noted, min_size=1, max_size=5, unique_by=lambda one: one.code))
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
        (f"{HEAD}\n{GOOD},more", 2, "–", "21 cells"),
        (f"{HEAD}\n{GOOD.replace('2026-11-22', 'ngày nay')}", 2, "version", "no version"),
        (f"{HEAD}\n{GOOD.replace('guided', 'magic')}", 2, "mode", "'magic' is none of full"),
        (f"{HEAD}\n{GOOD.replace('nationwide', 'moon')}", 2, "accepts", "'moon' is none of"),
        (f"{HEAD}\n{GOOD.replace(',2000,', ',2.000 đ,')}", 2, "fee_vnd", "no whole number"),
        (f"{HEAD}\n{GOOD.replace(',2000,', ',-1,')}", 2, "fee_vnd", "no whole number"),
        (f"{HEAD}\n{GOOD.replace(',2000,', ',٢,')}", 2, "fee_vnd", "no whole number"),
        (f"{HEAD}\n{GOOD.replace(',page,', ',,')}", 2, "per_en", "one language only"),
        (f"{HEAD}\n{GOOD.replace('Less from page 3', '')}", 2, "fee_note_en", "one language"),
        (f"{HEAD}\n{GOOD.replace('working_day', 'moon')}", 2, "time_unit", "'moon' is none of"),
        (f"{HEAD}\n{GOOD.replace(',0,working', ',,working')}", 2, "time", "beside its unit"),
        (f"{HEAD}\n{GOOD.replace('Certified', '=HYPERLINK(1)')}", 2, "name_en", "like a formula"),
        (f"{HEAD}\n{GOOD.replace('Certified', '@SUM')}", 2, "name_en", "like a formula"),
        (f"{HEAD}\n{GOOD.replace('Certified', UNSEEN)}", 2, "name_en", "cannot be seen"),
        (f"{HEAD}\n{GOOD.replace('15:00', '25:00')}", 2, "cutoff", "no time like"),
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
    assert [one.code for one in procedures_of(shipped)] == [one.code for one in shipped]


def test_what_is_unsure_is_what_the_kiosks_catalogue_says() -> None:
    folder = TARGET.parents[2] / "kiosk" / "data" / "catalogue"
    said = {
        one["code"]: one["unsure"]
        for path in folder.glob("*.toml")
        for one in tomllib.loads(path.read_text("utf-8"))["procedure"]
        if one.get("unsure")
    }
    ours = {one.code: sorted(one.unsure) for one in shipped_entries() if one.unsure}
    assert ours == {code: sorted(unsure) for code, unsure in said.items()}


@given(st.text(max_size=200) | st.binary(max_size=200).map(lambda raw: raw.decode("latin-1")))
def test_whatever_a_file_holds_it_is_read_or_refused(text: str) -> None:
    for sheet in (text, f"{HEAD}\n{text}", f"{HEAD}\n{GOOD}\n{text}"):
        found, faults = read_sheet(sheet, SERVICES)
        assert faults or found
        assert all(fault.line >= 1 and fault.reason for fault in faults)
