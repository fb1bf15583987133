"""A report as CSV, Excel book and A4 paper: opened again, counted again, looked at."""

from __future__ import annotations

import csv
import io
from datetime import date

import openpyxl
import pypdfium2
import pytest

from queue_server.adapters.report_csv import report_csv
from queue_server.adapters.report_xlsx import report_xlsx
from queue_server.bootstrap.report_side import report_file
from queue_server.contracts.report_views import ReportView
from queue_server.contracts.views import Words
from queue_server.use_cases.reports.number_words import Language, number_words
from tests.fakes.report_sample import sample_report


@pytest.fixture(scope="module")
def report() -> ReportView:
    return sample_report()


def test_the_csv_has_every_number_once(report: ReportView) -> None:
    text = report_csv(report, "vi").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    figures = sum(len(section.figures) for section in report.sections)
    cells = sum(len(row.cells) for s in report.sections for table in s.tables for row in table.rows)
    notes = sum(section.note is not None for section in report.sections)
    assert len(rows) == figures + cells + notes
    mean = next(row for row in rows if row["Chỉ tiêu"] == "Chờ trung bình")
    wanted = report.sections[0].figures[0].value
    assert float(mean["Giá trị"]) == pytest.approx(wanted)
    assert "÷" in mean["Cách tính"]


def test_no_name_becomes_a_formula(report: ReportView) -> None:
    risky = report.model_copy(deep=True)
    section = risky.sections[0].model_copy(update={"title": Words(vi="=1+1", en="=1+1")})
    risky = risky.model_copy(update={"sections": [section]})
    rows = list(csv.reader(io.StringIO(report_csv(risky, "vi").decode("utf-8-sig"))))
    assert {row[0] for row in rows[1:]} == {"'=1+1"}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_excel_opens_it_with_real_numbers(report: ReportView, language: Language) -> None:
    book = openpyxl.load_workbook(io.BytesIO(report_xlsx(report, language)))
    assert len(book.sheetnames) == len(report.sections) + 1
    cover = book.worksheets[0]
    assert cover["B4"].value.date() == date(2026, 5, 1)
    for section, sheet in zip(report.sections, book.worksheets[1:], strict=True):
        values = {row[0].value: row for row in sheet.iter_rows()}
        for figure in section.figures:
            row = values[getattr(figure.label, language)]
            assert row[1].value == pytest.approx(figure.value)
            if figure.unit == "share" and figure.value is not None:
                assert row[1].number_format == "0.0%"
            assert row[7].value == getattr(figure.formula, language)
        for table in section.tables:
            for one in table.rows:
                found = values[getattr(one.label, language)]
                shown = [cell.value for cell in found[1 : len(one.cells) + 1]]
                assert shown == pytest.approx([cell.value for cell in one.cells])
    assert not any(
        cell.data_type == "f"
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
    )


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_paper_is_a4_and_has_every_section_and_a_place_to_sign(
    report: ReportView, language: Language
) -> None:
    paper = pypdfium2.PdfDocument(report_file(report, "pdf", language))
    try:
        width, height = paper[0].get_size()
        assert (round(width), round(height)) == (595, 842)
        text = " ".join(page.get_textpage().get_text_range() for page in paper)
        flat = " ".join(text.split())
        for section in report.sections:
            assert getattr(section.title, language) in flat
        wanted = "THỦ TRƯỞNG ĐƠN VỊ" if language == "vi" else "HEAD OF OFFICE"
        assert wanted in flat
        assert number_words(report.sections[0].figures[0].value, "min", language) in flat
        picture = paper[0].render(scale=0.4).to_pil().convert("L")
        darkest, lightest = picture.getextrema()
        assert darkest < 80 < lightest
    finally:
        paper.close()


def test_numbers_are_written_as_people_read_them() -> None:
    assert number_words(12.44, "min", "vi") == "12,4 phút"
    assert number_words(1234567, "count", "vi") == "1.234.567"
    assert number_words(0.0951, "share", "en") == "9.5 %"
    assert number_words(None, "min", "vi") == "–"
