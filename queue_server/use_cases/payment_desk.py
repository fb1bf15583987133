"""Fees at the desk: the payment code, what a bank says was paid, and files to reconcile with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from queue_server.config.payment_sheets import (
    References,
    Settlement,
    read_statement,
    reconciliation_sheet,
    refund_sheet,
)
from queue_server.contracts import payment_views as v
from queue_server.domain.commands import Command
from queue_server.domain.decide import Outcome
from queue_server.domain.dossier import Dossier
from queue_server.domain.dossier_payments import (
    RecordPayment,
    RecordRefund,
    code_to_pay,
    reference_of,
)
from queue_server.domain.faults import DomainFault
from queue_server.domain.office import working_day
from queue_server.domain.vietqr import Account
from queue_server.use_cases.dossier_desk import DossierDesk
from queue_server.use_cases.keep_day import Request, Writer

LOOK_BACK = timedelta(days=400)
BANK = "bank"


class PaymentProvider(Protocol):
    """Where fees are paid. A settlement may be told again: booking it twice is the same as once."""

    simulated: bool
    account: Account

    def settlements(self) -> Sequence[Settlement]:
        """What was paid, the newest included; empty where only statements tell."""
        ...


@dataclass(slots=True)
class PaymentDesk:
    """Shows what is due, books what came; may block for the writer, so ask it beside the loop."""

    dossiers: DossierDesk
    writer: Writer
    provider: PaymentProvider | None
    qr: Callable[[str], tuple[int, str]]
    now: Callable[[], datetime]
    _heard: int = 0

    def view(self, dossier: Dossier) -> v.PaymentView:
        """The fee of a dossier as it stands."""
        account = self.provider.account if self.provider is not None else None
        code = code_to_pay(dossier, account)
        size, path = self.qr(code) if code is not None else (0, "")
        shown = account if code is not None else None
        same = {n: getattr(dossier, n) for n in v.PaymentView.model_fields if hasattr(dossier, n)}
        return v.PaymentView(
            **same,
            reference=reference_of(dossier.code) if dossier.code is not None else None,
            code_text=code,
            qr_size=size,
            qr_path=path,
            bank=shown.bank if shown else "",
            account=shown.number if shown else "",
            account_holder=shown.holder if shown else "",
            simulated=self.provider is not None and self.provider.simulated,
        )

    def collect(self) -> None:
        """Book what the provider settled since; what it tells again changes nothing.

        Raises:
            StoreUnavailable: nothing of the rest was booked; it is asked for again.
        """
        if self.provider is None:
            return
        told = self.provider.settlements()
        if len(told) > self._heard:
            self._book(told[self._heard :], "payments", BANK)
            self._heard = len(told)

    def statement(self, body: v.StatementRequest, by: str) -> v.StatementView:
        """Look at a statement, or book it; one wrong line and nothing of it is booked.

        Raises:
            StoreUnavailable: some lines may be booked; the same statement again books the rest.
        """
        lines, faults = read_statement(body.text)
        made: list[v.StatementLine] = []
        if not faults:
            made = self._book(lines, body.kind, by if body.apply else None)
        booked = [one for one in made if one.verdict == "booked"]
        return v.StatementView(
            applied=body.apply and not faults,
            faults=[v.StatementFaultView(**_fields(one)) for one in faults],
            lines=made,
            booked=len(booked),
            booked_vnd=sum(one.amount_vnd for one in booked),
        )

    def reconciliation(self, start: date, end: date) -> str:
        """The dossiers filed on these days and their money, as CSV."""
        kept = self.dossiers.kept
        return reconciliation_sheet(kept.dossiers_filed(start, end + timedelta(days=1)))

    def refunds(self) -> str:
        """Everything that is owed back, as CSV."""
        return refund_sheet(self._recent())

    def _recent(self) -> Sequence[Dossier]:
        today = working_day(self.now())
        return self.dossiers.kept.dossiers_filed(today - LOOK_BACK, today + timedelta(days=1))

    def _book(
        self, lines: Sequence[Settlement], kind: str, by: str | None
    ) -> list[v.StatementLine]:
        references = References(self._recent())
        back: Counter[str] = Counter()
        made = []
        for one in lines:
            found = references.found(one.content)
            if len(found) != 1:
                verdict, dossier = ("ambiguous" if found else "unknown"), None
            else:
                dossier = self.dossiers.find(found[0].id) or found[0]
                back[dossier.id] += one.amount_vnd
                verdict = _verdict(dossier, one, kind, back[dossier.id])
            if verdict == "booked" and dossier is not None and by is not None:
                verdict, dossier = self._booked(dossier, one, kind, by)
            made.append(
                v.StatementLine(
                    line=one.line,
                    transaction=one.transaction,
                    amount_vnd=one.amount_vnd,
                    verdict=verdict,
                    dossier=dossier.code if dossier is not None else None,
                    payment=dossier.payment if dossier is not None else None,
                )
            )
        return made

    def _booked(
        self, dossier: Dossier, one: Settlement, kind: str, by: str
    ) -> tuple[str, Dossier | None]:
        command: Command
        amount, number = one.amount_vnd, one.transaction
        if kind == "payments":
            command = RecordPayment(
                dossier=dossier, by=by, amount_vnd=amount, transaction=number, via="transfer"
            )
        else:
            command = RecordRefund(dossier=dossier, by=by, amount_vnd=amount, transaction=number)
        answer = self.writer.submit(Request(command, lambda _d, _o, _at: {})).result()
        if isinstance(answer.fault, DomainFault):
            return "refused", dossier
        if answer.fault is not None:
            raise answer.fault
        return "booked", self.dossiers.find(dossier.id)

    def answer(self, _day: object, outcome: Outcome, _at: datetime) -> dict[str, object]:
        """Answer to a payment or refund that staff noted."""
        if outcome.dossier is None:
            raise ValueError("a payment of no dossier")
        return self.view(outcome.dossier).model_dump(mode="json")


def _verdict(dossier: Dossier, one: Settlement, kind: str, back_vnd: int) -> str:
    if one.transaction in dossier.transactions:
        return "known"
    if kind == "refunds" and back_vnd > dossier.owed_vnd:
        return "refused"
    return "booked"


def _fields(fault: object) -> dict[str, Any]:
    return {name: getattr(fault, name) for name in ("line", "column", "reason")}
