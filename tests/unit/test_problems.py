"""Every problem code has an HTTP status and words in both languages."""

from __future__ import annotations

import re

import pytest

from queue_server.contracts.problem_khmer import KHMER, NEEDS_NATIVE_REVIEW
from queue_server.contracts.problems import (
    HTTP_STATUS,
    PROBLEM_TYPE,
    TITLES,
    Problem,
    ProblemCode,
    problem,
)

every_code = pytest.mark.parametrize("code", list(ProblemCode), ids=str)


def test_the_tables_hold_exactly_the_codes() -> None:
    assert set(TITLES) == set(HTTP_STATUS) == set(ProblemCode)


@every_code
def test_a_citizen_is_refused_in_khmer_too_and_nobody_claims_that_a_native_read_it(
    code: ProblemCode,
) -> None:
    said = problem(code).title_km
    assert said is not None
    assert re.search("[\u1780-\u17ff]", said)
    assert all(len(run) <= 30 for run in said.split()), "lines break at blanks alone"
    assert set(KHMER) == {one.value for one in ProblemCode}
    assert NEEDS_NATIVE_REVIEW


@every_code
def test_a_problem_is_complete_and_survives_the_wire(code: ProblemCode) -> None:
    made = problem(code, "why", instance="/api/v1/tickets/1", state="WAITING", allowed=["call"])
    assert made.type == PROBLEM_TYPE + code.value
    assert (made.title, made.title_vi) == TITLES[code]
    assert 400 <= made.status < 600
    assert Problem.model_validate_json(made.model_dump_json()) == made


def test_no_two_codes_say_the_same() -> None:
    english = [title for title, _ in TITLES.values()]
    vietnamese = [title for _, title in TITLES.values()]
    assert all(english)
    assert all(vietnamese)
    assert len(set(english)) == len(english)
    assert len(set(vietnamese)) == len(vietnamese)


def test_the_two_languages_differ() -> None:
    letters = set("ăâđêôơưáàảãạếềểễệốồổỗộứừửữựíìỉĩịóòỏõọúùủũụéèẻẽẹắằẳẵặấầẩẫậớờởỡợýỳỷỹỵ")
    for title, title_vi in TITLES.values():
        assert not letters & set(title.lower())
        assert letters & set(title_vi.lower())
