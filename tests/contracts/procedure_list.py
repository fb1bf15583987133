"""Writes the server's list of procedures from the kiosk's catalogue.

`python -m tests.contracts.procedure_list`. The server may not import the kiosk, so it has the few
facts that a clerk needs in a file of its own; `test_procedure_list.py` finds a drift.
"""

from __future__ import annotations

import json
from pathlib import Path

from kiosk.adapters.catalogue_files import read_catalogue, shipped_catalogue
from kiosk.domain.catalogue import Document, Procedure
from kiosk.domain.words import Words

TARGET = Path(__file__).parents[2] / "queue_server" / "config" / "procedures.toml"
HEAD = "# Written by tests/contracts/procedure_list.py from kiosk/data/catalogue, not by hand.\n"


def render() -> str:
    """The file: one table for each procedure, in the order of the catalogue."""
    catalogue = read_catalogue(Path(str(shipped_catalogue())))
    return "\n".join([HEAD, *(_table(procedure) for procedure in catalogue.procedures)])


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


def _text(text: str) -> str:
    """A basic TOML string: JSON escapes the same few signs."""
    return json.dumps(text, ensure_ascii=False)


if __name__ == "__main__":
    TARGET.write_text(render(), encoding="utf-8")
