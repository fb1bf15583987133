"""One filing at the kiosk: which question is asked, what was answered, and every way back.

Immutable: each move gives a new filing, so a screen shows exactly one of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from queue_server.contracts.answers import Flaw, cleaned, faults_of, flaw_of
from queue_server.contracts.forms import Form, FormField, Prefill

Papers = tuple[tuple[str, bool], ...]
MOST_OF_AN_ID = 40


class Place(StrEnum):
    """Where the citizen is; the four stages of the city plans are in `STAGES`."""

    ADVISE = "advise"
    ASSIST = "assist"
    QUESTION = "question"
    PAPERS = "papers"
    PAPER = "paper"
    PAGES = "pages"
    SCAN = "scan"
    PAGE = "page"
    PROPOSALS = "proposals"
    REVIEW = "review"
    CONSENT = "consent"
    SENDING = "sending"
    DONE = "done"


STAGES = {
    Place.ADVISE: "advise",
    Place.ASSIST: "advise",
    Place.QUESTION: "declare",
    Place.PAPERS: "prepare",
    Place.PAPER: "prepare",
    Place.PAGES: "prepare",
    Place.SCAN: "prepare",
    Place.PAGE: "prepare",
    Place.PROPOSALS: "prepare",
    Place.REVIEW: "prepare",
}


@dataclass(frozen=True, slots=True)
class Held:
    """A paper that the office holds from an earlier dossier of this citizen, until a day."""

    name: str
    dossier: str
    until: date


@dataclass(frozen=True, slots=True)
class Filing:
    """What has been declared so far.

    `key` was made before anything was sent: a repeat is harmless. `code` is the saved draft's,
    empty before the first save. `returning` leads back to the review after one correction. `held`
    are papers of before, None until the citizen agreed to look; `reused` are the names taken over.
    `pages` are the scanned pages that the office keeps, by paper; `paper` is the one at hand.
    """

    form: Form
    key: str
    papers: Papers = ()
    pages: Mapping[str, int] = field(default_factory=dict)
    paper: str = ""
    place: Place = Place.ADVISE
    answers: Mapping[str, str] = field(default_factory=dict)
    at: str = ""
    returning: bool = False
    code: str = ""
    assistant: str = ""
    flaw: Flaw | None = None
    held: tuple[Held, ...] | None = None
    reused: frozenset[str] = frozenset()

    def __repr__(self) -> str:
        return f"Filing({self.form.procedure}, {self.place})"

    @property
    def asked(self) -> list[FormField]:
        """The questions that the answers lead to."""
        return self.form.asked(self.answers)

    @property
    def question(self) -> FormField:
        """The question on the screen."""
        return next(field for field in self.form.field if field.id == self.at)

    @property
    def number(self) -> tuple[int, int]:
        """Which question of how many, as far as that is known now."""
        ids = [field.id for field in self.asked]
        return ids.index(self.at) + 1, len(ids)

    @property
    def stage(self) -> str:
        """Advise, declare, prepare or submit."""
        return STAGES.get(self.place, "submit")

    @property
    def kept(self) -> dict[str, str]:
        """The answers to what is asked; what an earlier choice led to is left out."""
        ids = {field.id for field in self.asked}
        return {name: value for name, value in cleaned(self.answers).items() if name in ids}

    def filled(self, card: Mapping[str, str]) -> Filing:
        """Begin with what a card says; what was typed already stays."""
        known = {
            field.id: card[field.prefill.value]
            for field in self.form.field
            if field.prefill is not None and field.prefill.value in card
        }
        return replace(self, answers={**known, **self.answers})

    def assist(self) -> Filing:
        """Ask who helps."""
        return replace(self, place=Place.ASSIST)

    def helped_by(self, assistant: str) -> Filing:
        """Note the id of who helps; only what an id may hold."""
        kept = re.sub(r"[^A-Za-z0-9._-]", "", assistant)[:MOST_OF_AN_ID]
        return replace(self, assistant=kept, place=Place.ADVISE)

    def begin(self) -> Filing:
        """Ask the first question."""
        return replace(self, place=Place.QUESTION, at=self.form.field[0].id, flaw=None)

    def answer(self, value: str, today: date) -> Filing:
        """Take an answer and go on; one that is none stays on the screen with its flaw."""
        given = " ".join(value.split())
        flaw = flaw_of(self.question, given, today)
        if flaw is not None:
            return replace(self, flaw=flaw)
        answers = {**self.answers, self.at: given}
        if not given:
            del answers[self.at]
        return _after(replace(self, answers=answers, flaw=None), today)

    def toggle(self, paper: str) -> Filing:
        """The citizen has a paper, or has it not; what is taken over is brought instead."""
        papers = tuple((name, has != (name == paper)) for name, has in self.papers)
        return replace(self, papers=papers, reused=self.reused - {paper})

    @property
    def may_be_known(self) -> bool:
        """Whether a number is declared by which earlier papers could be found."""
        return bool(self.papers) and any(
            field.prefill is Prefill.NUMBER and self.answers.get(field.id) for field in self.asked
        )

    def offered(self, held: tuple[Held, ...]) -> Filing:
        """The citizen agreed: take over what the office holds and the citizen has not along."""
        brought = {name for name, has in self.papers if has}
        names = {name for name, _ in self.papers} - brought
        return replace(self, held=held, reused=frozenset(one.name for one in held) & names)

    def source_of(self, paper: str) -> Held | None:
        """Where a paper is taken from; None for one that is not taken over."""
        known = {one.name: one for one in self.held or ()}
        return known.get(paper) if paper in self.reused else None

    def prepare(self) -> Filing:
        """See to the papers before the first question."""
        return replace(self, place=Place.PAPERS, at="")

    def at_paper(self, paper: str) -> Filing:
        """Ask what is to be done about one paper."""
        return replace(self, place=Place.PAPER, paper=paper)

    def has(self, *, brought: bool) -> Filing:
        """The citizen has the paper at hand, or has it not."""
        papers = tuple((name, brought if name == self.paper else has) for name, has in self.papers)
        return replace(self, papers=papers, place=Place.PAPERS)

    @property
    def paper_number(self) -> int:
        """The place of the paper at hand in the list, from 1."""
        return 1 + [name for name, _ in self.papers].index(self.paper)

    @property
    def scanned(self) -> int:
        """How many pages of the paper at hand are kept."""
        return self.pages.get(self.paper, 0)

    def with_pages(self, pages: int) -> Filing:
        """So many pages of the paper at hand are kept; a scanned paper is one that is there."""
        kept = {**self.pages, self.paper: pages}
        return replace(self.has(brought=pages > 0), pages=kept, place=Place.PAPER)

    def standing(self, place: Place) -> Filing:
        """Stand at another place of the same paper."""
        return replace(self, place=place)

    def take_over(self, proposed: Mapping[str, str]) -> Filing:
        """Declare what the citizen confirmed of a paper's print."""
        return replace(self, answers={**self.answers, **proposed}, place=Place.PAPER)

    def review(self) -> Filing:
        """See everything."""
        return replace(self, place=Place.REVIEW)

    def edit(self, field_id: str) -> Filing:
        """Answer one question again."""
        return replace(self, place=Place.QUESTION, at=field_id, returning=True, flaw=None)

    def ask_consent(self, today: date) -> Filing:
        """Nothing is missing: ask whether it may be sent; else ask what is missing."""
        faults = faults_of(self.form, self.kept, today)
        if faults:
            return replace(self.edit(faults[0].field), flaw=faults[0].flaw)
        return replace(self, place=Place.CONSENT)

    def send(self) -> Filing:
        """It is on its way; from here nothing goes back unless it fails."""
        return replace(self, place=Place.SENDING)

    def failed(self) -> Filing:
        """It was not taken: the consent is asked for again, with the same key."""
        return replace(self, place=Place.CONSENT)

    def done(self) -> Filing:
        """The dossier has its code."""
        return replace(self, place=Place.DONE)

    @property
    def can_go_back(self) -> bool:
        """Whether there is a way back."""
        return self.place not in {Place.SENDING, Place.DONE}

    def back(self) -> Filing | None:
        """The question before; None leads out of the filing."""
        if self.place is Place.ADVISE:
            return None
        if self.place is Place.QUESTION and not self.returning:
            return self._question_before()
        steps = {
            Place.ASSIST: Place.ADVISE,
            Place.CONSENT: Place.REVIEW,
            Place.PAPER: Place.PAPERS,
            Place.PAGES: Place.PAPER,
            Place.SCAN: Place.PAPER,
            Place.PAGE: Place.SCAN,
            Place.PROPOSALS: Place.PAPER,
        }
        steps[Place.QUESTION] = Place.REVIEW
        if self.papers:
            steps[Place.REVIEW] = Place.PAPERS
        if self.place is Place.PAPERS and not self.at:
            return replace(self, place=Place.ADVISE)
        if self.place in steps:
            return replace(self, place=steps[self.place], returning=False, flaw=None)
        return replace(self, place=Place.QUESTION, at=self.asked[-1].id, flaw=None)

    def _question_before(self) -> Filing:
        ids = [field.id for field in self.asked]
        before = ids[: ids.index(self.at)]
        if not before:
            return replace(self, place=Place.ADVISE, flaw=None)
        return replace(self, at=before[-1], flaw=None)


def _after(filing: Filing, today: date) -> Filing:
    """Where an accepted answer leads."""
    if filing.returning:
        # A corrected choice may lead to questions that nobody has answered yet.
        faults = faults_of(filing.form, filing.kept, today)
        if faults:
            return replace(filing, at=faults[0].field)
        return replace(filing, place=Place.REVIEW, returning=False)
    ids = [field.id for field in filing.asked]
    following = ids[ids.index(filing.at) + 1 :]
    if following:
        return replace(filing, at=following[0])
    return replace(filing, place=Place.PAPERS if filing.papers else Place.REVIEW)
