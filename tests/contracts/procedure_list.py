"""Writes the server's list of procedures and their facts from the kiosk's catalogue.

`python -m tests.contracts.procedure_list`. The server may not import the kiosk, so what a clerk
needs, and what an office edits beside it, are files of its own; `test_procedure_list.py` finds a
drift.
"""

from __future__ import annotations

import json
from pathlib import Path

from kiosk.adapters.catalogue_files import read_catalogue, shipped_catalogue
from kiosk.domain.catalogue import Document, Procedure
from kiosk.domain.words import Words

TARGET = Path(__file__).parents[2] / "queue_server" / "config" / "procedures.toml"
FACTS = TARGET.with_name("catalogue_facts.toml")
HEAD = "# Written by tests/contracts/procedure_list.py from kiosk/data/catalogue, not by hand.\n"


def render() -> str:
    """The file: one table for each procedure, in the order of the catalogue."""
    catalogue = read_catalogue(Path(str(shipped_catalogue())))
    return "\n".join([HEAD, *(_table(procedure) for procedure in catalogue.procedures)])


def render_facts() -> str:
    """The other file: version, mode, fee, time and what is unsure, by code."""
    catalogue = read_catalogue(Path(str(shipped_catalogue())))
    return "\n".join([HEAD, *(_facts(procedure) for procedure in catalogue.procedures)])


def _facts(procedure: Procedure) -> str:
    fee, time = procedure.fee, procedure.processing
    per, note = fee.per or Words("", ""), fee.note or Words("", "")
    facts = {
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
        "unsure": sorted(procedure.unsure),
    }
    said = {name: value for name, value in facts.items() if value not in (None, "", [])}
    lines = (f"{name} = {_text(value)}\n" for name, value in said.items())
    return f"[{_text(procedure.code)}]\n{''.join(lines)}"


def _table(procedure: Procedure) -> str:
    papers = "".join(f"    {_paper(paper)},\n" for paper in procedure.documents)
    also = ", ".join(_text(word) for word in procedure.also)
    return (
        "[[procedure]]\n"
        f"code = {_text(procedure.code)}\n"
        f"service = {_text(procedure.service)}\n"
        f"name = {_words(procedure.name)}\n"
        f"also = [{also}]\n"
        f"papers = [\n{papers}]\n"
    )


def _paper(paper: Document) -> str:
    if not paper.conditional:
        return _words(paper.name)
    return _words(Words(f"{paper.name.vi}, nếu thuộc diện", f"{paper.name.en}, if it applies"))


def _words(words: Words) -> str:
    return f"{{ vi = {_text(words.vi)}, en = {_text(words.en)} }}"


def _text(text: object) -> str:
    """A basic TOML string, number or list of strings: JSON writes them alike."""
    return json.dumps(text, ensure_ascii=False)


if __name__ == "__main__":
    TARGET.write_text(render(), encoding="utf-8")
    FACTS.write_text(render_facts(), encoding="utf-8")
