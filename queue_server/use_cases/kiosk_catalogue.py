"""The office's catalogue as kiosks take it over, named by what is in it."""

from __future__ import annotations

import hashlib

from queue_server.config.catalogue_sheet import CatalogueEntry, papers_of
from queue_server.contracts.catalogue_views import (
    CatalogueNow,
    PaperAsked,
    ProcedureAsked,
    ServiceNamed,
)
from queue_server.contracts.views import Words
from queue_server.domain.office import Office
from queue_server.use_cases.settings_desk import Catalogue

UNNAMED = "0" * 64


def catalogue_now(found: Catalogue, office: Office) -> CatalogueNow:
    """What a kiosk is told; the same catalogue of the same services has the same digest."""
    services = [
        ServiceNamed(id=one.id, letter=one.letter, name=Words(vi=one.name_vi, en=one.name_en))
        for one in office.services.values()
    ]
    said = CatalogueNow(
        digest=UNNAMED,
        version=found.version,
        services=services,
        procedures=[_procedure(one) for one in found.entries],
    )
    digest = hashlib.sha256(said.model_dump_json().encode()).hexdigest()
    return said.model_copy(update={"digest": digest})


def _procedure(entry: CatalogueEntry) -> ProcedureAsked:
    same = {
        name: getattr(entry, name) for name in ProcedureAsked.model_fields if hasattr(entry, name)
    }
    papers = [
        PaperAsked(vi=vi, en=en, conditional=conditional)
        for vi, en, conditional in papers_of(entry)
    ]
    return ProcedureAsked(
        **same
        | {
            "name": Words(vi=entry.name_vi, en=entry.name_en),
            "per": _words(entry.per_vi, entry.per_en),
            "fee_note": _words(entry.fee_note_vi, entry.fee_note_en),
            "papers": papers,
        }
    )


def _words(vi: str, en: str) -> Words | None:
    return Words(vi=vi, en=en) if vi else None
