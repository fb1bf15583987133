"""Bodies and answers of administration: settings, catalogue, and who changed what when."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field

from queue_server.contracts.requests import Strict
from queue_server.contracts.views import View

Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class ChangeLine(View):
    """One thing that is or would be other."""

    where: str
    before: str
    after: str


class SheetFaultView(View):
    """Why a sheet cannot be taken."""

    line: int
    column: str
    reason: str


class SheetCheck(View):
    """What a sheet would change or changed; with faults nothing was applied."""

    faults: list[SheetFaultView]
    changes: list[ChangeLine]
    applied: bool
    hash: Digest = Field(description="Of the catalogue as it is now")


class CatalogueProcedure(View):
    """One procedure; `unsure` are facts that the office has to confirm."""

    code: str
    service: str
    name_vi: str
    name_en: str
    papers: int
    unsure: list[str]


class CatalogueView(View):
    """The newest version; 0 came with the program."""

    version: int
    hash: Digest
    procedures: list[CatalogueProcedure]


class SheetText(Strict):
    """A catalogue as CSV text."""

    csv: Annotated[str, Field(max_length=60_000)]


HandedBy = Annotated[str, Field(pattern=r"^v[0-9]{1,10}, [^\x00-\x1f\x7f]{1,64}$")]
"""Version and publisher of what the city handed down; stands in the record beside who applied."""


class SheetApply(SheetText):
    """The same over the catalogue with the hash `expected`."""

    expected: Digest
    handed_by: HandedBy | None = None


class Confirmation(Strict):
    """The office vouches for one field."""

    field: Annotated[str, Field(min_length=1, max_length=40)]
    expected: Digest


class RecordView(View):
    """One decision about the office."""

    seq: int
    at: datetime
    by: str
    kind: str
    what: str
    changes: list[str]
