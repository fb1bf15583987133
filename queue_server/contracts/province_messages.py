"""What the province's system is told of a dossier: one JSON file for each event, nothing personal.

Files are named `NNNNNNNNNN-Event.json` by the number of the event, written whole or not at all, and
never changed: whoever reads them may take them in order and count what is missing.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class ProvinceMessage(BaseModel):
    """One event of one dossier, with the dossier as it was when the message was made.

    `seq` is the number of the event in this office, growing with gaps; `office` with `seq` names
    the message for ever. Times have their offset.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    v: Literal[1] = 1
    office: str
    seq: int
    event: str = Field(description="DossierFiled, DossierReceived, … as in the event table")
    at: datetime
    code: str
    procedure: str
    procedure_version: str = Field(description="Of the catalogue; empty: not kept at that time")
    form_version: str
    state: str
    channel: str
    place_help: str
    place_receipt: str
    competent: str
    filed_at: datetime | None
    due_at: datetime | None
    finished_at: datetime | None
    on_the_spot: bool
    supplements: int
    extended: int
    papers: int
    digitised: int
    reused: int
    assisted: bool
    fee_vnd: int | None
    reason: str | None


class OutboxView(BaseModel):
    """`GET /dossiers/outbox`: what was sent and what still waits; `fault` says why it waits.

    `filed` counts the dossiers of this office, `sent_filed` those whose filing was handed over:
    the difference is what the index of synchronised dossiers (766, 1.4) lacks.
    """

    on: bool
    sent_seq: int
    sent: int
    waiting: int
    filed: int
    sent_filed: int
    fault: str | None
