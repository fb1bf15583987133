"""A version from above over an office's own hand: the rule, for any tables."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from queue_server.config.catalogue_sheet import sheet_of
from queue_server.config.clerk_data import shipped_entries
from queue_server.hub.domain.own_hand import Table, apart, together
from queue_server.hub.use_cases.hand_versions import OfficeHas, checked_sheet, state_line
from queue_server.hub.use_cases.handed_table import entries_of, services_in, table_of
from tests.fakes.memory_hub import NOW

ROWS = st.fixed_dictionaries({"fee": st.integers(0, 2), "time": st.integers(0, 2)})
TABLES: st.SearchStrategy[Table] = st.dictionaries(st.sampled_from("abc"), ROWS, max_size=3)


@given(TABLES, TABLES)
def test_an_office_that_changed_nothing_has_what_the_city_says(last: Table, new: Table) -> None:
    assert together(last, last, new) == new


@given(TABLES, TABLES)
def test_a_city_that_changed_nothing_changes_nothing(last: Table, own: Table) -> None:
    assert together(last, own, last) == own


@given(TABLES, TABLES, TABLES)
def test_doing_it_again_changes_nothing(last: Table, own: Table, new: Table) -> None:
    once = together(last, own, new)
    assert together(last, once, new) == once
    assert together(new, once, new) == once


@given(TABLES, TABLES, TABLES)
def test_what_an_office_changed_stays_and_the_rest_is_the_citys(
    last: Table, own: Table, new: Table
) -> None:
    found = together(last, own, new)
    for key in {*last, *own, *new}:
        was, here, there = last.get(key), own.get(key), new.get(key)
        if was is None or here is None or there is None:
            assert found.get(key) == (there if here == was else here)
            continue
        for fact, value in here.items():
            assert found[key][fact] == (there[fact] if value == was[fact] else value)


@given(TABLES, TABLES)
def test_where_two_differ_is_said_and_nowhere_else(city: Table, office: Table) -> None:
    said = {where.partition(" ")[0] for where, _, _ in apart(city, office)}
    assert said == {key for key in {*city, *office} if city.get(key) != office.get(key)}


def test_a_catalogue_is_the_same_behind_its_table() -> None:
    assert entries_of(table_of(shipped_entries())) == shipped_entries()


def test_a_sheet_is_checked_against_the_services_that_it_names() -> None:
    sheet = sheet_of(shipped_entries())
    assert checked_sheet("\ufeff" + sheet) == (sheet, ())
    assert set(services_in(sheet)) == {one.service for one in shipped_entries()}
    head, first, *_ = sheet.splitlines()
    service = shipped_entries()[0].service
    nothing, faults = checked_sheet(f"{head}\n{first.replace(f',{service},', ',,', 1)}\n")
    assert nothing == ""
    assert [(one.line, one.column) for one in faults] == [(2, "service")]
    long = "".join(f"{first.replace('1.', f'{n % 9 + 1}.{n:06d}x', 1)}\n" for n in range(2))
    assert checked_sheet(f"{head}\n{long}")[1]


def test_a_sheet_that_no_office_takes_is_refused_here() -> None:
    head, first, *_ = sheet_of(shipped_entries()).splitlines()
    code = shipped_entries()[0].code
    rows = [first.replace(code, f"1.{number:06d}") for number in range(60_000 // len(first) + 1)]
    _, faults = checked_sheet("\n".join([head, *rows]))
    assert ["60000 bytes that an office takes" in one.reason for one in faults] == [True]


def test_where_an_office_is_stands_in_one_line() -> None:
    own = {"where": "1.001193 fee", "city": "9000", "office": "8000"}
    answer = {"version": 3, "differ": 1, "differing": [own]}
    assert state_line(OfficeHas("a", 1, "open")) == "a: has none; version 1 is on its way"
    assert state_line(OfficeHas("a", 3, "has", 3, NOW, answer=answer)) == (
        "a: has version 3 since 2026-05-12 15:00; "
        "kept by its own hand in 1: 1.001193 fee city 9000, office 8000"
    )
    newer = state_line(OfficeHas("a", 3, "has", 5, NOW))
    assert newer.endswith("newer than the hub's 3; publish again")
    silent = state_line(OfficeHas("a", 3, "open", 2, NOW, tries=4))
    assert silent.endswith("version 3 is sent again and again, 4 so far: no answer came")
