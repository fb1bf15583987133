"""Every problem code has an HTTP status and words in both languages."""

from __future__ import annotations

import pytest

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
