"""Questions that lead from everyday life to the right procedure; every way ends, none is a trap."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from kiosk.domain.words import Words

START = "start"
FEWEST, MOST = 2, 6
"""Answers of a question: what stands on one screen in large letters."""


class GuideError(ValueError):
    """The questions cannot be used; the words name the one that is wrong."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer; it leads to another question (`to`) or to a `procedure`, never to both."""

    words: Words
    to: str = ""
    procedure: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, and what may be touched."""

    id: str
    ask: Words
    answers: tuple[Answer, ...]


class Guide:
    """The tree of questions. Built once and checked, then only read."""

    def __init__(self, questions: Iterable[Question]) -> None:
        """Check all of it.

        Raises:
            GuideError: a question stands twice, is never asked, leads nowhere or in a circle.
        """
        self.questions: dict[str, Question] = {}
        for one in questions:
            if one.id in self.questions:
                raise GuideError(f"question '{one.id}' stands twice")
            _check(one)
            self.questions[one.id] = one
        if START not in self.questions:
            raise GuideError(f"there is no question '{START}'")
        asked = set(self._walk(START, ()))
        if never := [name for name in self.questions if name not in asked]:
            raise GuideError(f"question '{never[0]}' is never asked")

    def question(self, name: str) -> Question:
        """The question of a name; the first one for a name that is not known."""
        return self.questions.get(name, self.questions[START])

    def offered(self, name: str, codes: Collection[str]) -> list[Answer]:
        """The answers of a question that end at one of these procedures at least."""
        return [one for one in self.question(name).answers if self.ends(one) & set(codes)]

    def ends(self, answer: Answer) -> set[str]:
        """The procedures that an answer can lead to."""
        if answer.procedure:
            return {answer.procedure}
        return {end for one in self.questions[answer.to].answers for end in self.ends(one)}

    def _walk(self, name: str, before: tuple[str, ...]) -> Iterator[str]:
        if name in before:
            raise GuideError(f"question '{name}' leads back to itself")
        yield name
        for answer in self.questions[name].answers:
            if not answer.to:
                continue
            if answer.to not in self.questions:
                raise GuideError(f"question '{name}' leads to '{answer.to}', which is none")
            yield from self._walk(answer.to, (*before, name))


def _check(question: Question) -> None:
    if not FEWEST <= len(question.answers) <= MOST:
        raise GuideError(f"question '{question.id}' needs {FEWEST} to {MOST} answers")
    if any(bool(one.to) == bool(one.procedure) for one in question.answers):
        raise GuideError(f"question '{question.id}': an answer needs 'to' or 'procedure'")
