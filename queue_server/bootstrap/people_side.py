"""Who may sign in: devices by credential files, people by the store, the first one by init."""

from __future__ import annotations

import logging
from pathlib import Path

from queue_server.adapters.argon2_passwords import Argon2Passwords
from queue_server.adapters.closed_sessions import ClosedSessions
from queue_server.adapters.first_person import forget_first_person, read_first_person
from queue_server.adapters.sqlite_reader import SqliteReader
from queue_server.api.access import Access, Principal, Role
from queue_server.bootstrap.settings import Settings
from queue_server.domain.people import Person
from queue_server.use_cases.keep_day import Writer
from queue_server.use_cases.people_desk import PeopleDesk

log = logging.getLogger("motcua")


def people_side(settings: Settings, writer: Writer) -> tuple[Access, PeopleDesk]:
    """The sign-ins of the office; people that change are known to both at once."""
    closed = ClosedSessions(settings.data)
    access = Access(settings.principals(), closed=closed.known, remember=closed.add)

    def changed(name: str, person: Person | None) -> None:
        if person is None:
            access.forget_person(name)
        else:
            who = Principal(person.name, Role(person.role), person.counter, person=True)
            access.know_person(who, person.password, person.changed_at.timestamp())

    known = SqliteReader(settings.data / "store" / "office.db").people()
    for person in known:
        changed(person.name, person)
    devices = frozenset(settings.credentials)
    return access, PeopleDesk(writer, known, Argon2Passwords(), changed, devices)


def take_first_person(data: Path, people: PeopleDesk) -> None:
    """The administrator that `motcua init` made, once; the writer must run."""
    first = read_first_person(data)
    if first is None or people.all():
        return
    people.adopt("motcua init", *first)
    forget_first_person(data)
    log.info("the first administrator may sign in")
