"""`[payments]` of `motcua.toml`: the account that fees go to, and who tells that they came."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from queue_server.config.section import Section
from queue_server.domain.vietqr import Account


class PaymentsSection(Section):
    """Without an account no payment code is shown; cash at the counter can always be noted."""

    provider: Literal["none", "statements", "simulated"] = Field(
        "none",
        description="statements: a bank's statement is imported; simulated: no money moves at all",
    )
    bank: Annotated[str, Field(pattern="^([0-9]{6})?$")] = Field(
        "", description="The bank's six-digit number (BIN)"
    )
    account: Annotated[str, Field(pattern="^[0-9A-Za-z]{0,19}$")] = Field(
        "", description="The treasury's or office's account"
    )
    holder: Annotated[str, Field(max_length=70)] = Field("", description="Whose account it is")

    @model_validator(mode="after")
    def _complete(self) -> PaymentsSection:
        if self.provider != "none" and not (self.bank and self.account and self.holder):
            raise ValueError(
                "mã thanh toán cần ngân hàng, tài khoản và tên chủ / "
                "a payment code needs bank, account and holder"
            )
        return self

    def to_account(self) -> Account:
        """The account as the domain knows it."""
        return Account(self.bank, self.account, self.holder)
