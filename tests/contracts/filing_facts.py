"""Writes what the server must know of the procedures that can be filed, from the kiosk's catalogue.

`python -m tests.contracts.filing_facts`. The server may not import the kiosk; the file is checked
for drift by `test_filing_facts.py`.
"""

from __future__ import annotations

from pathlib import Path

from kiosk.adapters.catalogue_files import read_catalogue, shipped_catalogue
from kiosk.domain.catalogue import Procedure
from queue_server.contracts.forms import shipped_forms
from tests.contracts.procedure_list import _text, _words

TARGET = Path(__file__).parents[2] / "queue_server" / "config" / "filing_facts.toml"
HEAD = "# Written by tests/contracts/filing_facts.py from kiosk/data/catalogue, not by hand.\n"


def render() -> str:
    """One table for each procedure that has a form, in the order of the catalogue."""
    catalogue = read_catalogue(Path(str(shipped_catalogue())))
    forms = shipped_forms()
    return "\n".join([HEAD, *(_table(p) for p in catalogue.procedures if p.code in forms)])


def _table(procedure: Procedure) -> str:
    lines = [
        "[[procedure]]",
        f"code = {_text(procedure.code)}",
        f"version = {_text(procedure.version)}",
        f"service = {_text(procedure.service)}",
        f"name = {_words(procedure.name)}",
        f"official_name = {_text(procedure.official_name)}",
        f"mode = {_text(procedure.mode.value)}",
    ]
    processing, fee = procedure.processing, procedure.fee
    if processing is not None:
        cutoff = f', cutoff = "{processing.cutoff}"' if processing.cutoff else ""
        unit = _text(processing.unit)
        lines.append(f"processing = {{ value = {processing.value}, unit = {unit}{cutoff} }}")
    if fee.amount_vnd is not None:
        lines.append(f"fee_vnd = {fee.amount_vnd}")
    if fee.note is not None:
        lines.append(f"fee_note = {_words(fee.note)}")
    papers = "".join(f"    {_words(paper.name)},\n" for paper in procedure.documents)
    lines.append(f"papers = [\n{papers}]")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    TARGET.write_text(render(), encoding="utf-8")
