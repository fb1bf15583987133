"""Search in everyday words: what people type finds what they mean."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.adapters.catalogue_files import read_catalogue, shipped_catalogue
from kiosk.domain.catalogue import Procedure
from kiosk.domain.search import ProcedureSearch, fold

CATALOGUE = read_catalogue(Path(str(shipped_catalogue())))
SEARCH = ProcedureSearch(CATALOGUE)
VIETNAMESE = st.text(
    alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyAĐÊÔƠƯ 0123456789-/,."
    "àảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
    max_size=40,
)


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("so do", "1.013978"),
        ("sổ đỏ", "1.013978"),
        ("mat so do", "1.012786"),
        ("sang ten", "1.013831"),
        ("giay khai sinh", "1.001193"),
        ("giấy khai sinh", "1.001193"),
        ("khai sinh", "1.001193"),
        ("trich luc khai sinh", "2.000635"),
        ("cong chung", "2.000815"),
        ("sao y", "2.000815"),
        ("doc than", "1.004873"),
        ("ket hon", "1.000894"),
        ("chung tu", "1.000656"),
        ("cccd", "1.014061"),
        ("mat can cuoc", "1.014064"),
        ("ho khau", "1.004222"),
        ("tam tru", "1.004194"),
        ("mo quan", "1.001612"),
        ("bao hiem y te", "1.001939"),
        ("rut bhxh", "1.001613"),
        ("ly lich tu phap", "3.000333"),
        ("ly lich", "3.000333"),
        ("khuyet tat", "1.001699"),
        ("xay nha", "1.013225"),
        ("birth", "1.001193"),
        ("wedding", "1.000894"),
        ("land title", "1.013978"),
        ("open a shop", "1.001612"),
        ("2.000815", "2.000815"),
    ],
)
def test_everyday_words_find_what_is_meant_first(query: str, code: str) -> None:
    assert SEARCH.find(query)[0].code == code


@pytest.mark.parametrize("query", ["", "   ", "…", "zzzz", "1.9"])
def test_nothing_is_found_for_nothing(query: str) -> None:
    assert SEARCH.find(query) == []


def test_one_unknown_word_does_not_hide_the_rest() -> None:
    assert SEARCH.find("lam giay khai sinh cho be Na")[0].code == "1.001193"


@pytest.mark.parametrize("procedure", CATALOGUE.procedures, ids=lambda p: p.code)
def test_each_procedure_is_found_by_its_own_name_without_accents(procedure: Procedure) -> None:
    assert procedure in SEARCH.find(fold(procedure.name.vi), limit=3)


@given(VIETNAMESE)
def test_folding_ignores_how_accents_are_encoded_and_is_stable(text: str) -> None:
    folded = fold(text)
    assert folded == fold(unicodedata.normalize("NFD", text))
    assert folded == fold(unicodedata.normalize("NFC", text))
    assert folded == fold(text.upper())
    assert folded == fold(folded)
    assert folded.isascii()


@given(st.text(max_size=60), st.integers(min_value=1, max_value=20))
def test_any_input_gives_a_short_list_without_repeats(text: str, limit: int) -> None:
    found = SEARCH.find(text, limit)
    assert len(found) <= limit
    assert len({procedure.code for procedure in found}) == len(found)


@given(VIETNAMESE)
def test_the_same_words_in_either_encoding_find_the_same(text: str) -> None:
    composed = SEARCH.find(unicodedata.normalize("NFC", text))
    assert composed == SEARCH.find(unicodedata.normalize("NFD", text))


@given(st.sampled_from(CATALOGUE.procedures), st.integers(min_value=2, max_value=30))
def test_a_name_typed_only_in_part_still_lists_its_procedure(meant: Procedure, length: int) -> None:
    typed = fold(meant.name.vi)[:length]
    assert meant in SEARCH.find(typed, limit=len(CATALOGUE.procedures))
