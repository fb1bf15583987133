"""Writes the server's catalogue, and the official names of what can be filed, from the kiosk's.

`python -m tests.contracts.procedure_list`. The server may not import the kiosk, so what a clerk
needs and an office edits is a file of its own; `test_procedure_list.py` finds a drift.
"""

from __future__ import annotations

import json
from pathlib import Path

from kiosk.adapters.catalogue_files import read_catalogue, shipped_catalogue
from kiosk.domain.catalogue import Procedure
from kiosk.domain.words import Words
from queue_server.config.catalogue_sheet import IF_IT_APPLIES
from queue_server.contracts.forms import shipped_forms

TARGET = Path(__file__).parents[2] / "queue_server" / "config" / "procedures.toml"
NAMES = TARGET.with_name("official_names.toml")
HEAD = "# Written by tests/contracts/procedure_list.py from kiosk/data/catalogue, not by hand.\n"


def render() -> str:
    """The catalogue: one table for each procedure, in the kiosk's order."""
    catalogue = read_catalogue(Path(str(shipped_catalogue())))
    return "\n".join([HEAD, *(_table(procedure) for procedure in catalogue.procedures)])


def render_names() -> str:
    """The official name of each procedure that has a form, by code."""
    catalogue, forms = read_catalogue(Path(str(shipped_catalogue()))), shipped_forms()
    named = (one for one in catalogue.procedures if one.code in forms)
    return "\n".join(
        [HEAD, *(f"{_text(one.code)} = {_text(one.official_name)}" for one in named), ""]
    )


def _table(procedure: Procedure) -> str:
    fee, time = procedure.fee, procedure.processing
    per, note = fee.per or Words("", ""), fee.note or Words("", "")
    facts = {
        "code": procedure.code,
        "service": procedure.service,
        "name_vi": procedure.name.vi,
        "name_en": procedure.name.en,
        "version": procedure.version,
        "mode": procedure.mode.value,
        "accepts": procedure.accepts.value if procedure.accepts else "",
        "fee_vnd": fee.amount_vnd,
        "per_vi": per.vi,
        "per_en": per.en,
        "fee_note_vi": note.vi,
        "fee_note_en": note.en,
        "time": time.value if time else None,
        "time_unit": time.unit if time else "",
        "cutoff": (time.cutoff if time else "") or "",
        "minutes": procedure.counter_minutes,
        "also": procedure.also,
        "unsure": sorted(procedure.unsure),
    }
    said = {name: value for name, value in facts.items() if value not in (None, "", [], ())}
    lines = "".join(f"{name} = {_text(value)}\n" for name, value in said.items())
    return f"[[procedure]]\n{lines}{_papers(procedure)}"


def _papers(procedure: Procedure) -> str:
    pairs = (
        (paper.name.vi + vi, paper.name.en + en)
        for paper in procedure.documents
        for vi, en in [IF_IT_APPLIES if paper.conditional else ("", "")]
    )
    lines = "".join(f"    {_text(pair)},\n" for pair in pairs)
    return f"papers = [\n{lines}]\n"


def _text(text: object) -> str:
    """A basic TOML string, number or list of strings: JSON writes them alike."""
    return json.dumps(text, ensure_ascii=False)


if __name__ == "__main__":
    TARGET.write_text(render(), encoding="utf-8")
    NAMES.write_text(render_names(), encoding="utf-8")
