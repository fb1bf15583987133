"""A report as CSV: one figure or table cell a line, numbers plain, opened by any spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from queue_server.contracts.report_views import ReportSection, ReportView
from queue_server.contracts.views import Words
from queue_server.use_cases.reports.number_words import Language
from queue_server.use_cases.reports.paper import LABELS

HEAD = (
    ("section", "Phần"),
    ("figure", "Chỉ tiêu"),
    ("group", "Nhóm"),
    ("value", "Giá trị"),
    ("unit", "Đơn vị"),
    ("n", "Số lượt"),
    ("numerator", "Tử số"),
    ("denominator", "Mẫu số"),
    ("target", "Chỉ tiêu phải đạt"),
    ("formula", "Cách tính"),
    ("source", "Nguồn"),
    ("not_measured", "Chưa đo được"),
    ("visits", "Danh sách lượt"),
)
BOM = "\ufeff"
RISKY = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet would take such a text for a formula."""
Cell = str | float | None


def report_csv(report: ReportView, language: Language) -> bytes:
    """The report, UTF-8 with a mark by which Excel knows it; numbers have a decimal point."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([vi if language == "vi" else en for en, vi in HEAD])
    for said in _marks(report, 0 if language == "vi" else 1):
        writer.writerow([said, *[None] * (len(HEAD) - 1)])
    for section in report.sections:
        for row in _rows(section, language):
            writer.writerow([_safe(cell) for cell in row])
    return (BOM + out.getvalue()).encode()


def _marks(report: ReportView, chosen: int) -> Iterator[str]:
    """What nobody may overlook who uses these numbers."""
    if report.training:
        yield LABELS["training"][chosen]
    if report.period.days_made_up:
        yield LABELS["made_up"][chosen].format(n=report.period.days_made_up)


def _rows(section: ReportSection, language: Language) -> Iterator[list[Cell]]:
    def say(both: Words | None) -> str:
        return "" if both is None else getattr(both, language)

    title = say(section.title)
    if section.note:
        yield [title, "Ghi chú" if language == "vi" else "Note", say(section.note), *[None] * 10]
    for one in section.remarks:
        yield [title, "Khiếu nại" if language == "vi" else "Appeal", say(one), *[None] * 10]
    for figure in section.figures:
        yield [
            title,
            say(figure.label),
            "",
            figure.value,
            figure.unit,
            figure.n,
            figure.numerator,
            figure.denominator,
            say(figure.target_words),
            say(figure.formula),
            figure.source,
            say(figure.missing),
            figure.opens or "",
        ]
        for part in figure.made_of:
            named = [title, f"{say(figure.label)}: {say(part.label)}", ""]
            yield [*named, part.value, "count", *[None] * 7, part.opens]
    for table in section.tables:
        for row in table.rows:
            for column, cell in zip(table.columns, row.cells, strict=True):
                named = [title, f"{say(table.title)}: {say(column)}", say(row.label)]
                rest = [None, None, None, "", "", "", "", cell.opens or ""]
                yield [*named, cell.value, cell.unit, *rest]


def _safe(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(RISKY) else cell
