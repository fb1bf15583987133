"""Everything of one person: how it is asked for, what is held, and what an erasure left."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, model_validator

from queue_server.contracts.appointment_views import AppointmentView, HomeVisitView
from queue_server.contracts.dossier_views import DossierExport
from queue_server.contracts.requests import Strict
from queue_server.contracts.views import View, Words

FoundBy = Literal["card", "phone", "code"]


DIGITS = {"card": {12}, "phone": set(range(8, 16))}


class SubjectRequest(Strict):
    """Whom it is about, and why it is asked. In the body: addresses of requests are logged.

    `card` is an identity number of 12 digits, `phone` a telephone number as it was declared,
    `code` one that was given here: of a dossier, an appointment or a visit at home.
    """

    by: FoundBy
    value: Annotated[str, Field(min_length=4, max_length=60, pattern=r"^[0-9A-Za-z +./_-]+$")]
    reason: Annotated[str, Field(min_length=1, max_length=200)]

    @model_validator(mode="after")
    def _whole(self) -> SubjectRequest:
        """A piece of a number would lead to many people."""
        count = sum(sign.isdigit() for sign in self.value)
        if count not in DIGITS.get(self.by, {count}):
            raise ValueError("a card has 12 digits, a telephone number 8 to 15")
        return self

    def __repr__(self) -> str:
        return f"SubjectRequest({self.by}, …)"

    __str__ = __repr__


class SubjectItem(View):
    """One thing that is held; `kept_because` says why an erasure would leave it, if it would.

    `kind` is `dossier`, `named_in` (somebody else's dossier that names the number), `appointment`,
    `home_visit` or `ticket`; `name` is its code or number.
    """

    kind: str
    name: str
    what: Words
    kept_because: Words | None = None


class SubjectSummary(View):
    """What is held of one person, without what they declared."""

    at: datetime
    found_by: FoundBy
    items: list[SubjectItem]


class SubjectErasure(View):
    """What was forgotten, and what was not with the reason; read from the store afterwards."""

    at: datetime
    found_by: FoundBy
    erased: list[SubjectItem]
    kept: list[SubjectItem]


class SubjectVisit(HomeVisitView):
    """A visit at home with how to find the citizen, for its citizen alone."""

    name: str
    phone: str
    address: str


class SubjectExport(View):
    """`export.json` of the file that a person is given; scanned papers lie beside it as PDF."""

    at: datetime
    office: Words
    found_by: FoundBy
    items: list[SubjectItem]
    dossiers: list[DossierExport]
    appointments: list[AppointmentView]
    home_visits: list[SubjectVisit]
    papers: list[str]
