"""One citizen at the kiosk: a step at a time, every step reversible, nothing kept afterwards."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from kiosk.domain.priority import Priority
from kiosk.domain.ticket import TicketOrder
from kiosk.domain.whence import Whence
from kiosk.domain.words import Language


class Step(StrEnum):
    """The question on the screen."""

    HOME = "home"
    SERVICES = "services"
    SEARCH = "search"
    GUIDE = "guide"
    WHENCE = "whence"
    PROCEDURES = "procedures"
    PROCEDURE = "procedure"
    CHECKLIST = "checklist"
    PRIORITY = "priority"
    BULK = "bulk"
    CARD = "card"
    FILINGS = "filings"
    FILING = "filing"
    ISSUING = "issuing"
    TICKET = "ticket"
    RATE = "rate"
    FEEDBACK = "feedback"
    APPOINTMENTS = "appointments"
    APPOINTMENT = "appointment"
    DAYS = "days"
    TIMES = "times"
    BOOKING = "booking"
    HOME_VISIT = "home_visit"


# A step of taking a number, as it is counted aloud: "Bước 2 / 4".
STEP_NUMBER = {
    Step.SERVICES: 1,
    Step.SEARCH: 1,
    Step.GUIDE: 1,
    Step.WHENCE: 1,
    Step.BULK: 1,
    Step.PROCEDURES: 2,
    Step.PROCEDURE: 2,
    Step.PRIORITY: 3,
    Step.CARD: 3,
    Step.ISSUING: 4,
    Step.TICKET: 4,
}
STEPS = 4
MOST_PROCEDURES = 9
"""On one number; the server takes no more."""

_CHOOSING = frozenset({Step.HOME, Step.SERVICES, Step.SEARCH, Step.PROCEDURES, Step.GUIDE})


class WrongStepError(Exception):
    """A choice that the screen of this step does not offer."""


@dataclass(frozen=True, slots=True)
class Session:
    """What has been chosen so far; each move returns a new session that remembers the old one.

    `booking` says that a time is being booked and not a number taken; `appointment` is the code of
    the one that is looked at, moved or used; `day` and `at` are the time chosen for it. `visit` is
    the id of the number that the same citizen has just taken. `guide` is the question of the guide,
    `whence` where the citizen lives. `chosen` are procedures that are on this number already while
    one more is looked for, `chosen_papers` those of the first of them.
    """

    language: Language = Language.VI
    step: Step = Step.HOME
    service: str | None = None
    procedure: str | None = None
    priority: Priority | None = None
    papers: tuple[int, ...] | None = None
    booking: bool = False
    appointment: str | None = None
    day: date | None = None
    at: datetime | None = None
    dossiers: int = 1
    visit: str | None = None
    guide: str = ""
    whence: Whence = Whence.HERE
    chosen: tuple[str, ...] = ()
    chosen_papers: tuple[int, ...] | None = None
    before: Session | None = None

    def speak(self, language: Language) -> Session:
        """Change the language; the step stays."""
        return replace(self, language=language)

    def list_services(self) -> Session:
        """Open the list of services."""
        return self._go(Step.SERVICES, {Step.HOME, Step.SEARCH, Step.GUIDE})

    def search(self) -> Session:
        """Open the search."""
        return self._go(Step.SEARCH, {Step.HOME, Step.SERVICES})

    def ask_guide(self, question: str = "") -> Session:
        """Be asked until a procedure is found; the first question without a name."""
        return replace(self._go(Step.GUIDE, {Step.SEARCH, Step.GUIDE}), guide=question)

    def ask_whence(self) -> Session:
        """Be asked where one lives."""
        return self._go(Step.WHENCE, {Step.SEARCH})

    def come_from(self, whence: Whence) -> Session:
        """Search on, for what the office takes from there."""
        if self.step is not Step.WHENCE:
            raise WrongStepError(f"nobody asks for a place in step {self.step}")
        return replace(self._previous(), whence=whence)

    def choose_service(self, service: str) -> Session:
        """See the procedures of a service."""
        return self._go(Step.PROCEDURES, {Step.HOME, Step.SERVICES}, service=service)

    def choose_procedure(self, service: str, procedure: str) -> Session:
        """See what a procedure asks for and costs."""
        return self._go(Step.PROCEDURE, _CHOOSING, service=service, procedure=procedure)

    def give_feedback(self) -> Session:
        """After the visit: may the camera count a smile?"""
        return self._go(Step.FEEDBACK, {Step.HOME, Step.RATE})

    def rate(self) -> Session:
        """After the visit: how was it?"""
        return self._go(Step.RATE, {Step.HOME})

    def file_here(self, service: str, procedure: str) -> Session:
        """File a procedure at this kiosk."""
        steps = {Step.FILINGS, Step.PROCEDURE}
        return self._go(Step.FILING, steps, service=service, procedure=procedure)

    def resume(self) -> Session:
        """Continue a declaration that was saved; which procedure it is, its code says."""
        gone = self._go(Step.FILING, {Step.FILING, Step.FILINGS})
        return replace(gone, procedure=None)

    def list_filings(self) -> Session:
        """Open the list of what can be filed here."""
        return self._go(Step.FILINGS, {Step.HOME})

    def tick(self, paper: int) -> Session:
        """Say that a paper of the procedure is along, or take that back; the step stays.

        Raises:
            WrongStepError: no papers are listed in this step.
        """
        if self.step is not Step.PROCEDURE:
            raise WrongStepError(f"no papers are listed in step {self.step}")
        had = set(self.papers or ())
        return replace(self, papers=tuple(sorted(had ^ {paper})))

    def add_procedure(self) -> Session:
        """Put this procedure on the number, and look for one more of the same service."""
        gone = self._go(Step.PROCEDURES, {Step.PROCEDURE})
        papers = self.chosen_papers if self.chosen else self.papers
        return replace(
            gone, procedure=None, papers=None, chosen=self.procedures, chosen_papers=papers
        )

    def drop_procedure(self, procedure: str) -> Session:
        """Take a procedure off the number again; the step stays."""
        if self.step is not Step.PROCEDURES:
            raise WrongStepError(f"no procedures are listed in step {self.step}")
        left = tuple(code for code in self.chosen if code != procedure)
        kept = left[:1] == self.chosen[:1]
        return replace(self, chosen=left, chosen_papers=self.chosen_papers if kept else None)

    def take_checklist(self) -> Session:
        """See the papers and fees of the procedure as a code to take away."""
        return self._go(Step.CHECKLIST, {Step.PROCEDURE})

    def want_number(self) -> Session:
        """Take a number for the chosen service, or book a time, with or without a procedure."""
        then = Step.DAYS if self.booking else Step.PRIORITY
        return self._go(then, {Step.PROCEDURES, Step.PROCEDURE, Step.CHECKLIST})

    def appointments(self) -> Session:
        """Ask for an appointment, or for one to be made."""
        return self._go(Step.APPOINTMENTS, {Step.HOME})

    def book(self) -> Session:
        """Look for what a time is to be booked for."""
        return replace(self._go(Step.SERVICES, {Step.APPOINTMENTS}), booking=True)

    def ask_home_visit(self) -> Session:
        """Ask for staff to come home; what is answered there is no part of the session."""
        return self._go(Step.HOME_VISIT, {Step.APPOINTMENTS})

    def see(self, appointment: str) -> Session:
        """Look at an appointment; from here the way back leads to the first question."""
        home = Session(language=self.language)
        return replace(home, step=Step.APPOINTMENT, appointment=appointment, before=home)

    def move_appointment(self, service: str) -> Session:
        """Look for another time for the appointment that is looked at."""
        return self._go(Step.DAYS, {Step.APPOINTMENT}, service=service)

    def choose_day(self, day: date) -> Session:
        """See the times of a day."""
        return replace(self._go(Step.TIMES, {Step.DAYS}), day=day)

    def choose_time(self, at: datetime) -> Session:
        """See what is about to be promised."""
        return replace(self._go(Step.BOOKING, {Step.TIMES}), at=at)

    def check_in(self, service: str) -> Session:
        """Use the appointment: it becomes a number after the priority question."""
        return self._go(Step.PRIORITY, {Step.APPOINTMENT}, service=service)

    def count_dossiers(self) -> Session:
        """Say how many dossiers are handed in."""
        return self._go(Step.BULK, {Step.SERVICES})

    def bring(self, dossiers: int) -> Session:
        """Hand in so many, and go on with what they are for."""
        return replace(self._go(Step.SERVICES, {Step.BULK}), dossiers=dossiers)

    def show_card(self, priority: Priority) -> Session:
        """Answer the priority question; a card is asked for before the number."""
        return self._go(Step.CARD, {Step.PRIORITY}, priority=priority)

    def another(self, visit: str) -> Session:
        """Go on to a further number of the same stay; the way back leads to the first question."""
        home = Session(language=self.language)
        return replace(home, step=Step.SERVICES, visit=visit, before=home)

    def declare(self, priority: Priority) -> Session:
        """Answer the priority question; the number is asked for now."""
        return self._go(Step.ISSUING, {Step.PRIORITY, Step.CARD}, priority=priority)

    def receive(self) -> Session:
        """The number is there; from here the only way is to the end."""
        return self._go(Step.TICKET, {Step.ISSUING})

    def fail(self) -> Session:
        """No number was given: back to the question before, nothing lost."""
        if self.step is not Step.ISSUING:
            raise WrongStepError(f"nothing is being issued in step {self.step}")
        return self._previous()

    def back(self) -> Session:
        """Return to the question before, in the language chosen meanwhile.

        Raises:
            WrongStepError: the number is being made or was given.
        """
        if self.step in {Step.ISSUING, Step.TICKET}:
            raise WrongStepError(f"step {self.step} cannot be taken back")
        return self._previous()

    def reset(self, language: Language) -> Session:
        """Forget this citizen and greet the next one in the office's language."""
        return Session(language=language)

    @property
    def can_go_back(self) -> bool:
        """Whether the screen offers the way back."""
        return self.before is not None and self.step not in {Step.ISSUING, Step.TICKET}

    @property
    def procedures(self) -> tuple[str, ...]:
        """What the number is for, in the order in which it was chosen; empty: not decided."""
        one = self.procedure
        return (*self.chosen, one) if one is not None and one not in self.chosen else self.chosen

    @property
    def order(self) -> TicketOrder:
        """The wish that has been made.

        Raises:
            WrongStepError: the choices are not complete.
        """
        if self.service is None or self.priority is None:
            raise WrongStepError(f"nothing can be ordered in step {self.step}")
        return TicketOrder(
            self.service,
            self.language,
            self.priority,
            self.procedures[0] if self.procedures else None,
            self.chosen_papers if self.chosen else self.papers,
            self.appointment,
            self.dossiers,
            self.visit,
            also=self.procedures[1:],
        )

    def _previous(self) -> Session:
        return replace(self.before, language=self.language) if self.before else self

    def _go(
        self,
        step: Step,
        allowed: set[Step] | frozenset[Step],
        *,
        service: str | None = None,
        procedure: str | None = None,
        priority: Priority | None = None,
    ) -> Session:
        if self.step not in allowed:
            raise WrongStepError(f"from {self.step} there is no way to {step}")
        return Session(
            language=self.language,
            step=step,
            service=service or self.service,
            procedure=procedure or self.procedure,
            priority=priority or self.priority,
            papers=None if procedure else self.papers,
            booking=self.booking,
            appointment=self.appointment,
            day=self.day,
            at=self.at,
            dossiers=self.dossiers,
            visit=self.visit,
            guide=self.guide,
            whence=self.whence,
            chosen=self.chosen,
            chosen_papers=self.chosen_papers,
            before=self,
        )
