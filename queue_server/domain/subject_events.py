"""What was done about what the office holds of people: looked for, handed out, erased, outlived.

Nothing in here leads to a person: not the number that was asked by, only of which kind it was.
"""

from __future__ import annotations

from dataclasses import dataclass

from queue_server.domain.office_record_events import RecordEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectSought(RecordEvent):
    """Everything of one person is about to be looked for; `what` is the use, `how` the key.

    `what` is `look`, `export` or `erase`; `how` is `card`, `phone` or `code`. It stands before
    anything is opened.
    """

    what: str
    how: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectErased(RecordEvent):
    """What one person had here was forgotten in this commit: how much of each kind."""

    how: str
    reason: str
    dossiers: int
    cards: int
    contacts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalPurged(RecordEvent):
    """What the rules no longer keep was forgotten in this commit: how much of each kind.

    `cards` and `tickets` are keyed hashes of appointments that are over and of numbers of earlier
    days, `contacts` how to find the citizens of home visits. Dossiers have events of their own.
    """

    cards: int
    tickets: int
    contacts: int
