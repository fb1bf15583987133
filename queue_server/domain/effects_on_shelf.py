"""What events of dossiers change: the newest form of one row.

A day that is replayed alone does not know the dossiers of earlier days: their events then change
nothing. Whoever checks the store replays all days over one shelf.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from queue_server.domain import dossier_events as e
from queue_server.domain.dossier import Dossier, DossierState, Stage
from queue_server.domain.office_day import OfficeDay


def dossier_saved(event: e.DossierSaved, day: OfficeDay) -> None:
    """A draft begins, or reached a stage."""
    if event.dossier in day.shelf.dossiers:
        _change(day, event, stage=Stage(event.stage), assistant=event.assistant)
        return
    day.shelf.put(_begun(event, DossierState.DRAFT, Stage(event.stage)))


def dossier_filed(event: e.DossierFiled, day: OfficeDay) -> None:
    """The draft, or what was filed in one go, has its code."""
    if event.dossier not in day.shelf.dossiers:
        day.shelf.put(_begun(event, DossierState.FILED, Stage.SUBMIT))
    before = day.shelf.dossiers[event.dossier]
    day.shelf.put(
        replace(
            before,
            state=DossierState.FILED,
            stage=Stage.SUBMIT,
            catalogue=event.catalogue,
            assistant=event.assistant,
            code=event.code,
            filed_at=event.at,
            received_at=event.at,
            changed_at=event.at,
            due_at=event.due_at,
            place_help=event.place_help,
            place_receipt=event.place_receipt,
            competent=event.competent,
            papers=event.papers,
            digitised=event.digitised,
            reused=event.reused,
            fee_vnd=event.fee_vnd,
            version=before.version + 1,
        )
    )


def dossier_corrected(event: e.DossierCorrected, day: OfficeDay) -> None:
    """It says something else now, and may cost something else."""
    _change(
        day,
        event,
        papers=event.papers,
        digitised=event.digitised,
        reused=event.reused,
        fee_vnd=event.fee_vnd,
    )


def dossier_prepared(event: e.DossierPageKept | e.DossierPagesDropped, day: OfficeDay) -> None:
    """Papers of the draft are being scanned."""
    _change(day, event, stage=Stage.PREPARE)


def dossier_dropped(event: e.DossierDropped, day: OfficeDay) -> None:
    """There is no draft any more."""
    _change(day, event, state=DossierState.DROPPED, finished_at=event.at, erased_at=event.at)


def dossier_received(event: e.DossierReceived, day: OfficeDay) -> None:
    """It is being worked on."""
    _change(day, event, state=DossierState.RECEIVED, handled_by=event.by)


def dossier_supplement_asked(event: e.DossierSupplementAsked, day: OfficeDay) -> None:
    """The clock stands."""
    _change(
        day,
        event,
        state=DossierState.AWAITING,
        supplements=_known(day, event, "supplements", 0) + 1,
        asked_at=event.at,
        open_days=event.open_days,
        reason=event.reason,
        handled_by=event.by,
    )


def dossier_supplement_given(event: e.DossierSupplementGiven, day: OfficeDay) -> None:
    """The clock runs again."""
    _change(
        day,
        event,
        state=DossierState.RECEIVED,
        due_at=event.due_at,
        open_days=None,
        reason=None,
        digitised=_known(day, event, "digitised", 0) + event.digitised,
    )


def dossier_extended(event: e.DossierExtended, day: OfficeDay) -> None:
    """A new day was promised."""
    _change(
        day,
        event,
        due_at=event.due_at,
        extended=_known(day, event, "extended", 0) + 1,
        reason=event.reason,
    )


def dossier_refused(event: e.DossierRefused, day: OfficeDay) -> None:
    """It was not taken."""
    _end(day, event, DossierState.REFUSED, reason=event.reason)


def dossier_stopped(event: e.DossierStopped, day: OfficeDay) -> None:
    """It ends without a result."""
    _end(day, event, DossierState.STOPPED, reason=event.reason)


def dossier_finished(event: e.DossierFinished, day: OfficeDay) -> None:
    """The result is there."""
    _end(day, event, DossierState.FINISHED, on_the_spot=event.on_the_spot)


def dossier_handed_over(event: e.DossierHandedOver, day: OfficeDay) -> None:
    """Another desk has it."""
    _change(day, event, handled_by=event.to)


def dossier_seen(_event: e.DossierSeen, _day: OfficeDay) -> None:
    """A look changes nothing; that it happened is what is kept."""


def dossier_erased(event: e.DossierErased, day: OfficeDay) -> None:
    """What leads to its citizen is gone."""
    _change(day, event, erased_at=event.at)


def dossier_paid(event: e.DossierPaid, day: OfficeDay) -> None:
    """More of its fee is there. What a clerk looks at did not change, so its version stays."""
    before = day.shelf.dossiers.get(event.dossier)
    if before is not None:
        paid = before.paid_vnd + event.amount_vnd
        known = (*before.transactions, event.transaction)
        day.shelf.put(replace(before, paid_vnd=paid, paid_at=event.at, transactions=known))


def dossier_refund_owed(event: e.DossierRefundOwed, day: OfficeDay) -> None:
    """The office owes money."""
    before = day.shelf.dossiers.get(event.dossier)
    if before is not None:
        day.shelf.put(replace(before, owed_vnd=before.owed_vnd + event.amount_vnd))


def dossier_refunded(event: e.DossierRefunded, day: OfficeDay) -> None:
    """It owes less."""
    before = day.shelf.dossiers.get(event.dossier)
    if before is not None:
        back = event.amount_vnd
        known = (*before.transactions, event.transaction)
        owed, refunded = before.owed_vnd - back, before.refunded_vnd + back
        changed = replace(before, owed_vnd=owed, refunded_vnd=refunded, transactions=known)
        day.shelf.put(changed)


def _begun(event: e.DossierSaved | e.DossierFiled, state: DossierState, stage: Stage) -> Dossier:
    return Dossier(
        id=event.dossier,
        holder=event.holder,
        procedure=event.procedure,
        catalogue=event.catalogue,
        service=event.service,
        state=state,
        stage=stage,
        channel=event.channel,
        language=event.language,
        kiosk=event.kiosk,
        assistant=event.assistant,
        started_at=event.at,
        changed_at=event.at,
        version=0 if state is DossierState.FILED else 1,
    )


def _known(day: OfficeDay, event: e.DossierEvent, name: str, otherwise: int) -> int:
    found: int = getattr(day.shelf.dossiers.get(event.dossier), name, otherwise)
    return found


def _end(day: OfficeDay, event: e.DossierEvent, state: DossierState, **more: Any) -> None:
    _change(day, event, state=state, finished_at=event.at, handled_by=event.by, **more)


def _change(day: OfficeDay, event: e.DossierEvent, **more: Any) -> None:
    before = day.shelf.dossiers.get(event.dossier)
    if before is not None:
        changed = replace(before, changed_at=event.at, version=before.version + 1, **more)
        day.shelf.put(changed)
