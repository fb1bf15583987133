"""Forms as data: every shipped one can be answered, and a wrong one is refused with its line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.contracts.answers import AnswerFault, Flaw, cleaned, faults_of, flaw_of
from queue_server.contracts.config_file import ConfigError
from queue_server.contracts.forms import (
    Form,
    FormField,
    FormWords,
    Kind,
    read_form,
    shipped_forms,
)
from tests.fakes.filings import answered

TODAY = date(2026, 11, 27)
EIGHT = {
    "2.000635",
    "1.004873",
    "1.010041",
    "1.001612",
    "3.000333",
    "2.000815",
    "1.001776",
    "1.004194",
}
GOOD = """procedure = "1.004873"
version = "1"
title = { vi = "Tờ khai", en = "Form" }

[[field]]
id = "why"
kind = "choice"
ask = { vi = "Để làm gì?", en = "What for?" }
label = { vi = "Mục đích", en = "Purpose" }
choices = [
    { id = "work", words = { vi = "Đi làm", en = "Work" } },
    { id = "other", words = { vi = "Khác", en = "Other" } },
]

[[field]]
id = "what"
kind = "text"
ask = { vi = "Việc gì?", en = "What is it?" }
label = { vi = "Việc", en = "What" }
when = { field = "why", one_of = ["other"] }
"""

forms = st.sampled_from(sorted(shipped_forms().values(), key=lambda form: form.procedure))


def test_all_eight_procedures_have_a_form() -> None:
    assert set(shipped_forms()) == EIGHT


@pytest.mark.parametrize("code", sorted(EIGHT))
def test_every_shipped_form_can_be_answered(code: str) -> None:
    form = shipped_forms()[code]
    assert not faults_of(form, answered(form), TODAY)


@given(form=forms, data=st.data())
def test_every_way_through_a_form_ends(form: Form, data: st.DataObject) -> None:
    chosen = {
        field.id: data.draw(st.sampled_from([choice.id for choice in field.choices]))
        for field in form.field
        if field.kind is Kind.CHOICE
    }
    assert not faults_of(form, answered(form, **chosen), TODAY)


@given(form=forms, answers=st.dictionaries(st.text(max_size=9), st.text(max_size=30), max_size=9))
def test_any_answers_are_judged_and_never_break(form: Form, answers: dict[str, str]) -> None:
    assert faults_of(form, cleaned(answers), TODAY)


@pytest.mark.parametrize(
    ("kind", "value", "flaw"),
    [
        (Kind.IDENTITY, "001190000001", None),
        (Kind.IDENTITY, "001290000001", Flaw.IDENTITY_YEAR),  # born 2090
        (Kind.IDENTITY, "00119000000", Flaw.IDENTITY_LENGTH),
        (Kind.IDENTITY, "0011900٠0001", Flaw.IDENTITY_LENGTH),
        (Kind.IDENTITY, "012345678", Flaw.IDENTITY_OLD),
        (Kind.NAME, "Lê Thị Ỷ", None),
        (Kind.NAME, "K’Brơi Y-Mẫu", None),
        (Kind.NAME, "Thử", Flaw.NAME),
        (Kind.NAME, "Lê Thị 2", Flaw.NAME),
        (Kind.PHONE, "+84 900 000 001", None),
        (Kind.PHONE, "12345", Flaw.PHONE),
        (Kind.DATE, "2026-02-30", Flaw.NO_DATE),
        (Kind.DATE, "1850-01-01", Flaw.TOO_OLD),
        (Kind.NUMBER, "ba", Flaw.NO_NUMBER),
        (Kind.NUMBER, "٣", Flaw.NO_NUMBER),
        (Kind.NUMBER, "0", Flaw.TOO_SMALL),
        (Kind.NUMBER, "21", Flaw.TOO_LARGE),
        (Kind.TEXT, "", Flaw.MISSING),
        (Kind.TEXT, "a" * 21, Flaw.TOO_LONG),
    ],
)
def test_what_is_wrong_with_an_answer(kind: Kind, value: str, flaw: Flaw | None) -> None:
    words = FormWords(vi="?", en="?")
    field = FormField(id="x", kind=kind, ask=words, label=words, least=1, most=20)
    assert flaw_of(field, value, TODAY) is flaw


def test_a_birth_does_not_lie_ahead() -> None:
    words = FormWords(vi="?", en="?")
    field = FormField(id="x", kind=Kind.DATE, ask=words, label=words, past=True)
    assert flaw_of(field, "2026-11-28", TODAY) is Flaw.AHEAD
    assert flaw_of(field, "2026-11-27", TODAY) is None


def test_an_answer_nobody_asked_for_is_a_fault() -> None:
    form = shipped_forms()["1.010041"]
    answers = answered(form) | {"nothing": "x"}
    assert faults_of(form, answers, TODAY) == [AnswerFault("nothing", Flaw.UNKNOWN)]


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ('kind = "text"', 'kind = "txt"', 17, "kind"),
        ('id = "what"', 'id = "why"', 16, "stands twice"),
        ('["other"]', '["nothing"]', 16, "has no choice 'nothing'"),
        ('field = "why"', 'field = "whom"', 16, "not asked before"),
        ('label = { vi = "Việc", en = "What" }', 'label = { vi = "Việc" }', 19, "en"),
        ('kind = "text"', 'kind = "choice"', 15, "two to six choices"),
        ('id = "what"', 'id = "what"\nhint = "?"', 17, "hint"),
    ],
)
def test_a_wrong_form_is_refused_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, words: str
) -> None:
    path = tmp_path / "form.toml"
    path.write_text(GOOD, encoding="utf-8")
    assert read_form(path).procedure == "1.004873"
    path.write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(ConfigError) as refused:
        read_form(path)
    assert f"form.toml: line {line}: " in str(refused.value)
    assert words in str(refused.value)


def test_broken_toml_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "form.toml"
    path.write_text(GOOD + "\n[[field]\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="line"):
        read_form(path)


@pytest.mark.parametrize(
    ("procedure", "answers", "amount", "total"),
    [
        ("2.000635", {"copies": "3"}, 8000, 24000),
        ("2.000815", {"copies": "2", "pages": "2"}, 2000, 8000),
        ("2.000815", {"copies": "2", "pages": "5"}, 2000, 14000),
        ("2.000815", {"copies": "1", "pages": "500"}, 2000, 200000),
        ("3.000333", {"copies": "2"}, 200000, 200000),
    ],
)
def test_a_fee_follows_from_the_answers(
    procedure: str, answers: dict[str, str], amount: int, total: int
) -> None:
    assert shipped_forms()[procedure].fee.total(amount, answers) == total
