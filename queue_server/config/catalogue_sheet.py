"""A catalogue of procedures as a sheet: written as CSV, read back with line, column and reason."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

COLUMNS = ("code", "service", "name_vi", "name_en", "also", "papers_vi", "papers_en", "unsure")
UNSURE = ("fee", "processing", "documents", "accepts", "code", "name_vi", "result_vi")
CODE = re.compile(r"^[1-9]\.\d{6}$")
BETWEEN = " | "
LONGEST = 400
MOST = 2000
HEAD_LINE = 1
MISSING_COLUMN = "thiếu cột này / this column is missing"
UNKNOWN_COLUMN = "cột không biết / unknown column"


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One procedure. `papers` are pairs in both languages; `unsure` are facts to be confirmed."""

    code: str
    service: str
    name_vi: str
    name_en: str
    also: tuple[str, ...] = ()
    papers: tuple[tuple[str, str], ...] = ()
    unsure: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetFault:
    """Why a sheet cannot be taken: `line` counts from 1, `column` is a name of the head."""

    line: int
    column: str
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}, {self.column}: {self.reason}"


def sheet_of(entries: Iterable[CatalogueEntry]) -> str:
    """The entries as CSV text with a head."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in entries:
        vi, en = (BETWEEN.join(paper[side] for paper in one.papers) for side in (0, 1))
        names = [one.code, one.service, one.name_vi, one.name_en]
        writer.writerow([*names, BETWEEN.join(one.also), vi, en, BETWEEN.join(one.unsure)])
    return out.getvalue()


def digest_of_sheet(entries: Iterable[CatalogueEntry]) -> str:
    """SHA-256 of the catalogue's sheet, hexadecimal."""
    return hashlib.sha256(sheet_of(entries).encode()).hexdigest()


def read_sheet(
    text: str, services: Collection[str]
) -> tuple[tuple[CatalogueEntry, ...], tuple[SheetFault, ...]]:
    """The entries of a sheet, and everything that is wrong with it; with faults, use none of it."""
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    try:
        rows = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        return (), (SheetFault(reader.line_num, "–", f"không phải tệp CSV / no CSV: {error}"),)
    if not rows:
        return (), (SheetFault(HEAD_LINE, "–", "tệp trống / the sheet is empty"),)
    head = [cell.strip() for cell in rows[0][1]]
    faults = [SheetFault(HEAD_LINE, c, MISSING_COLUMN) for c in COLUMNS if c not in head]
    faults += [SheetFault(HEAD_LINE, c, UNKNOWN_COLUMN) for c in head if c not in COLUMNS]
    if len(rows) - 1 > MOST:
        faults.append(
            SheetFault(rows[MOST][0], "code", f"quá {MOST} thủ tục / more than {MOST} procedures")
        )
    if faults:
        return (), tuple(faults)
    entries: list[CatalogueEntry] = []
    seen: dict[str, int] = {}
    for line, row in rows[1:]:
        found, wrong = _entry(line, dict(zip(head, row, strict=False)), len(row), services)
        faults += wrong
        if found.code in seen:
            first = seen[found.code]
            reason = (
                f"'{found.code}' đã có ở dòng {first} / "
                f"'{found.code}' stands in line {first} already"
            )
            faults.append(SheetFault(line, "code", reason))
        seen.setdefault(found.code, line)
        entries.append(found)
    if not entries:
        faults.append(
            SheetFault(HEAD_LINE, "code", "không có thủ tục nào / no procedure in the sheet")
        )
    return tuple(entries), tuple(faults)


def _entry(
    line: int, row: dict[str, str], cells: int, services: Collection[str]
) -> tuple[CatalogueEntry, list[SheetFault]]:
    said = {column: row.get(column, "").strip() for column in COLUMNS}
    faults = [SheetFault(line, column, reason) for column, reason in _faults(said, cells, services)]
    vi, en = _parts(said["papers_vi"]), _parts(said["papers_en"])
    return (
        CatalogueEntry(
            code=said["code"],
            service=said["service"],
            name_vi=said["name_vi"],
            name_en=said["name_en"],
            also=_parts(said["also"]),
            papers=tuple(zip(vi, en, strict=False)),
            unsure=_parts(said["unsure"]),
        ),
        faults,
    )


def _faults(
    said: dict[str, str], cells: int, services: Collection[str]
) -> Iterable[tuple[str, str]]:
    if cells != len(COLUMNS):
        yield (
            "–",
            f"{cells} ô, dòng đầu có {len(COLUMNS)} / {cells} cells, the head has {len(COLUMNS)}",
        )
    if not CODE.match(said["code"]):
        code = said["code"][:40]
        yield "code", f"'{code}' không phải mã như 1.001193 / '{code}' is no code like 1.001193"
    if said["service"] not in services:
        there = ", ".join(services)
        none = said["service"][:40]
        yield "service", f"không có '{none}' / no service '{none}'; there are {there}"
    for column in ("name_vi", "name_en"):
        if not said[column]:
            yield column, "để trống / is empty"
        elif len(said[column]) > LONGEST:
            yield column, f"dài quá {LONGEST} chữ / longer than {LONGEST} letters"
    vi, en = _parts(said["papers_vi"]), _parts(said["papers_en"])
    if len(vi) != len(en):
        n, of = len(en), len(vi)
        yield "papers_en", f"{n} giấy tờ, tiếng Việt có {of} / {n} papers, in Vietnamese {of}"
    for field in _parts(said["unsure"]):
        if field not in UNSURE:
            known = ", ".join(UNSURE)
            yield (
                "unsure",
                f"'{field[:40]}' không thuộc {known} / '{field[:40]}' is none of {known}",
            )


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("|") if part.strip())
