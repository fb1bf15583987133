"""Index 766 with every metric's formula, and the sheet of work by counter from facts alone."""

from __future__ import annotations

from queue_server.config.report_data import IndexMetric
from queue_server.contracts.report_views import (
    ReportCell,
    ReportFigure,
    ReportRow,
    ReportSection,
    ReportTable,
)
from queue_server.use_cases.reports import complaint_ledger as complaints
from queue_server.use_cases.reports.dossier_ledger import (
    COUNTED,
    IN_TIME,
    PERIOD_SETS,
    chosen_of,
)
from queue_server.use_cases.reports.figures import Figures, Ground, ratio, words
from queue_server.use_cases.reports.index54 import content_parts, content_share
from queue_server.use_cases.reports.selection import Selection

APPEAL = words(
    "Chỉ lấy từ sự kiện đã ghi; không có máy ảnh, không xếp hạng. Số liệu phụ thuộc loại thủ tục và"
    " lượng khách: không so hai quầy khác việc. Thấy sai, cán bộ ghi số phiếu và gửi người quản lý;"
    " người quản lý mở từng sự kiện để kiểm tra và trả lời trong 5 ngày làm việc.",
    "From recorded events alone: no camera, no ranking. Figures depend on the kind of procedure and"
    " on how many come: do not compare counters with other work. Who finds a fault notes the ticket"
    " and tells the manager, who opens each event and answers within 5 working days.",
)


def index766(figures: Figures) -> ReportSection:
    """All metrics. None is guessed: what needs another source says which."""
    index = figures.ground.data.index
    parts = [_metric(figures, metric) for metric in index.metric]
    rows = [
        ReportRow(
            label=group.name,
            cells=[
                ReportCell(value=group.points, unit="points"),
                ReportCell(value=_points(parts, group.id, index.metric), unit="points"),
            ],
        )
        for group in index.group
    ]
    table = ReportTable(
        id="index766_groups",
        title=words("Điểm theo nhóm (tối đa 100)", "Points by group (100 at most)"),
        first=words("Nhóm", "Group"),
        columns=[words("Tối đa", "At most"), words("Đo được tại đây", "Measured here")],
        rows=rows,
    )
    return ReportSection(
        id="index766", title=figures.section_title("index766"), figures=parts, tables=[table]
    )


MEASURED = {
    "2.1": (IN_TIME, COUNTED),
    "4.3": ("dossiers_reused", "dossiers_filed"),
    "5.1": (complaints.CLASSIFIED, complaints.COUNTED),
    "5.2": (complaints.IN_TIME, complaints.COUNTED),
}
"""Metrics whose whole formula an office's own events have: part over whole."""


def _count(ground: Ground, name: str) -> int:
    if name in PERIOD_SETS:
        return len(chosen_of(ground.dossiers, name))
    if name in complaints.COMPLAINT_SETS:
        return len(complaints.complaints_of(ground.complaints, name))
    return ground.now.count(name)


def _measured(figures: Figures, metric: IndexMetric, most: float) -> dict[str, object] | None:
    """Points with their parts and what opens those; None where there is nothing to count."""
    ground, full = figures.ground, metric.full_at or 1.0
    if metric.id == "5.4":
        share = content_share(ground)
        if share is None:
            return None
        points = most * min(1.0, share / full)
        return {
            "value": points,
            "n": ground.now.count("finished"),
            "made_of": content_parts(ground),
        }
    part, whole = MEASURED.get(metric.id, ("", ""))
    some, everybody = _count(ground, part), _count(ground, whole)
    if not everybody:
        return None
    return {
        "value": most * min(1.0, some / everybody / full),
        "n": everybody,
        "numerator": some,
        "denominator": everybody,
        "opens": part,
        "whole": whole,
    }


def _metric(figures: Figures, metric: IndexMetric) -> ReportFigure:
    most = metric.points
    found = None if most is None else _measured(figures, metric, most)
    if found is None:
        found = {"value": None, "missing": figures.reason(metric.needs)}
    said = ReportFigure(
        id=f"index_{metric.id}",
        label=words(f"{metric.id} {metric.name.vi}", f"{metric.id} {metric.name.en}"),
        value=None,
        unit="points",
        formula=metric.formula,
        source="766",
        target=most,
        target_words=None
        if most is None
        else words(f"tối đa {most:g} điểm", f"{most:g} points at most"),
    )
    return said.model_copy(update=found)


def _points(
    parts: list[ReportFigure], group: str, metrics: tuple[IndexMetric, ...]
) -> float | None:
    of_group = {f"index_{metric.id}" for metric in metrics if metric.group == group}
    found = [part.value for part in parts if part.id in of_group and part.value is not None]
    return sum(found) if found else None


def staff(figures: Figures) -> ReportSection:
    """One row for each counter with enough visits; fewer say nothing about anybody."""
    ground = figures.ground
    rows = [
        ReportRow(label=words(f"Quầy {value}", f"Counter {value}"), cells=_work(ground, value))
        for value in ground.now.values("finished", "counter")
    ]
    fewest = ground.settings.fewest
    note = words(
        f"{APPEAL.vi} Dưới {fewest} lượt thì không hiện trung bình hay tỷ lệ.",
        f"{APPEAL.en} Below {fewest} visits no mean or share is shown.",
    )
    table = ReportTable(
        id="by_counter",
        title=words("Theo quầy", "By counter"),
        first=words("Quầy", "Counter"),
        columns=WORK_COLUMNS,
        rows=rows,
    )
    return ReportSection(
        id="staff", title=figures.section_title("staff"), note=note, figures=[], tables=[table]
    )


WORK_COLUMNS = [
    words("Lượt hoàn thành", "Finished"),
    words("Giờ mở quầy", "Hours open"),
    words("Phút một lượt", "Minutes a visit"),
    words("Được đánh giá", "Rated"),
    words("Hài lòng", "Satisfied"),
    words("Phải quay lại", "To come again"),
]


def _work(ground: Ground, value: str) -> list[ReportCell]:
    """Visits, hours, minutes a visit, ratings and returns of one counter."""
    now, fewest = ground.now, ground.settings.fewest

    def opens(visits: str) -> str:
        return str(Selection(visits, "counter", value))

    finished = now.count("finished", "counter", value)
    served, rated = now.timed("served", "counter", value), now.count("rated", "counter", value)
    happy = ratio(now.count("rated_happy", "counter", value), rated)
    again = ratio(now.count("to_come_again", "counter", value), finished)
    open_h = now.tallies.get(("open_s", value), 0) / 3600
    mean = served.mean_min() if served.n >= fewest else None
    return [
        ReportCell(value=finished, unit="count", opens=opens("finished")),
        ReportCell(value=open_h, unit="hours", opens=opens("counter_open")),
        ReportCell(value=mean, unit="min", opens=opens("served")),
        ReportCell(value=rated, unit="count", opens=opens("rated")),
        ReportCell(
            value=happy if rated >= fewest else None, unit="share", opens=opens("rated_happy")
        ),
        ReportCell(
            value=again if finished >= fewest else None,
            unit="share",
            opens=opens("to_come_again"),
        ),
    ]
