"""Fees of dossiers: money that came, is owed back, or went back; each transaction counts once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from queue_server.domain import dossier_events as e
from queue_server.domain.commands import Command
from queue_server.domain.dossier import Dossier
from queue_server.domain.faults import NotFileable
from queue_server.domain.happening import happen
from queue_server.domain.note import checked_note
from queue_server.domain.office_day import OfficeDay
from queue_server.domain.vietqr import Account, payment_code

PAID_TOO_MUCH = "Nộp thừa hoặc nộp hai lần"
LONGEST_REFERENCE = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPayment(Command):
    """Money came for a dossier; `transaction` is the bank's or the receipt book's number of it.

    `dossier` is the row as stored: what ended on an earlier day is not on the shelf.
    """

    dossier: Dossier
    by: str
    amount_vnd: int
    transaction: str
    via: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OweRefund(Command):
    """The office decides to give money back; `reason` says why."""

    dossier: Dossier
    by: str
    amount_vnd: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRefund(Command):
    """Money that was owed went back."""

    dossier: Dossier
    by: str
    amount_vnd: int
    transaction: str


def reference_of(code: str) -> str:
    """What a payer's transfer must say: the letters and digits of the dossier's code, at most 25.

    Banks drop dots and dashes; the end of a code holds day and serial, so the end is kept.
    """
    return re.sub(r"[^0-9A-Z]", "", code.upper())[-LONGEST_REFERENCE:]


def code_to_pay(dossier: Dossier, account: Account | None) -> str | None:
    """The payment code for what is still due; None where nothing is, or no account is known."""
    if account is None or dossier.code is None or not dossier.due_vnd:
        return None
    return payment_code(account, dossier.due_vnd, reference_of(dossier.code))


def record_payment(day: OfficeDay, command: RecordPayment, at: datetime) -> Dossier:
    """Book it, once for its transaction; what is more than the fee is owed back at once.

    Raises:
        NotFileable: nothing was handed in yet, or the amount is none.
    """
    dossier = _on_shelf(day, command.dossier)
    if command.transaction in dossier.transactions:
        return dossier
    if dossier.code is None:
        raise NotFileable("a draft costs nothing yet", state="draft")
    if command.amount_vnd <= 0:
        raise NotFileable("no amount", state="amount")
    happen(
        day,
        e.DossierPaid(
            at=at,
            dossier=dossier.id,
            by=command.by,
            amount_vnd=command.amount_vnd,
            transaction=command.transaction,
            via=command.via,
        ),
    )
    owe_what_is_too_much(day, dossier.id, command.by, at)
    return day.shelf.dossier(dossier.id)


def owe_what_is_too_much(day: OfficeDay, dossier_id: str, by: str, at: datetime) -> None:
    """What was paid beyond a known fee goes back without anybody asking for it."""
    dossier = day.shelf.dossier(dossier_id)
    if dossier.fee_vnd is None or dossier.kept_vnd <= dossier.fee_vnd:
        return
    over = dossier.kept_vnd - dossier.fee_vnd
    happen(
        day,
        e.DossierRefundOwed(
            at=at, dossier=dossier.id, by=by, amount_vnd=over, reason=PAID_TOO_MUCH
        ),
    )


def owe_refund(day: OfficeDay, command: OweRefund, at: datetime) -> Dossier:
    """Promise money back.

    Raises:
        NotFileable: more than the office holds.
        PersonalNote: the reason may not be kept.
    """
    dossier = _on_shelf(day, command.dossier)
    if not 0 < command.amount_vnd <= dossier.kept_vnd:
        raise NotFileable(f"the office holds {dossier.kept_vnd} đ of it", state="amount")
    reason = checked_note(command.reason)
    happen(
        day,
        e.DossierRefundOwed(
            at=at,
            dossier=dossier.id,
            by=command.by,
            amount_vnd=command.amount_vnd,
            reason=reason,
        ),
    )
    return day.shelf.dossier(dossier.id)


def record_refund(day: OfficeDay, command: RecordRefund, at: datetime) -> Dossier:
    """Book money that went back, once for its transaction.

    Raises:
        NotFileable: more than is owed.
    """
    dossier = _on_shelf(day, command.dossier)
    if command.transaction in dossier.transactions:
        return dossier
    if not 0 < command.amount_vnd <= dossier.owed_vnd:
        raise NotFileable(f"{dossier.owed_vnd} đ are owed back", state="amount")
    happen(
        day,
        e.DossierRefunded(
            at=at,
            dossier=dossier.id,
            by=command.by,
            amount_vnd=command.amount_vnd,
            transaction=command.transaction,
        ),
    )
    return day.shelf.dossier(dossier.id)


def _on_shelf(day: OfficeDay, row: Dossier) -> Dossier:
    day.shelf.bring(row)
    return day.shelf.dossier(row.id)
