"""Changes of people who sign in: the event names them, the row with the hash is kept beside it."""

from __future__ import annotations

from datetime import datetime

from queue_server.domain.happening import happen
from queue_server.domain.office_day import OfficeDay
from queue_server.domain.people import Person, PersonRemoved, PersonSet, RemovePerson, SetPerson


def set_person(day: OfficeDay, command: SetPerson, at: datetime) -> None:
    """Write down who was changed by whom, and have the row kept."""
    happen(
        day,
        PersonSet(
            at=at,
            person=command.name,
            role=command.role,
            own_counter=command.counter,
            new_password=command.new_password,
            by=command.by,
        ),
    )
    day.changes.people[command.name] = Person(
        name=command.name,
        role=command.role,
        counter=command.counter,
        password=command.password,
        changed_at=at,
        changed_by=command.by,
    )


def remove_person(day: OfficeDay, command: RemovePerson, at: datetime) -> None:
    """Write down who removed whom, and have the row forgotten."""
    happen(day, PersonRemoved(at=at, person=command.name, by=command.by))
    day.changes.people[command.name] = None
