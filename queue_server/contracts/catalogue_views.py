"""The office's catalogue as a kiosk takes it over: `GET /catalogue`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from queue_server.contracts.admin_views import Digest
from queue_server.contracts.views import View, Words


class PaperAsked(Words):
    """A paper to bring; `conditional`: only in some cases."""

    conditional: bool = False


class ServiceNamed(View):
    """A service of the office, for kiosks that do not know it."""

    id: str
    letter: Annotated[str, Field(max_length=1)]
    name: Words


class ProcedureAsked(View):
    """One procedure as the office has it.

    `mode` is how far it goes at a kiosk, `accepts` from how far away papers are taken (empty: not
    known). Fees are in đồng, None where nobody has set them; `fee_note` is who pays less. `time`
    counts `time_unit`; papers after `cutoff` (HH:MM, empty: none) count for the next day. `minutes`
    is about how long it takes at a counter; `unsure` are facts that wait to be confirmed.
    """

    code: str
    service: str
    name: Words
    version: str
    mode: Literal["full", "guided", "prepare_only", "appointment_only", "none"]
    accepts: Literal["", "province", "nationwide"]
    fee_vnd: int | None
    per: Words | None
    fee_note: Words | None
    time: int | None
    time_unit: Literal["", "working_day", "calendar_day", "immediate"]
    cutoff: str
    minutes: int | None
    also: list[str]
    papers: list[PaperAsked]
    unsure: list[str]


class CatalogueNow(View):
    """The newest version.

    `digest` names everything else in it and is the entity tag of the answer: who sends it back as
    `If-None-Match` is told 304 while nothing has changed. Version 0 came with the program.
    """

    digest: Digest
    version: int
    services: list[ServiceNamed]
    procedures: list[ProcedureAsked]
