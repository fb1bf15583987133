"""Filing a complaint and moving it on; whether a step may follow is asked where all are known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from queue_server.domain.commands import Command
from queue_server.domain.complaint_events import ComplaintFiled, ComplaintMoved
from queue_server.domain.happening import happen
from queue_server.domain.note import checked_note
from queue_server.domain.office_day import OfficeDay


@dataclass(frozen=True, slots=True, kw_only=True)
class FileComplaint(Command):
    """Keep a complaint; `complaint` is its new id."""

    complaint: str
    text: str
    source: str
    service: str | None = None
    number: str | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveComplaint(Command):
    """Keep a step that the desk found allowed."""

    complaint: str
    step: str
    by: str
    note: str = ""


def file_complaint(day: OfficeDay, command: FileComplaint, at: datetime) -> None:
    """Keep it.

    Raises:
        UnknownService: the office does not offer it.
        PersonalNote: the words lead to a person.
    """
    if command.service is not None:
        day.service(command.service)
    happen(
        day,
        ComplaintFiled(
            at=at,
            complaint=command.complaint,
            text=checked_note(command.text),
            source=command.source,
            service=command.service,
            number=command.number,
            by=command.by,
        ),
    )


def move_complaint(day: OfficeDay, command: MoveComplaint, at: datetime) -> None:
    """Keep the step.

    Raises:
        PersonalNote: the words lead to a person.
    """
    note = checked_note(command.note) if command.note.strip() else ""
    happen(
        day,
        ComplaintMoved(
            at=at, complaint=command.complaint, step=command.step, by=command.by, note=note
        ),
    )
