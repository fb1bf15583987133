"""Why the office refuses a command; nothing has changed when one of these is raised.

DomainFault
├── UnknownService, UnknownCounter, UnknownTicket, UnknownProfile, UnknownDossier
├── IllegalMove          the table of ticket states or counter states forbids it
│   ├── UndoExpired
│   └── RecallLimitReached
├── CounterBusy          a citizen is at or on the way to the counter
├── StaleVersion         the sender saw an older counter
├── NotEligible          this counter may not call this ticket now
├── OfficeClosed         the working day is over
├── PersonalNote         a note holds what looks like an identity or a phone number
├── UnknownAppointment   no appointment and no home visit with this id or code
├── NotFileable          what was declared cannot be handed in like this
├── NotBookable          no such slot, no room in it, or taken by the same card already
├── NumbersExhausted     the day's series has no number left
└── NumberNotLeased      a kiosk used a number that is not in its block
"""

from __future__ import annotations


class DomainFault(Exception):  # noqa: N818 - a refusal, not an error of the program
    """A command that the office refuses; `state` and `allowed` say what would be possible."""

    def __init__(
        self, detail: str, *, state: str | None = None, allowed: tuple[str, ...] = ()
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.state = state
        self.allowed = allowed


class UnknownService(DomainFault):
    """The office does not offer this service."""


class UnknownCounter(DomainFault):
    """The office has no counter with this number."""


class UnknownProfile(DomainFault):
    """The counter has no work profile with this id."""


class UnknownTicket(DomainFault):
    """No ticket with this id or label today."""


class IllegalMove(DomainFault):
    """The table of states forbids this move."""

    def __init__(self, what: str, state: str, move: str, allowed: tuple[str, ...]) -> None:
        super().__init__(f"{what} is {state}; {move} is not possible", state=state, allowed=allowed)
        self.move = move


class UndoExpired(IllegalMove):
    """The undo window has passed, or there is nothing to undo."""


class RecallLimitReached(IllegalMove):
    """The citizen was called as often as the office allows."""


class CounterBusy(DomainFault):
    """The counter has a called citizen; it must decide about them first."""


class StaleVersion(DomainFault):
    """The counter changed since the sender looked."""


class NotEligible(DomainFault):
    """The counter's profile, the appointment window or another counter's claim forbids it."""


class OfficeClosed(DomainFault):
    """The working day is over; nothing follows it."""


class PersonalNote(DomainFault):
    """The note holds what looks like an identity or a phone number, or is no note at all."""


class UnknownAppointment(DomainFault):
    """No appointment or home visit with this id or code."""


class UnknownDossier(DomainFault):
    """No open dossier with this id or code."""


class NotFileable(DomainFault):
    """What was declared cannot be handed in like this; `state` says why."""


class NotBookable(DomainFault):
    """There is no such slot, or no room in it; `state` says which."""


class LimitReached(DomainFault):
    """This person has taken as much as the office allows in a day; `state` says of what."""


class NumbersExhausted(DomainFault):
    """The number series of this service ran out today."""


class NumberNotLeased(DomainFault):
    """The number is not in a block of this kiosk, or was used already."""
