"""A report as an Excel book: a sheet a section, real numbers with formats, formulas in words."""

from __future__ import annotations

import io
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from queue_server.contracts.report_views import (
    ReportFigure,
    ReportSection,
    ReportTable,
    ReportView,
    Unit,
)
from queue_server.contracts.views import Words
from queue_server.use_cases.reports.number_words import Language
from queue_server.use_cases.reports.paper import LABELS

BRAND = "0B5A4A"
QUIET = "43505B"
FACE = "Be Vietnam Pro"
FORMATS: dict[Unit, str] = {
    "min": "0.0",
    "count": "#,##0",
    "share": "0.0%",
    "per_year": "#,##0",
    "points": "0.0",
    "hours": "0.0",
}
UNITS: dict[Unit, tuple[str, str]] = {
    "min": ("phút", "minutes"),
    "count": ("lượt", "number"),
    "share": ("tỷ lệ", "share"),
    "per_year": ("một năm", "a year"),
    "points": ("điểm", "points"),
    "hours": ("giờ", "hours"),
}
HEAD = (
    ("Chỉ tiêu", "Figure"),
    ("Giá trị", "Value"),
    ("Đơn vị", "Unit"),
    ("Kỳ trước", "Period before"),
    ("Tử số", "Numerator"),
    ("Mẫu số", "Denominator"),
    ("Phải đạt", "Target"),
    ("Cách tính", "Formula"),
    ("Nguồn", "Source"),
    ("Ghi chú", "Note"),
)
WIDTHS = (44, 13, 11, 13, 13, 13, 26, 70, 12, 60)
LONGEST_NAME = 31
THIN = Border(bottom=Side(style="thin", color="C9D1D6"))
WRAP = Alignment(vertical="top", wrap_text=True)


def report_xlsx(report: ReportView, language: Language, colour: str = f"#{BRAND}") -> bytes:
    """The book as a file's content; `colour` is the office's."""
    return _Book(report, language, colour.lstrip("#")).made()


class _Book:
    def __init__(self, report: ReportView, language: Language, brand: str) -> None:
        self._brand = brand
        self._report = report
        self._language = language
        self._book = Workbook()

    def made(self) -> bytes:
        first = self._book.active
        assert isinstance(first, Worksheet)  # noqa: S101 - a new book has one sheet
        self._cover(first)
        for section in self._report.sections:
            sheet = self._book.create_sheet(self._say(section.title)[:LONGEST_NAME])
            self._section(sheet, section)
        out = io.BytesIO()
        self._book.save(out)
        return out.getvalue()

    def _say(self, both: Words | None) -> str:
        return "" if both is None else getattr(both, self._language)

    def _pick(self, both: tuple[str, str]) -> str:
        return both[0 if self._language == "vi" else 1]

    def _cover(self, sheet: Worksheet) -> None:
        period = self._report.period
        sheet.title = self._pick(("Báo cáo", "Report"))
        sheet["A1"] = self._say(self._report.office)
        sheet["A1"].font = Font(name=FACE, bold=True, size=16, color=self._brand)
        sheet["A2"] = self._say(period.name)
        sheet["A2"].font = Font(name=FACE, bold=True, size=13)
        facts = (
            (("Từ ngày", "From"), period.first),
            (("Đến ngày", "To"), period.last),
            (("Ngày có làm việc", "Days worked"), period.days_worked),
            (("Ngày có giờ không chính xác", "Days with inaccurate times"), period.days_inaccurate),
            (("Sự kiện cuối cùng được tính", "Last event counted"), self._report.seq),
            (("Lập lúc", "Made at"), f"{self._report.made_at:%d/%m/%Y %H:%M}"),
        )
        for row, (label, value) in enumerate(facts, 4):
            sheet.cell(row, 1, self._pick(label)).font = Font(name=FACE, color=QUIET)
            cell = sheet.cell(row, 2, value)
            cell.font = Font(name=FACE)
            cell.alignment = Alignment(horizontal="left")
            if row < 6:  # noqa: PLR2004 - the two dates
                cell.number_format = "dd/mm/yyyy"
        if self._report.training:
            sheet["A11"] = self._pick(("ĐÀO TẠO, không có thật", "TRAINING, not real"))
            sheet["A11"].font = Font(name=FACE, bold=True)
        if period.days_made_up:
            said = LABELS["made_up"][0 if self._language == "vi" else 1]
            sheet["A12"] = said.format(n=period.days_made_up)
            sheet["A12"].font = Font(name=FACE, bold=True)
        sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 44, 28

    def _section(self, sheet: Worksheet, section: ReportSection) -> None:
        sheet.append([self._say(section.title)])
        sheet["A1"].font = Font(name=FACE, bold=True, size=14, color=self._brand)
        sheet.append([self._say(section.note)])
        for one in section.remarks:
            sheet.append(_safe([self._say(one)]))
        for column, width in enumerate(WIDTHS, 1):
            sheet.column_dimensions[get_column_letter(column)].width = width
        if section.figures:
            self._head(sheet, [self._pick(one) for one in HEAD])
            for figure in section.figures:
                self._figure(sheet, figure)
        for table in section.tables:
            self._table(sheet, table)
        sheet.page_setup.orientation, sheet.page_setup.fitToWidth = "landscape", 1

    def _head(self, sheet: Worksheet, names: list[str]) -> None:
        sheet.append(names)
        for cell in sheet[sheet.max_row][: len(names)]:
            cell.font = Font(name=FACE, bold=True, color="FFFFFF")
            cell.fill = PatternFill("solid", fgColor=self._brand)
            cell.alignment = WRAP

    def _figure(self, sheet: Worksheet, figure: ReportFigure) -> None:
        made_of = "; ".join(f"{self._say(one.label)}: {one.value:g}" for one in figure.made_of)
        said = (self._say(figure.missing), self._say(figure.note), made_of)
        note = " ".join(filter(None, said))
        row: list[Any] = [
            self._say(figure.label),
            figure.value,
            self._pick(UNITS[figure.unit]),
            figure.before,
            figure.numerator,
            figure.denominator,
            self._say(figure.target_words),
            self._say(figure.formula),
            figure.source,
            note,
        ]
        sheet.append(_safe(row))
        for cell in sheet[sheet.max_row]:
            cell.font, cell.alignment, cell.border = Font(name=FACE), WRAP, THIN
        for column in (2, 4):
            sheet.cell(sheet.max_row, column).number_format = FORMATS[figure.unit]
        sheet.cell(sheet.max_row, 2).font = Font(name=FACE, bold=True)
        for column in (5, 6):
            sheet.cell(sheet.max_row, column).number_format = "#,##0.##"

    def _table(self, sheet: Worksheet, table: ReportTable) -> None:
        sheet.append([])
        sheet.append([self._say(table.title)])
        sheet.cell(sheet.max_row, 1).font = Font(name=FACE, bold=True, size=12)
        self._head(sheet, [self._say(table.first), *(self._say(one) for one in table.columns)])
        for row in table.rows:
            sheet.append(_safe([self._say(row.label), *(cell.value for cell in row.cells)]))
            sheet.cell(sheet.max_row, 1).font = Font(name=FACE)
            for column, cell in enumerate(row.cells, 2):
                found = sheet.cell(sheet.max_row, column)
                found.number_format, found.font = FORMATS[cell.unit], Font(name=FACE)


def _safe(row: list[Any]) -> list[Any]:
    """No text of an office's configuration becomes a formula."""
    return [f"'{one}" if isinstance(one, str) and one.startswith("=") else one for one in row]
