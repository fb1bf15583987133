"""Decimal commas: read as points in a column that writes its numbers so, and in no other way.

Half of the world writes 480,5 for 480.5. One number alone may be misread: 1,200 is twelve hundred
to some and little more than one to others. So a column is judged as a whole: no number in it has a
point, and at least one cannot be a number of thousands within a day.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence

COMMA = re.compile(r"-?\d+,\d+")
POINT = re.compile(r"-?\d+\.\d+")
THOUSANDS = re.compile(r"-?[1-9]\d{0,2},\d{3}")
# No minute of a log is further from midnight than two days.
LARGEST = 2880.0


def comma_columns(rows: csv.DictReader[str], columns: Sequence[str]) -> frozenset[str]:
    """Which of the columns write their numbers with decimal commas; reads all rows."""
    places = {name: place for place, name in enumerate(rows.fieldnames or []) if name in columns}
    proved, pointed = set(), set()
    for cells in rows.reader:
        for name, place in places.items():
            cell = cells[place].strip() if place < len(cells) else ""
            if "," in cell:
                if COMMA.fullmatch(cell) and not _thousands(cell):
                    proved.add(name)
            elif "." in cell and POINT.fullmatch(cell):
                pointed.add(name)
    return frozenset(proved - pointed)


def _thousands(cell: str) -> bool:
    """Whether this may be a whole number of minutes with its thousands set apart."""
    return bool(THOUSANDS.fullmatch(cell)) and abs(float(cell.replace(",", ""))) < LARGEST


def with_points(row: dict[str, str], columns: frozenset[str]) -> list[str]:
    """Put points for the commas of these columns, in place; the columns in which there was one."""
    found = [name for name in columns if COMMA.fullmatch(row[name])]
    for name in found:
        row[name] = row[name].replace(",", ".")
    return sorted(found)


def said_of(column: str) -> str:
    """How a report names what was done."""
    return f"a decimal comma in {column}, read as a point"
