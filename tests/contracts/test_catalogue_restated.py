"""The shipped catalogue says what the research data says, procedure by procedure."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kiosk.adapters.catalogue_files import read_catalogue, shipped_catalogue
from kiosk.domain.catalogue import PaperForm, Procedure
from kiosk.domain.whence import Accepts

DATA = Path(__file__).parents[2].parent / "shared" / "data" / "catalogue.json"
CATALOGUE = read_catalogue(Path(str(shipped_catalogue())))
FORMS = {
    "original:1,copy:1": PaperForm.ORIGINAL_AND_COPY,
    "original or copy": PaperForm.ORIGINAL_OR_COPY,
    "original or certified copy": PaperForm.ORIGINAL_OR_COPY,
    "present": PaperForm.SHOW,
    "info": PaperForm.INFORMATION,
    "on form": PaperForm.ON_FORM,
    "2 sets": PaperForm.TWO_SETS,
}


def said(procedure: Procedure) -> dict[str, Any]:
    """A procedure in the words of the data."""
    fee, time = procedure.fee, procedure.processing
    return {
        "service": procedure.service,
        "mode": procedure.mode.value,
        "version": procedure.version,
        "amount": fee.amount_vnd,
        "per": fee.per.vi if fee.per else None,
        "time": (time.value, time.unit, time.cutoff) if time else (None, None, None),
        "accepts": procedure.accepts,
        "minutes": procedure.counter_minutes,
        "unsure": procedure.unsure - {"accepts"},
        "accepts_sure": "accepts" not in procedure.unsure,
        "papers": sorted((paper.form.value, paper.conditional) for paper in procedure.documents),
    }


def meant(known: dict[str, Any], version: str) -> dict[str, Any]:
    """The same of the data."""
    fee, time, place = known["fee"], known["processing"], known["place_independent"]
    anywhere = place.startswith("nationwide")
    province = place.startswith("receiving anywhere")
    return {
        "service": known["group"],
        "mode": known["kiosk"],
        "version": version,
        "amount": fee["amount_vnd"],
        "per": fee["per"],
        "time": (time["value"], time["unit"], time["cutoff"]),
        "accepts": Accepts.NATIONWIDE if anywhere else Accepts.PROVINCE if province else None,
        "minutes": round(known["service_minutes"]["mean"]),
        "unsure": frozenset(known["unsure"]),
        "accepts_sure": place == "nationwide (portal record)",
        "papers": sorted(
            (form_of(paper["copies"]).value, bool(paper.get("conditional")))
            for paper in known["documents"]
        ),
    }


def form_of(copies: str) -> PaperForm:
    """In which form a paper is brought."""
    return FORMS.get(copies) or PaperForm(copies.partition(":")[0])


@pytest.mark.skipif(not DATA.exists(), reason="the research data is not beside this checkout")
def test_all_46_procedures_are_restated() -> None:
    data = json.loads(DATA.read_text("utf-8"))
    version = data["meta"]["version"]
    assert {one["code"] for one in data["procedures"]} == {p.code for p in CATALOGUE.procedures}
    for known in data["procedures"]:
        procedure = CATALOGUE.procedure(known["code"])
        assert procedure is not None
        assert said(procedure) == meant(known, version), known["code"]
        assert procedure.fee.note or not known["fee"]["note_vi"] or not known["fee"]["amount_vnd"]
