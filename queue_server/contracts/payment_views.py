"""What the server answers about fees; nothing here says who paid."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from queue_server.contracts.requests import Strict
from queue_server.contracts.views import View

Transaction = Annotated[str, Field(pattern=r"^[A-Za-z0-9._/-]{1,40}$")]
Amount = Annotated[int, Field(ge=1, le=1_000_000_000)]


class PaymentView(View):
    """The fee of one dossier.

    `code_text` is the text of the payment code (VietQR), null where nothing is due or the office
    takes no transfers; `qr_size` and `qr_path` draw it. `simulated`: no money moves.
    """

    payment: str
    fee_vnd: int | None
    paid_vnd: int
    due_vnd: int
    owed_vnd: int
    refunded_vnd: int
    paid_at: datetime | None
    reference: str | None
    code_text: str | None = None
    qr_size: int = 0
    qr_path: str = ""
    bank: str = ""
    account: str = ""
    account_holder: str = ""
    simulated: bool = False


class CashRequest(Strict):
    """Cash at the counter; `receipt` is the number of the paper receipt."""

    amount_vnd: Amount
    receipt: Transaction


class RefundRequest(Strict):
    """Give money back; `reason` never holds a number that leads to a person."""

    amount_vnd: Amount
    reason: Annotated[str, Field(min_length=1, max_length=200)]


class PaySimulated(Strict):
    """A transfer at the simulated bank."""

    reference: Annotated[str, Field(min_length=1, max_length=60)]
    amount_vnd: Amount


class StatementRequest(Strict):
    """A bank's statement as CSV; `apply` books it, else it is only looked at."""

    kind: Literal["payments", "refunds"] = "payments"
    text: Annotated[str, Field(max_length=60_000)]
    apply: bool = False


class StatementFaultView(View):
    """A line that cannot be read."""

    line: int
    column: str
    reason: str


class StatementLine(View):
    """One line of a statement.

    `verdict`: `booked` (or would be), `known` from before, `unknown` and `ambiguous` reference,
    `refused` (more is given back than owed). `payment` is how the dossier stands after it.
    """

    line: int
    transaction: str
    amount_vnd: int
    verdict: str
    dossier: str | None = None
    payment: str | None = None


class StatementView(View):
    """A statement that was looked at or booked; with faults nothing of it was booked."""

    applied: bool
    faults: list[StatementFaultView]
    lines: list[StatementLine]
    booked: int
    booked_vnd: int
