"""What the province's system is told of a dossier: one JSON file for each event, nothing personal.

Files are named `NNNNNNNNNN-Event.json` by the number of the event, written whole or not at all, and
never changed: whoever reads them takes them in order of their names. How many filings were told
stands in `GET /dossiers/outbox`, to reconcile with.
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

    v: Literal[1] = Field(default=1, description="Of this contract")
    office: str = Field(description="Who tells it; with `seq` the name of the message")
    seq: int = Field(ge=1, description="Number of the event; grows, with gaps")
    event: str = Field(
        pattern="^[A-Z][A-Za-z]+$", description="What happened: DossierFiled, DossierReceived, …"
    )
    at: datetime = Field(description="When it happened")
    code: str = Field(description="The dossier's official code, as it stands on form 01")
    procedure: str = Field(pattern=r"^\d\.\d{6}$", description="National code of the procedure")
    procedure_version: str = Field(description="Of the catalogue; empty: not kept at that time")
    form_version: str = Field(description="Of the form that was filled in")
    state: str = Field(
        description="filed, received, awaiting (papers of the citizen), finished, refused, stopped"
    )
    channel: str = Field(description="kiosk, counter or online")
    place_help: str = Field(description="Where the citizen was helped")
    place_receipt: str = Field(description="Where the papers were taken in")
    competent: str = Field(description="Who decides")
    filed_at: datetime | None = Field(description="When it was handed in")
    due_at: datetime | None = Field(
        description="When the result is due; null: no time is known for sure"
    )
    finished_at: datetime | None = Field(description="When it ended; null: it is open")
    on_the_spot: bool = Field(description="Solved while the citizen waited")
    supplements: int = Field(ge=0, description="How often papers were asked for (form 02)")
    extended: int = Field(ge=0, description="How often the day was put off (form 04)")
    papers: int = Field(ge=0, description="How many papers were handed in")
    digitised: int = Field(ge=0, description="How many of them were scanned")
    reused: int = Field(ge=0, description="How many were taken from earlier dossiers")
    assisted: bool = Field(description="Somebody helped at the kiosk")
    fee_vnd: int | None = Field(description="Before any exemption, in đồng; null: not known")
    reason: str | None = Field(
        description="Why papers are asked for, it is late, refused or stopped; holds no names"
    )


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
