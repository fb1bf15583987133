"""Fees over HTTP: the payment code, cash, refunds, statements of a bank, files to reconcile."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from queue_server.api.access import LEADERS, STAFF, Principal, role_in
from queue_server.api.carry import NeededKey, carry
from queue_server.api.dossier_access import HolderCode, found, held
from queue_server.api.dossier_inbox import DossierId
from queue_server.api.named_days import NamedDays, at_most
from queue_server.api.pace import Looker
from queue_server.api.parts import parts
from queue_server.api.problems import RESPONSES, Refusal
from queue_server.contracts import payment_views as v
from queue_server.contracts.problems import ProblemCode
from queue_server.domain.dossier import Dossier
from queue_server.domain.dossier_payments import OweRefund, RecordPayment
from queue_server.use_cases.fee_slip import fee_slip

router = APIRouter(tags=["payments"], responses=RESPONSES)

StaffMember = Annotated[Principal, Depends(role_in(STAFF))]
Chief = Annotated[Principal, Depends(role_in(LEADERS))]
CSV = "text/csv; charset=utf-8"
FILE: dict[int | str, dict[str, object]] = {
    200: {"content": {"text/csv": {"schema": {"type": "string"}}}}
}
PDF: dict[int | str, dict[str, object]] = {
    200: {"content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}}
}
MOST_DAYS = 366


@router.get("/dossiers/by-code/{code}/payment", response_model=v.PaymentView)
async def get_payment(request: Request, code: HolderCode, _who: Looker) -> v.PaymentView:
    """What is due of a dossier and how to pay it, for whoever holds its code."""
    return await _view(request, await held(request, code))


@router.get("/dossiers/by-code/{code}/fee-slip", response_class=Response, responses=PDF)
async def get_holders_slip(request: Request, code: HolderCode, _who: Looker) -> Response:
    """The fee slip with its payment code as PDF; it names nobody."""
    return await _slip(request, await held(request, code))


@router.get("/dossiers/{dossier}/payment", response_model=v.PaymentView)
async def get_payment_for_staff(
    request: Request, dossier: DossierId, _who: StaffMember
) -> v.PaymentView:
    """The fee of a dossier as staff see it."""
    return await _view(request, await found(request, dossier))


@router.get("/dossiers/{dossier}/fee-slip", response_class=Response, responses=PDF)
async def get_slip(request: Request, dossier: DossierId, _who: StaffMember) -> Response:
    """The fee slip with its payment code as PDF; it names nobody."""
    return await _slip(request, await found(request, dossier))


@router.post("/dossiers/{dossier}/payments", response_model=v.PaymentView)
async def take_cash(
    request: Request, dossier: DossierId, body: v.CashRequest, who: StaffMember, key: NeededKey
) -> Response:
    """Note cash; the same receipt number is never booked twice."""
    command = RecordPayment(
        dossier=await found(request, dossier),
        by=who.id,
        amount_vnd=body.amount_vnd,
        transaction=body.receipt,
        via="cash",
    )
    return await carry(request, who, command, parts(request).payments.answer, key=key)


@router.post("/dossiers/{dossier}/refund", response_model=v.PaymentView)
async def give_back(
    request: Request, dossier: DossierId, body: v.RefundRequest, who: StaffMember, key: NeededKey
) -> Response:
    """Decide to give money back; it stands in the refund file until a statement says it went."""
    known = await found(request, dossier)
    command = OweRefund(dossier=known, by=who.id, **body.model_dump())
    return await carry(request, who, command, parts(request).payments.answer, key=key)


@router.post("/payments/statement", response_model=v.StatementView)
async def take_statement(request: Request, body: v.StatementRequest, who: Chief) -> v.StatementView:
    """Look at a bank's statement line by line, or book it; what was booked before is known."""
    return await asyncio.to_thread(parts(request).payments.statement, body, who.id)


@router.get("/payments/reconciliation", response_class=Response, responses=FILE)
async def get_reconciliation(
    request: Request,
    _who: Chief,
    days: Annotated[NamedDays, Depends(at_most(MOST_DAYS))],
) -> Response:
    """What the dossiers filed on these days should have paid and did, as CSV with sums."""
    office = parts(request)
    first, last = days
    text = await asyncio.to_thread(office.payments.reconciliation, first, last)
    return _file(text, f"doi-soat-{first.isoformat()}-{last.isoformat()}")


@router.get("/payments/refunds", response_class=Response, responses=FILE)
async def get_refunds(request: Request, _who: Chief) -> Response:
    """Whom money is owed back, as CSV with count and sum."""
    return _file(await asyncio.to_thread(parts(request).payments.refunds), "hoan-tien")


@router.post("/payments/simulated", response_model=v.PaySimulated)
async def pay_simulated(
    request: Request, body: v.PaySimulated, _who: StaffMember
) -> v.PaySimulated:
    """Pretend a transfer, where the office's bank is a simulated one."""
    pay = parts(request).simulated_transfer
    if pay is None:
        raise Refusal(ProblemCode.NOT_FOUND, "this office's bank is not simulated")
    await asyncio.to_thread(pay, body.reference, body.amount_vnd)
    return body


async def _view(request: Request, dossier: Dossier) -> v.PaymentView:
    office = parts(request)

    def looked() -> v.PaymentView:
        office.payments.collect()
        return office.payments.view(office.dossiers.find(dossier.id) or dossier)

    return await asyncio.to_thread(looked)


async def _slip(request: Request, dossier: Dossier) -> Response:
    office = parts(request)
    view = await _view(request, dossier)
    if dossier.code is None or not view.fee_vnd:
        raise Refusal(ProblemCode.NOT_FILEABLE, "no fee is known of this dossier")

    def made() -> bytes:
        return office.dossier_paper("fee_slip.typ", fee_slip(office.dossiers, dossier, view))

    headers = {
        "Cache-Control": "no-store",
        "Content-Disposition": f'inline; filename="{dossier.code}-phieu-thu.pdf"',
    }
    paper = await asyncio.to_thread(made)
    return Response(paper, media_type="application/pdf", headers=headers)


def _file(text: str, name: str) -> Response:
    headers = {
        "Cache-Control": "no-store",
        "Content-Disposition": f'attachment; filename="{name}.csv"',
    }
    return Response("\ufeff" + text, media_type=CSV, headers=headers)
