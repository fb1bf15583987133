"""People who sign in by name and password: what is asked, what happened, and the row that is kept.

The event says who changed whom, and never holds a password or its hash, because an event is for
ever. The row with the hash is written in the same commit and forgotten with the person.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from queue_server.domain.commands import Command
from queue_server.domain.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One person as kept: `role` as the API names it, `counter` the clerk's own.

    `password` is a hash with its settings and salt, never a password.
    """

    name: str
    role: str
    counter: int | None
    password: str
    changed_at: datetime
    changed_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPerson(Command):
    """Add a person, or give another role, counter or password; `password` is a hash."""

    name: str
    role: str
    counter: int | None
    password: str
    new_password: bool
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovePerson(Command):
    """Nobody signs in by this name any more."""

    name: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSet(Event):
    """`by` gave the person this role and counter, and perhaps a new password."""

    person: str
    role: str
    new_password: bool
    by: str
    own_counter: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRemoved(Event):
    """`by` took the person's sign-in away."""

    person: str
    by: str
