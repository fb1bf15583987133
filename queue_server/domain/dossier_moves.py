"""Moves of dossiers: save, file, and what a clerk decides about them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from queue_server.domain import dossier_commands as c
from queue_server.domain import dossier_events as e
from queue_server.domain.deadline import due_again, due_at, working_days_between
from queue_server.domain.dossier import LEGAL, Dossier, DossierState, Move
from queue_server.domain.dossier_payments import owe_what_is_too_much
from queue_server.domain.dossier_scan_moves import keep_all
from queue_server.domain.faults import IllegalMove, NotFileable, StaleVersion
from queue_server.domain.happening import happen
from queue_server.domain.note import checked_note
from queue_server.domain.office import ZONE, working_day
from queue_server.domain.office_day import OfficeDay

ANSWERS = "answers"
EVERYTHING = "*"
Said = e.DossierEvent


def save_draft(day: OfficeDay, command: c.SaveDraft, at: datetime) -> Dossier:
    """Keep what was answered so far; the first save begins the dossier.

    Raises:
        IllegalMove: it was handed in or given up meanwhile, or the code is another's.
    """
    _check_identity(day, command.dossier, command.holder, Move.SAVE)
    happen(day, e.DossierSaved(at=at, **_facts(command), stage=command.stage.value))
    day.shelf.keep(command.dossier, ANSWERS, command.sealed)
    return day.shelf.dossier(command.dossier)


def drop_draft(day: OfficeDay, command: c.DropDraft, at: datetime) -> Dossier:
    """Forget a draft: its content goes with the same commit."""
    dossier = _may(day, command.dossier, Move.DROP)
    _drop(day, dossier, at, by=command.by, lapsed=False)
    return day.shelf.dossier(dossier.id)


def lapse_drafts(day: OfficeDay, at: datetime) -> None:
    """At the end of the day: drafts that nobody touched for the office's number of days."""
    before = at - timedelta(days=day.office.dossiers.draft_days)
    for dossier in list(day.shelf.dossiers.values()):
        if dossier.state is DossierState.DRAFT and dossier.changed_at < before:
            _drop(day, dossier, at, by="office", lapsed=True)


def _drop(day: OfficeDay, dossier: Dossier, at: datetime, *, by: str, lapsed: bool) -> None:
    happen(day, e.DossierDropped(at=at, dossier=dossier.id, by=by, lapsed=lapsed))
    day.shelf.keep(dossier.id, EVERYTHING, None)


def file_dossier(day: OfficeDay, command: c.FileDossier, at: datetime) -> Dossier:
    """Give the code and the day of the result.

    Raises:
        IllegalMove: it was handed in already, or given up.
        NotFileable: the declaration is about another procedure than its draft.
    """
    draft = _check_identity(day, command.dossier, command.holder, Move.FILE)
    if draft is not None and draft.procedure != command.filing.procedure:
        raise NotFileable("the draft is about another procedure", state="other_procedure")
    rules = day.office.dossiers
    here = day.office.id
    happen(
        day,
        e.DossierFiled(
            at=at,
            **_facts(command),
            code=rules.code(day.day, day.shelf.filed_on(day.day) + 1),
            place_help=command.place_help or here,
            place_receipt=rules.receipt or here,
            competent=rules.competent or here,
            papers=command.papers,
            digitised=command.digitised,
            reused=command.reused,
            fee_vnd=command.fee_vnd,
            due_at=due_at(day.office, at, command.processing),
        ),
    )
    day.shelf.keep(command.dossier, ANSWERS, command.sealed)
    keep_all(day, command.dossier, command.copies)
    if command.person is not None:
        day.shelf.changes.persons[command.dossier] = command.person
    return day.shelf.dossier(command.dossier)


def correct_dossier(day: OfficeDay, command: c.CorrectDossier, at: datetime) -> Dossier:
    """Declare anew what was handed in and not looked at yet; what it costs may change.

    Raises:
        UnknownDossier, IllegalMove: it is not open, or somebody works on it already.
    """
    dossier = _may(day, command.dossier, Move.CORRECT)
    happen(
        day,
        e.DossierCorrected(
            at=at,
            dossier=dossier.id,
            by=command.by,
            papers=command.papers,
            digitised=command.digitised,
            reused=command.reused,
            fee_vnd=command.fee_vnd,
        ),
    )
    owe_what_is_too_much(day, dossier.id, command.by, at)
    day.shelf.keep(dossier.id, ANSWERS, command.sealed)
    for part in command.dropped:
        day.shelf.keep(dossier.id, part, None)
    keep_all(day, dossier.id, command.copies)
    return day.shelf.dossier(dossier.id)


def move_dossier(day: OfficeDay, command: c.MoveDossier, at: datetime) -> Dossier:
    """A clerk's decision.

    Raises:
        UnknownDossier, IllegalMove: not open, or not possible in its state.
        StaleVersion: somebody changed it meanwhile.
        PersonalNote: the reason is missing, too long, or holds what leads to a person.
        NotFileable: an extension to a day that is not later.
    """
    dossier = _may(day, command.dossier, command.move)
    if command.expected_version not in {None, dossier.version}:
        raise StaleVersion(f"dossier {dossier.code} is at version {dossier.version}")
    happen(day, _EVENTS[command.move](day, dossier, command, at))
    if command.sealed is not None:
        part = f"supplement-{dossier.supplements}"
        day.shelf.keep(dossier.id, part, command.sealed)
    return day.shelf.dossier(dossier.id)


def note_access(day: OfficeDay, command: c.NoteAccess, at: datetime) -> None:
    """Write down who looks; also at what has ended long ago."""
    happen(day, e.DossierSeen(at=at, dossier=command.dossier, by=command.by, what=command.what))


def erase_dossier(day: OfficeDay, command: c.EraseDossier, at: datetime) -> Dossier:
    """Forget what an ended dossier holds of its citizen; once.

    Raises:
        IllegalMove: it is still open, or was erased already.
        PersonalNote: the reason may not be kept.
    """
    dossier = day.shelf.dossiers.get(command.dossier.id, command.dossier)
    if dossier.is_open or dossier.erased_at is not None:
        state = "erased" if dossier.erased_at else dossier.state.value
        raise IllegalMove(f"dossier {dossier.code}", state, "erase", ())
    day.shelf.bring(dossier)
    reason = checked_note(command.reason)
    happen(
        day,
        e.DossierErased(
            at=at, dossier=dossier.id, holder=dossier.holder, by=command.by, reason=reason
        ),
    )
    day.shelf.keep(dossier.id, EVERYTHING, None)
    return day.shelf.dossier(dossier.id)


def _facts(command: c.SaveDraft | c.FileDossier) -> dict[str, str]:
    """What saving and filing say alike; names that are not set are left out."""
    filing = command.filing
    said = {
        "dossier": command.dossier,
        "holder": command.holder,
        "by": command.by,
        "procedure": filing.procedure,
        "catalogue": filing.catalogue,
        "service": filing.service,
        "channel": filing.channel,
        "language": filing.language,
        "kiosk": filing.kiosk,
        "assistant": filing.assistant,
    }
    return {name: value for name, value in said.items() if value is not None}


def _check_identity(day: OfficeDay, dossier: str, holder: str, move: Move) -> Dossier | None:
    """The draft, if there is one; a new one must bear a new code."""
    if dossier in day.shelf.dossiers:
        found = _may(day, dossier, move)
        if found.holder == holder:
            return found
    elif day.shelf.by_code(holder) is None:
        return None
    raise IllegalMove("this code", "taken", move.value, ())


def _may(day: OfficeDay, dossier_id: str, move: Move) -> Dossier:
    dossier = day.shelf.dossier(dossier_id)
    if move not in LEGAL[dossier.state]:
        what = f"dossier {dossier.code or dossier.holder}"
        raise IllegalMove(what, dossier.state.value, move.value, dossier.allowed)
    return dossier


def _received(_day: OfficeDay, dossier: Dossier, command: c.MoveDossier, at: datetime) -> Said:
    return e.DossierReceived(at=at, dossier=dossier.id, by=command.by)


def _asked(day: OfficeDay, dossier: Dossier, command: c.MoveDossier, at: datetime) -> Said:
    left = 0
    if dossier.due_at is not None:
        left = working_days_between(day.office, day.day, working_day(dossier.due_at))
    reason = checked_note(command.reason)
    return e.DossierSupplementAsked(
        at=at, dossier=dossier.id, by=command.by, reason=reason, open_days=left
    )


def _given(day: OfficeDay, dossier: Dossier, command: c.MoveDossier, at: datetime) -> Said:
    due = None
    if dossier.due_at is not None:
        due = due_again(day.office, at, dossier.open_days or 0)
    return e.DossierSupplementGiven(
        at=at, dossier=dossier.id, by=command.by, digitised=command.digitised, due_at=due
    )


def _extended(day: OfficeDay, dossier: Dossier, command: c.MoveDossier, at: datetime) -> Said:
    reason = checked_note(command.reason)
    before = working_day(dossier.due_at) if dossier.due_at is not None else day.day
    if command.until is None or command.until <= max(before, day.day):
        raise NotFileable("an extension names a later day", state="not_later")
    due = day.office.hours.closes_at(command.until)
    return e.DossierExtended(
        at=at, dossier=dossier.id, by=command.by, reason=reason, due_at=due.astimezone(ZONE)
    )


def _refused(_day: OfficeDay, dossier: Dossier, command: c.MoveDossier, at: datetime) -> Said:
    reason = checked_note(command.reason)
    return e.DossierRefused(at=at, dossier=dossier.id, by=command.by, reason=reason)


def _stopped(_day: OfficeDay, dossier: Dossier, command: c.MoveDossier, at: datetime) -> Said:
    reason = checked_note(command.reason)
    return e.DossierStopped(at=at, dossier=dossier.id, by=command.by, reason=reason)


def _finished(_day: OfficeDay, dossier: Dossier, command: c.MoveDossier, at: datetime) -> Said:
    return e.DossierFinished(
        at=at,
        dossier=dossier.id,
        by=command.by,
        on_the_spot=command.on_the_spot,
        in_time=dossier.due_at is None or at <= dossier.due_at,
    )


def _handed(_day: OfficeDay, dossier: Dossier, command: c.MoveDossier, at: datetime) -> Said:
    to = checked_note(command.to)
    return e.DossierHandedOver(at=at, dossier=dossier.id, by=command.by, to=to)


_EVENTS: dict[Move, Callable[[OfficeDay, Dossier, c.MoveDossier, datetime], Said]] = {
    Move.RECEIVE: _received,
    Move.ASK_SUPPLEMENT: _asked,
    Move.SUPPLEMENT: _given,
    Move.EXTEND: _extended,
    Move.REFUSE: _refused,
    Move.STOP: _stopped,
    Move.FINISH: _finished,
    Move.HAND_OVER: _handed,
}
STAFF_MOVES = frozenset(_EVENTS)
"""What a clerk may do; the other moves belong to the citizen."""
