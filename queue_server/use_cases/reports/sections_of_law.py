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
from queue_server.use_cases.reports.figures import Figures, Ground, ratio, words
from queue_server.use_cases.reports.index54 import content_parts, count_in
from queue_server.use_cases.reports.index_points import group_points, points_of
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
    given = {metric.id: part.value for metric, part in zip(index.metric, parts, strict=True)}
    rows = [
        ReportRow(
            label=group.name,
            cells=[
                ReportCell(value=group.points, unit="points"),
                ReportCell(value=group_points(given, group.id, index.metric), unit="points"),
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


def _measured(figures: Figures, metric: IndexMetric) -> dict[str, object] | None:
    """Points with their parts and what opens those; None where there is nothing to count."""
    count = count_in(figures.ground)
    found = points_of(metric, count)
    if found is None:
        return None
    told: dict[str, object] = {"value": found.value, "n": found.n}
    if not found.part:
        return told | {"made_of": content_parts(figures.ground)}
    parts = {"numerator": count(found.part), "denominator": count(found.whole)}
    return told | parts | {"opens": found.part, "whole": found.whole}


def _metric(figures: Figures, metric: IndexMetric) -> ReportFigure:
    most = metric.points
    found = _measured(figures, metric)
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
