"""Who is signed in at a counter is written down before the first move; it changes nothing."""

from __future__ import annotations

from datetime import datetime

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.happening import happen
from queue_server.domain.office_day import OfficeDay


def note_clerk(day: OfficeDay, command: c.NoteClerk, at: datetime) -> None:
    """From here on moves of this counter are this person's.

    Raises:
        UnknownCounter: the office has none such.
    """
    _, now = day.counter(command.counter)
    happen(day, e.ClerkNoted(at=at, counter=now.number, person=command.person))
