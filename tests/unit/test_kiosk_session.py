"""A session in any order of touches: reversible, complete when it orders, empty after a reset."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from kiosk.domain.priority import Priority
from kiosk.domain.session import Session, Step, WrongStepError
from kiosk.domain.ticket import TicketOrder
from kiosk.domain.whence import Whence
from kiosk.domain.words import Language

VI, EN = Language.VI, Language.EN


def test_the_way_from_the_door_to_the_number() -> None:
    session = Session().list_services().choose_service("HT").choose_procedure("HT", "1.001193")
    session = session.speak(EN).want_number().declare(Priority.AGE_60)
    assert session.order == TicketOrder("HT", EN, Priority.AGE_60, "1.001193")
    assert session.receive().step is Step.TICKET


def test_a_service_alone_is_enough() -> None:
    session = Session().choose_service("CT").want_number().declare(Priority.NORMAL)
    assert session.order == TicketOrder("CT", VI, Priority.NORMAL, None)


def test_ticked_papers_go_with_the_order_and_belong_to_their_procedure() -> None:
    session = Session().choose_service("HT").choose_procedure("HT", "1.001193")
    untouched = session.want_number().declare(Priority.NORMAL)
    assert untouched.order.papers is None, "the question was left open"
    ticked = session.tick(2).tick(0).tick(2)
    assert ticked.want_number().declare(Priority.NORMAL).order.papers == (0,)
    assert ticked.want_number().back().papers == (0,)
    assert ticked.tick(0).want_number().declare(Priority.NORMAL).order.papers == ()
    assert ticked.back().choose_procedure("HT", "1.000894").papers is None
    with pytest.raises(WrongStepError):
        Session().tick(0)


def test_several_procedures_go_on_one_number_with_the_papers_of_the_first() -> None:
    one = Session().choose_service("HT").choose_procedure("HT", "1.001193").tick(2)
    two = one.add_procedure().choose_procedure("HT", "1.000894").tick(0)
    order = two.want_number().declare(Priority.NORMAL).order
    assert (order.procedure, order.also, order.papers) == ("1.001193", ("1.000894",), (2,))
    listed = two.add_procedure()
    assert listed.procedures == ("1.001193", "1.000894")
    assert listed.drop_procedure("1.001193").procedures == ("1.000894",)
    assert listed.drop_procedure("1.001193").chosen_papers is None
    assert listed.drop_procedure("1.000894").chosen_papers == (2,)
    assert listed.back() == two


def test_going_back_forgets_the_choice_but_keeps_the_language() -> None:
    session = Session().search().choose_procedure("DD", "1.013978").speak(EN).back()
    assert session == Session(language=EN, step=Step.SEARCH, before=Session())
    assert session.service is None


def test_a_failed_issue_returns_to_the_question_with_everything_kept() -> None:
    asked = Session().choose_service("CT").want_number()
    assert asked.declare(Priority.MERIT).fail() == asked


def test_a_given_number_cannot_be_taken_back() -> None:
    issuing = Session().choose_service("CT").want_number().declare(Priority.NORMAL)
    for session in (issuing, issuing.receive()):
        assert not session.can_go_back
        with pytest.raises(WrongStepError):
            session.back()
    with pytest.raises(WrongStepError):
        issuing.receive().fail()


def test_nothing_can_be_ordered_too_early() -> None:
    with pytest.raises(WrongStepError):
        _ = Session().order
    with pytest.raises(WrongStepError):
        Session().want_number()


class Touches(RuleBasedStateMachine):
    """Any sequence of touches, also ones that the screen would not offer."""

    def __init__(self) -> None:
        super().__init__()
        self.session = Session()
        self.moves = 0

    def _try(self, name: str, *choice: object) -> None:
        with contextlib.suppress(WrongStepError):
            self.session = getattr(self.session, name)(*choice)
            self.moves += 1

    @rule(
        name=st.sampled_from(
            ["list_services", "search", "ask_guide", "ask_whence", "want_number", "receive"]
        )
    )
    def move(self, name: str) -> None:
        self._try(name)

    @rule(service=st.sampled_from(["HT", "CT"]))
    def choose(self, service: str) -> None:
        self._try("choose_service", service)

    @rule(code=st.sampled_from(["1.001193", "1.000894", "1.000656"]))
    def choose_procedure(self, code: str) -> None:
        self._try("choose_procedure", "HT", code)

    @precondition(lambda self: self.session.step is Step.WHENCE)
    @rule(whence=st.sampled_from(list(Whence)))
    def come_from(self, whence: Whence) -> None:
        self.session = self.session.come_from(whence)
        self.moves -= 1
        assert (self.session.step, self.session.whence) == (Step.SEARCH, whence)

    @rule()
    def add_procedure(self) -> None:
        self._try("add_procedure")

    @precondition(lambda self: self.session.step is Step.PROCEDURES and self.session.chosen)
    @rule()
    def drop_procedure(self) -> None:
        self.session = self.session.drop_procedure(self.session.chosen[0])

    @rule(priority=st.sampled_from(list(Priority)))
    def declare(self, priority: Priority) -> None:
        self._try("declare", priority)

    @rule(language=st.sampled_from(list(Language)))
    def speak(self, language: Language) -> None:
        step = self.session.step
        self.session = self.session.speak(language)
        assert self.session.step is step

    @precondition(lambda self: self.session.can_go_back)
    @rule()
    def back(self) -> None:
        self.session = self.session.back()
        self.moves -= 1

    @precondition(lambda self: self.session.step is Step.ISSUING)
    @rule()
    def fail(self) -> None:
        self.session = self.session.fail()
        self.moves -= 1

    @rule()
    def reset(self) -> None:
        self.session = self.session.reset(VI)
        self.moves = 0
        assert self.session == Session()

    @invariant()
    def every_step_leads_home(self) -> None:
        session, steps = self.session, 0
        while session.before is not None:
            session, steps = session.before, steps + 1
        assert session.step is Step.HOME
        assert steps == self.moves

    @invariant()
    def nothing_is_on_the_number_twice(self) -> None:
        procedures = self.session.procedures
        assert len(set(procedures)) == len(procedures)

    @invariant()
    def an_order_is_complete_when_it_is_made(self) -> None:
        if self.session.step in {Step.ISSUING, Step.TICKET}:
            assert self.session.order.service
            assert self.session.order.language is self.session.language


TestTouches = Touches.TestCase
TestTouches.settings = settings(max_examples=60, stateful_step_count=30)
