"""Appealing and answering; whether somebody may is asked where all appeals are known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from queue_server.domain.appeal_events import AppealAnswered, AppealFiled
from queue_server.domain.commands import Command
from queue_server.domain.happening import happen
from queue_server.domain.note import checked_note
from queue_server.domain.office_day import OfficeDay


@dataclass(frozen=True, slots=True, kw_only=True)
class FileAppeal(Command):
    """Keep an appeal; `appeal` is its new id."""

    appeal: str
    by: str
    first: date
    last: date
    figure: str
    text: str
    number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerAppeal(Command):
    """Keep an answer that the desk found allowed."""

    appeal: str
    by: str
    verdict: str
    text: str


def file_appeal(day: OfficeDay, command: FileAppeal, at: datetime) -> None:
    """Keep it.

    Raises:
        PersonalNote: the words lead to a citizen, or say nothing.
    """
    happen(
        day,
        AppealFiled(
            at=at,
            appeal=command.appeal,
            by=command.by,
            first=command.first,
            last=command.last,
            figure=command.figure,
            text=checked_note(command.text),
            number=command.number,
        ),
    )


def answer_appeal(day: OfficeDay, command: AnswerAppeal, at: datetime) -> None:
    """Keep the answer.

    Raises:
        PersonalNote: the words lead to a citizen, or say nothing.
    """
    happen(
        day,
        AppealAnswered(
            at=at,
            appeal=command.appeal,
            by=command.by,
            verdict=command.verdict,
            text=checked_note(command.text),
        ),
    )
