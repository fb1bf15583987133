"""A catalogue as rows of facts: what belongs together, like fee and who pays less, is one."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from queue_server.config.catalogue_sheet import CatalogueEntry
from queue_server.hub.domain.own_hand import Table

TOGETHER = {
    "name": ("name_vi", "name_en"),
    "fee": ("fee_vnd", "per_vi", "per_en", "fee_note_vi", "fee_note_en"),
    "processing": ("time", "time_unit", "cutoff"),
}
ALONE = tuple(
    field.name
    for field in fields(CatalogueEntry)
    if field.name != "code" and not any(field.name in names for names in TOGETHER.values())
)
FACTS = {**TOGETHER, **{name: (name,) for name in ALONE}}


def table_of(entries: Iterable[CatalogueEntry]) -> Table:
    """By the code of each procedure."""
    return {
        one.code: {
            fact: tuple(getattr(one, name) for name in names) for fact, names in FACTS.items()
        }
        for one in entries
    }


def entries_of(table: Table) -> tuple[CatalogueEntry, ...]:
    """The procedures of a table that `table_of` made, in its order."""
    found = []
    for code, row in table.items():
        values: dict[str, Any] = {}
        for fact, names in FACTS.items():
            parts = row[fact]
            assert isinstance(parts, tuple)  # noqa: S101 - `table_of` makes no others
            values.update(zip(names, parts, strict=True))
        found.append(CatalogueEntry(code=code, **values))
    return tuple(found)


def services_in(text: str) -> tuple[str, ...]:
    """The services that a sheet names; which of them an office has, only the office knows."""
    reader = csv.DictReader(text.removeprefix("\ufeff").splitlines())
    try:
        reader.fieldnames = [name.strip() for name in reader.fieldnames or ()]
        rows = list(reader)
    except csv.Error:
        return ()
    named = ((row.get("service") or "").strip() for row in rows)
    return tuple(dict.fromkeys(name for name in named if name))
