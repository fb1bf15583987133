"""The questions of the guide: every procedure is reached, no way is a trap, faults are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.adapters.catalogue_files import read_catalogue, shipped_catalogue
from kiosk.adapters.guide_file import read_guide, shipped_guide
from kiosk.domain.guide import MOST, START, Guide
from kiosk.domain.whence import Whence
from queue_server.contracts.config_file import ConfigError

CATALOGUE = read_catalogue(Path(str(shipped_catalogue())))
CODES = {one.code for one in CATALOGUE.procedures}
GUIDE = read_guide(shipped_guide())
DEEPEST = 4
"""Touches from the first question to a procedure; who needs more gives up."""


def ends_of(guide: Guide, name: str) -> set[str]:
    return {end for one in guide.question(name).answers for end in guide.ends(one)}


def depth(guide: Guide, name: str) -> int:
    ways = [one.to for one in guide.question(name).answers if one.to]
    return 1 + max((depth(guide, way) for way in ways), default=0)


def test_every_procedure_is_reached_and_every_way_ends_at_one() -> None:
    assert ends_of(GUIDE, START) == CODES
    for name, question in GUIDE.questions.items():
        assert all(GUIDE.ends(one) for one in question.answers), name
        assert len(question.answers) <= MOST
    assert depth(GUIDE, START) <= DEEPEST


def test_every_question_and_answer_has_words_in_both_languages() -> None:
    for question in GUIDE.questions.values():
        for words in (question.ask, *(one.words for one in question.answers)):
            assert words.vi.strip()
            assert words.en.strip()
            assert words.vi != words.en
        assert question.ask.km
        assert all(one.words.km for one in question.answers if one.to), "no procedure says it"


@pytest.mark.parametrize("whence", list(Whence))
def test_who_lives_elsewhere_is_led_only_to_what_is_taken_from_there(whence: Whence) -> None:
    codes = {one.code for one in CATALOGUE.procedures if one.taken_from(whence)}
    reached, names = set(), [START]
    while names:
        offered = GUIDE.offered(names.pop(), codes)
        assert offered, "a question without answers"
        names += [one.to for one in offered if one.to]
        reached |= {one.procedure for one in offered if one.procedure}
    assert reached == codes
    assert (codes == CODES) == (whence is Whence.HERE)


GOOD = """
[[question]]
id = "start"
ask = { vi = "a", en = "b" }
answers = [
    { vi = "a", en = "b", to = "more" },
    { vi = "c", en = "d", procedure = "1.001193" },
]

[[question]]
id = "more"
ask = { vi = "a", en = "b" }
answers = [
    { vi = "a", en = "b", procedure = "1.001193" },
    { vi = "c", en = "d", procedure = "1.000656" },
]
"""


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('id = "more"', 'id = "start"', "'start' stands twice"),
        ('id = "more"', 'id = "other"', "leads to 'more', which is none"),
        ('to = "more"', 'procedure = "1.000656"', "'more' is never asked"),
        ('procedure = "1.000656"', 'to = "start"', "'start' leads back to itself"),
        (', procedure = "1.000656"', "", "needs 'to' or 'procedure'"),
        ('to = "more"', 'to = "more", procedure = "1.000656"', "needs 'to' or 'procedure'"),
        ('    { vi = "c", en = "d", procedure = "1.000656" },\n', "", "needs 2 to 6 answers"),
        ('id = "start"', 'id = "first"', "there is no question 'start'"),
        ("answers = [", "answer = [", "did you mean 'answers'"),
        ('procedure = "1.001193"', 'procedure = "1193"', "procedure"),
    ],
)
def test_a_faulty_file_is_refused_with_the_question(
    tmp_path: Path, old: str, new: str, words: str
) -> None:
    path = tmp_path / "guide.toml"
    path.write_text(GOOD, encoding="utf-8")
    assert set(read_guide(path).questions) == {"start", "more"}
    assert old in GOOD
    path.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ConfigError, match=words) as caught:
        read_guide(path)
    assert "guide.toml" in str(caught.value)
