"""The slip of form 01: the dossier's code, when the result is due, what to pay, what to hand in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kiosk.domain.slip import Slip


@dataclass(frozen=True, slots=True)
class Receipt(Slip):
    """A slip whose `number` is a dossier code and whose `service` is a procedure.

    `due_at` None: no time is set by law. `fee` is already in words, with its exemption beside it.
    `holder` is the code by which the citizen continues and follows. `pay_code` is the text of the
    payment code over `due_vnd` đồng, empty where nothing can be paid by code.
    """

    due_at: datetime | None = None
    fee: str = ""
    holder: str = ""
    due_vnd: int = 0
    pay_code: str = ""
