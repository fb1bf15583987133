"""A catalogue of procedures as a sheet: written as CSV, read back with line, column and reason."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict, dataclass

UNSURE = ("fee", "processing", "documents", "accepts", "code", "name_vi", "result_vi")
FILED = ("full", "guided", "prepare_only")
"""The modes in which a procedure is declared and handed in at a kiosk."""
MODES = (*FILED, "appointment_only", "none")
ACCEPTS = ("", "province", "nationwide")
UNITS = ("working_day", "calendar_day", "immediate")
CODE = re.compile(r"^[1-9]\.\d{6}$")
CUTOFF = re.compile(r"^([01]\d|2[0-3]):[0-5]\d$")
VERSION = re.compile(r"^\w[\w.-]{0,39}$")
BETWEEN = " | "
LONGEST = 400
MOST = 2000
MOST_VND = 100_000_000
MOST_DAYS = 366
HEAD_LINE = 1
DAY = "2026-11-22"
MISSING_COLUMN = "thiếu cột này / this column is missing"
UNKNOWN_COLUMN = "cột không biết / unknown column"
FORMULA = ("=", "+", "-", "@")
HIDDEN = frozenset({"Cc", "Cf", "Co", "Cs"})


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One procedure.

    `version` says of when its facts are. `mode` is how far it goes at a kiosk, `accepts` from how
    far away papers are taken (empty: not known). Fees are in đồng, None where the office has not
    filled them in; `fee_note` is who pays less. `time` counts `time_unit`; papers after `cutoff`
    count for the next day. `papers` are pairs in both languages; `unsure` waits to be confirmed.
    """

    code: str
    service: str
    name_vi: str
    name_en: str
    version: str = "1"
    mode: str = "none"
    accepts: str = ""
    fee_vnd: int | None = None
    per_vi: str = ""
    per_en: str = ""
    fee_note_vi: str = ""
    fee_note_en: str = ""
    time: int | None = None
    time_unit: str = ""
    cutoff: str = ""
    minutes: int | None = None
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


_FIELDS = tuple(CatalogueEntry.__dataclass_fields__)
_LISTS = ("also", "papers", "unsure")
NUMBERS = {"fee_vnd": MOST_VND, "time": MOST_DAYS, "minutes": 24 * 60}
TEXTS = tuple(name for name in _FIELDS if name not in {*_LISTS, *NUMBERS})
COLUMNS = (
    *(name for name in _FIELDS if name not in _LISTS),
    "also",
    "papers_vi",
    "papers_en",
    "unsure",
)
PAIRS = (("per_vi", "per_en"), ("fee_note_vi", "fee_note_en"))


def sheet_of(entries: Iterable[CatalogueEntry]) -> str:
    """The entries as CSV text with a head."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    for one in entries:
        row = {name: "" if value is None else value for name, value in asdict(one).items()}
        lists = {"also": one.also, "unsure": one.unsure}
        lists |= {f"papers_{lang}": tuple(p[n] for p in one.papers) for n, lang in SIDES}
        writer.writerow(row | {name: BETWEEN.join(parts) for name, parts in lists.items()})
    return out.getvalue()


SIDES = ((0, "vi"), (1, "en"))
IF_IT_APPLIES = (", nếu thuộc diện", ", if it applies")
"""How a sheet says that a paper is asked for in some cases only."""


def papers_of(entry: CatalogueEntry) -> Iterator[tuple[str, str, bool]]:
    """The papers by their names alone, in both languages, and whether only some bring them."""
    for vi, en in entry.papers:
        sometimes = vi.endswith(IF_IT_APPLIES[0])
        yield vi.removesuffix(IF_IT_APPLIES[0]), en.removesuffix(IF_IT_APPLIES[1]), sometimes


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
    told = [*_faults(said, cells, services), *_faults_of_lists(said)]
    told += [*_faults_of_facts(said), *_faults_of_time(said), *_faults_of_signs(said)]
    faults = [SheetFault(line, column, reason) for column, reason in told]
    vi, en = _parts(said["papers_vi"]), _parts(said["papers_en"])
    return (
        CatalogueEntry(
            **{name: said[name] for name in TEXTS},  # type: ignore[arg-type]  # all are texts
            **{name: _number(said[name], most) for name, most in NUMBERS.items()},  # type: ignore[arg-type]  # numbers
            also=_parts(said["also"]),
            papers=tuple(zip(vi, en, strict=False)),
            unsure=_parts(said["unsure"]),
        ),
        faults,
    )


def _faults(
    said: dict[str, str], cells: int, services: Collection[str]
) -> Iterator[tuple[str, str]]:
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
    for column in TEXTS:
        if len(said[column]) > LONGEST:
            yield column, f"dài quá {LONGEST} chữ / longer than {LONGEST} letters"


def _faults_of_lists(said: dict[str, str]) -> Iterator[tuple[str, str]]:
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


def _faults_of_facts(said: dict[str, str]) -> Iterator[tuple[str, str]]:
    """What is wrong with version, mode and fee."""
    if not VERSION.match(said["version"]):
        yield (
            "version",
            _both(said["version"], "không phải phiên bản như", "is no version like", DAY),
        )
    for column, known in (("mode", MODES), ("accepts", ACCEPTS)):
        if said[column] not in known:
            those = ", ".join(filter(None, known))
            yield column, _both(said[column], "không thuộc", "is none of", those)
    for column, most in NUMBERS.items():
        if said[column] and _number(said[column], most) is None:
            way = ("không phải số nguyên từ 0 đến", "is no whole number from 0 to")
            yield column, _both(said[column], *way, str(most))
    for vi, en in PAIRS:
        if bool(said[vi]) != bool(said[en]):
            yield en, "chỉ có một ngôn ngữ / is said in one language only"


def _faults_of_time(said: dict[str, str]) -> Iterator[tuple[str, str]]:
    if said["time"] and said["time_unit"] not in UNITS:
        known = ", ".join(UNITS)
        yield "time_unit", _both(said["time_unit"], "không thuộc", "is none of", known)
    if not said["time"] and (said["time_unit"] or said["cutoff"]):
        yield "time", "để trống bên cạnh đơn vị / is empty beside its unit"
    if said["cutoff"] and not CUTOFF.match(said["cutoff"]):
        yield "cutoff", _both(said["cutoff"], "không phải giờ như", "is no time like", "15:00")


def _faults_of_signs(said: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Nothing that a table program would run, and nothing that cannot be seen."""
    for column, text in said.items():
        if text.startswith(FORMULA):
            yield column, f"bắt đầu như công thức '{text[0]}' / begins like a formula"
        if any(unicodedata.category(sign) in HIDDEN for sign in text):
            yield column, "có ký tự không nhìn thấy / holds a sign that cannot be seen"


def _both(text: str, vi: str, en: str, rest: str) -> str:
    """What was said and what is wrong with it, Vietnamese first."""
    shown = f"'{text[:40]}'"
    return f"{shown} {vi} {rest} / {shown} {en} {rest}"


def _number(text: str, most: int) -> int | None:
    if not (text.isascii() and text.isdigit()) or len(text) > len(str(most)):
        return None
    return int(text) if int(text) <= most else None


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("|") if part.strip())
