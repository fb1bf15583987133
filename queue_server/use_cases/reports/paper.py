"""A report as the plain content of a printed paper: every number is a text already."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from queue_server.contracts.report_views import ReportFigure, ReportSection, ReportTable, ReportView
from queue_server.contracts.views import Words
from queue_server.domain.office import ZONE
from queue_server.use_cases.reports.number_words import Language, number_words
from queue_server.use_cases.reports.sections_of_filing import FUNNEL
from queue_server.use_cases.reports.staff_sheet import SHEET

LABELS = {
    "title": ("BÁO CÁO HOẠT ĐỘNG", "REPORT"),
    "days": ("Ngày làm việc", "Days worked"),
    "inaccurate": ("Ngày có giờ không chính xác", "Days with inaccurate times"),
    "made": ("Lập lúc", "Made at"),
    "seq": ("Đến sự kiện số", "Up to event"),
    "figure": ("Chỉ tiêu", "Figure"),
    "value": ("Giá trị", "Value"),
    "before": ("Kỳ trước", "Before"),
    "target": ("Phải đạt", "Target"),
    "n": ("Tử / mẫu", "Parts"),
    "missing": ("Chưa đo được tại đây", "Not measurable here"),
    "page": ("Trang", "Page"),
    "maker": ("NGƯỜI LẬP BÁO CÁO", "PREPARED BY"),
    "head": ("THỦ TRƯỞNG ĐƠN VỊ", "HEAD OF OFFICE"),
    "sign": ("(Ký, ghi rõ họ tên)", "(Signature and full name)"),
    "stamp": ("(Ký, đóng dấu, ghi rõ họ tên)", "(Signature, seal and full name)"),
    "place": ("……………, ngày …… tháng …… năm ………", "……………, date ……………………"),
    "training": ("ĐÀO TẠO, không có thật", "TRAINING, not real"),
    "made_up": (
        "{n} ngày trong kỳ do chương trình dựng để trình diễn, không có thật",
        "{n} days of this period were made up for a demonstration, not real",
    ),
    "open": ("Kỳ báo cáo chưa kết thúc", "This period is not over yet"),
}
LONG_TABLES = frozenset({"online_targets"})
"""Shown on screen and in files; on paper they would only fill pages."""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """How the office's papers look and who signs them; the picture is a PNG."""

    colour: str = "#0B5A4A"
    place: str = ""
    signer: tuple[str, str] = ("", "")
    signer_name: str = ""
    logo: bytes = b""


PLAIN = Letterhead()


def paper_of(report: ReportView, language: Language, head: Letterhead = PLAIN) -> dict[str, Any]:
    """What the template reads."""
    chosen = 0 if language == "vi" else 1
    period = report.period
    made_at = report.made_at.astimezone(ZONE)
    return {
        "language": language,
        "words": {key: both[chosen] for key, both in LABELS.items()}
        | _title(report, chosen)
        | _signed(head, chosen),
        "office": getattr(report.office, language),
        "period": getattr(period.name, language),
        "span": f"{period.first:%d/%m/%Y} – {period.last:%d/%m/%Y}",
        "days": str(period.days_worked),
        "inaccurate": str(period.days_inaccurate),
        "made": f"{made_at:%d/%m/%Y %H:%M}",
        "seq": number_words(report.seq, "count", language),
        "brand": head.colour,
        "logo": list(head.logo),
        "signer_name": head.signer_name,
        "training": report.training,
        "made_up": LABELS["made_up"][chosen].format(n=period.days_made_up)
        if period.days_made_up
        else "",
        "complete": period.complete,
        "sections": [_section(section, language) for section in report.sections],
    }


def _signed(head: Letterhead, chosen: int) -> dict[str, str]:
    """The signature block where the office said who signs, and where."""
    said = {}
    if head.signer[chosen]:
        said["head"] = head.signer[chosen].upper()
    if head.place:
        day = ("ngày …… tháng …… năm ………", "date ……………………")[chosen]
        said["place"] = f"{head.place}, {day}"
    return said


def _title(report: ReportView, chosen: int) -> dict[str, str]:
    """A sheet of its own says what it is."""
    if [section.id for section in report.sections] == [SHEET]:
        return {"title": ("BẢNG SỐ LIỆU CÁN BỘ", "STAFF SHEET")[chosen]}
    return {}


def _section(section: ReportSection, language: Language) -> dict[str, Any]:
    return {
        "title": getattr(section.title, language),
        "note": _say(section.note, language),
        "remarks": [_say(one, language) for one in section.remarks],
        "figures": [_figure(figure, language) for figure in section.figures],
        "tables": [
            _table(t, language) for t in section.tables if t.id not in LONG_TABLES and t.rows
        ],
    }


def _figure(figure: ReportFigure, language: Language) -> dict[str, Any]:
    parts = ""
    if figure.numerator is not None and figure.denominator is not None:
        some, whole = (
            number_words(part, "count", language) for part in (figure.numerator, figure.denominator)
        )
        parts = f"{some} / {whole}"
    elif figure.made_of:
        parts = "; ".join(
            f"{getattr(one.label, language)}: {number_words(one.value, 'count', language)}"
            for one in figure.made_of
        )
    elif figure.n is not None:
        parts = f"n = {number_words(figure.n, 'count', language)}"
    return {
        "label": getattr(figure.label, language),
        "value": number_words(figure.value, figure.unit, language),
        "before": ""
        if figure.before is None
        else number_words(figure.before, figure.unit, language),
        "target": _say(figure.target_words, language),
        "parts": parts,
        "formula": getattr(figure.formula, language) + cited(figure.source),
        "missing": _say(figure.missing, language),
        "note": _say(figure.note, language),
        "standing": figure.standing or "",
    }


def _table(table: ReportTable, language: Language) -> dict[str, Any]:
    return {
        "title": getattr(table.title, language),
        "head": [getattr(table.first, language), *(getattr(c, language) for c in table.columns)],
        "funnel": _funnel(table, language) if table.id == FUNNEL else [],
        "rows": [
            [
                getattr(row.label, language),
                *(number_words(cell.value, cell.unit, language) for cell in row.cells),
            ]
            for row in table.rows
        ],
    }


def _funnel(table: ReportTable, language: Language) -> list[dict[str, Any]]:
    """The stages as a picture: how many came, and which share of those who began."""
    came = [row.cells[0].value or 0 for row in table.rows]
    return [
        {
            "label": getattr(row.label, language),
            "reached": number_words(reached, "count", language),
            "share": reached / max(came[0], 1),
        }
        for row, reached in zip(table.rows, came, strict=True)
    ]


def _say(both: Words | None, language: Language) -> str:
    return "" if both is None else getattr(both, language)


def cited(source: str) -> str:
    """Where a figure is asked for, if a reader can look it up: ids of our own plan say nothing."""
    known = [one for one in source.split(", ") if not re.match(r"R\d", one)]
    return f" [{', '.join(known)}]" if known else ""
