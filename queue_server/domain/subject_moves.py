"""What one person had here is forgotten in one commit, as far as nothing is still to be done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from queue_server.domain import dossier_commands as d
from queue_server.domain.appointment import VisitState
from queue_server.domain.commands import Command
from queue_server.domain.dossier import Dossier, DossierState
from queue_server.domain.dossier_moves import drop_draft, erase_dossier
from queue_server.domain.happening import happen
from queue_server.domain.note import checked_note
from queue_server.domain.office_day import OfficeDay
from queue_server.domain.subject_events import SubjectErased, SubjectSought


@dataclass(frozen=True, slots=True, kw_only=True)
class SeekSubject(Command):
    """Somebody is about to look for all of one person: first it is written down."""

    by: str
    what: str
    how: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EraseSubject(Command):
    """Forget these; `dossiers` are rows as stored, `appointments` and `visits` are ids.

    What may not go, because somebody still works on it, stays; asking again afterwards shows it.
    """

    by: str
    how: str
    reason: str
    dossiers: tuple[Dossier, ...] = ()
    appointments: tuple[str, ...] = ()
    visits: tuple[str, ...] = ()


def seek_subject(day: OfficeDay, command: SeekSubject, at: datetime) -> None:
    """Write down who looks, for what, by what kind of number and why.

    Raises:
        PersonalNote: the reason may not be kept.
    """
    reason = checked_note(command.reason)
    happen(
        day,
        SubjectSought(at=at, by=command.by, what=command.what, how=command.how, reason=reason),
    )


def erase_subject(day: OfficeDay, command: EraseSubject, at: datetime) -> None:
    """Forget what may go; how much of each kind stands in the event.

    Raises:
        PersonalNote: the reason may not be kept; nothing is forgotten.
    """
    reason = checked_note(command.reason)
    known = [day.shelf.dossiers.get(one.id, one) for one in command.dossiers]
    drafts = [one for one in known if one.state is DossierState.DRAFT]
    ended = [one for one in known if not one.is_open and one.erased_at is None]
    for draft in drafts:
        drop_draft(day, d.DropDraft(dossier=draft.id, by=command.by), at)
    for dossier in ended:
        erase_dossier(day, d.EraseDossier(dossier=dossier, by=command.by, reason=reason), at)
    for appointment in command.appointments:
        day.book.forget_card(appointment)
    visits = [visit for visit in command.visits if not awaited(day, visit)]
    for visit in visits:
        day.book.keep_contact(visit, None)
    happen(
        day,
        SubjectErased(
            at=at,
            by=command.by,
            how=command.how,
            reason=reason,
            dossiers=len(drafts) + len(ended),
            cards=len(command.appointments),
            contacts=len(visits),
        ),
    )


def awaited(day: OfficeDay, visit: str) -> bool:
    """Whether staff are still to go there: then they must know where."""
    known = day.book.visits.get(visit)
    return known is not None and known.state is VisitState.REQUESTED
