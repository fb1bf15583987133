"""Sections that an office measures from its own visits: waits, service, priority, ratings."""

from __future__ import annotations

from queue_server.contracts.report_views import (
    ReportCell,
    ReportFigure,
    ReportRow,
    ReportSection,
    ReportTable,
)
from queue_server.contracts.views import Words
from queue_server.domain.ticket import PriorityClass
from queue_server.use_cases.reports.figures import (
    Figures,
    count_cell,
    priority_words,
    ratio,
    service_words,
    standing,
    wait_table,
    words,
)
from queue_server.use_cases.reports.fold import quantile_min
from queue_server.use_cases.reports.index54 import content_parts, content_share
from queue_server.use_cases.reports.other_facts import smile_share
from queue_server.use_cases.reports.selection import Selection

EVERYBODY = Selection("waited")
MOST_DAYS = 31
BY_SERVICE = words("Theo lĩnh vực", "By service")
SERVICE = words("Lĩnh vực", "Service")


def waits(figures: Figures) -> ReportSection:
    """Waits against 15 and 30 minutes."""
    ground = figures.ground
    good, limit = ground.good_min, ground.limit_min
    mean = ground.now.timed("waited").mean_min()
    said = words(
        f"không quá {good:g} phút; giới hạn {limit:g}", f"at most {good:g} min; limit {limit:g}"
    )
    parts = [
        figures.mean(
            "wait_mean",
            EVERYBODY,
            target=good,
            target_words=said,
            standing=standing(mean, good, limit),
        ),
        *figures.quantiles("waited", {"wait_p50": 0.5, "wait_p90": 0.9}),
        figures.share("over15", "over15", "waited"),
        figures.share("over30", "over30", "waited"),
        figures.count("issued", Selection("issued")),
        figures.share("no_show", "no_show", "issued"),
        figures.share("abandoned", "abandoned", "issued"),
    ]
    services = {s: service_words(ground.office, s) for s in ground.now.values("issued", "service")}
    tables = [wait_table(figures, "service", BY_SERVICE, SERVICE, services)]
    if 1 < len(ground.now.days) <= MOST_DAYS:
        tables.append(_by_day(figures))
    return ReportSection(
        id="waits", title=figures.section_title("waits"), figures=parts, tables=tables
    )


def _by_day(figures: Figures) -> ReportTable:
    """The trend: each day's visits and mean wait; each opens what was on that day."""
    ground = figures.ground
    rows = []
    for day in sorted(ground.now.days):
        n, total_s = ground.now.wait_by_day.get(day, (0, 0.0))
        mean = total_s / n / 60 if n else None
        mark = standing(mean, ground.good_min, ground.limit_min)
        label = words(f"{day:%d/%m/%Y}", f"{day:%d/%m/%Y}")
        issued = ground.now.issued_by_day.get(day, 0)
        count = ReportCell(value=issued, unit="count", opens="issued")
        wait = ReportCell(value=mean, unit="min", standing=mark, opens="waited")
        rows.append(ReportRow(label=label, cells=[count, wait], day=day))
    columns = [words("Lượt lấy số", "Tickets"), words("Chờ trung bình", "Mean wait")]
    return ReportTable(
        id="waits_by_day",
        title=words("Theo ngày", "By day"),
        first=words("Ngày", "Day"),
        columns=columns,
        rows=rows,
    )


def service_time(figures: Figures) -> ReportSection:
    """Minutes at the counter against the city's 30, whose direction is a setting."""
    ground = figures.ground
    limit, most = ground.settings.service_min, ground.settings.service_direction == "at_most"
    mean = ground.now.timed("served").mean_min()
    reached = mean is not None and (mean <= limit if most else mean >= limit)
    said = (
        words(f"không quá {limit:g} phút", f"at most {limit:g} min")
        if most
        else words(
            f"tối thiểu {limit:g} phút (theo văn bản)", f"at least {limit:g} min (as the text says)"
        )
    )
    note = words(
        "Một lượt có thể gồm nhiều hồ sơ; phút của từng hồ sơ đo được khi hồ sơ được ghi tại đây.",
        "A visit may be several dossiers; their minutes are measured once dossiers are kept here.",
    )
    p90 = figures.quantiles("served", {"served_p90": 0.9})
    return ReportSection(
        id="service",
        title=figures.section_title("service"),
        note=note,
        figures=[
            figures.mean(
                "served_mean",
                Selection("served"),
                target=limit,
                target_words=said,
                standing=None if mean is None else ("good" if reached else "over"),
            ),
            *p90,
            figures.share("served_over30", "served_over30", "served"),
        ],
        tables=[_service_table(figures)],
    )


def _service_table(figures: Figures) -> ReportTable:
    ground = figures.ground
    rows = []
    for service in ground.now.values("served", "service"):
        times = ground.now.timed("served", "service", service)
        opens = str(Selection("served", "service", service))
        over = Selection("served_over30", "service", service)
        p50, p90 = quantile_min(times, 0.5, 0.9)
        cells = [ReportCell(value=times.n, unit="count", opens=opens)]
        cells += [
            ReportCell(value=value, unit="min", opens=opens)
            for value in (times.mean_min(), p50, p90)
        ]
        share = ratio(ground.now.counts[over], times.n)
        cells.append(ReportCell(value=share, unit="share", opens=str(over)))
        rows.append(ReportRow(label=service_words(ground.office, service), cells=cells))
    columns = [
        words("Lượt", "Visits"),
        words("Trung bình", "Mean"),
        words("Trung vị", "P50"),
        words("P90", "P90"),
        words("> 30 phút", "> 30 min"),
    ]
    return ReportTable(
        id="service_by_service", title=BY_SERVICE, first=SERVICE, columns=columns, rows=rows
    )


def priority(figures: Figures) -> ReportSection:
    """How many people of each class came, and how long they waited."""
    ground = figures.ground
    present = ground.now.values("issued", "priority")
    labels = {str(p): priority_words(p) for p in PriorityClass if p in present}
    title = words("Theo diện", "By class")
    return ReportSection(
        id="priority",
        title=figures.section_title("priority"),
        figures=[figures.share("priority_share", "priority", "issued")],
        tables=[wait_table(figures, "priority", title, words("Diện", "Class"), labels)],
    )


def returned(figures: Figures, outcomes: dict[str, Words]) -> ReportSection:
    """Who has to come again, and who was sent on or back."""
    now = figures.ground.now
    rows = []
    for code in now.values("finished", "outcome"):
        count = count_cell(now, "finished", "outcome", code)
        share = ratio(count.value or 0, now.count("finished"))
        cells = [count, ReportCell(value=share, unit="share", opens=count.opens)]
        rows.append(ReportRow(label=outcomes.get(code, words(code, code)), cells=cells))
    table = ReportTable(
        id="outcomes",
        title=words("Kết quả các lượt hoàn thành", "How finished visits ended"),
        first=words("Kết quả", "Outcome"),
        columns=[words("Lượt", "Visits"), words("Tỷ lệ", "Share")],
        rows=rows,
    )
    return ReportSection(
        id="returned",
        title=figures.section_title("returned"),
        figures=[
            figures.share("to_come_again", "to_come_again", "finished"),
            figures.share("transferred", "transferred", "issued"),
            figures.share("sent_back", "sent_back", "issued"),
            figures.count("dossiers_supplement", Selection("dossiers_supplement")),
            figures.count("dossiers_refused", Selection("dossiers_refused")),
            figures.missing("repeat_visits"),
        ],
        tables=[table],
    )


def satisfaction(figures: Figures) -> ReportSection:
    """Three separate numbers: ratings with response rate, index 5.4, smile index."""
    now = figures.ground.now
    rows = [
        ReportRow(
            label=words(f"{score} / 5", f"{score} / 5"),
            cells=[count_cell(now, "rated", "score", str(score))],
        )
        for score in range(5, 0, -1)
    ]
    table = ReportTable(
        id="scores",
        title=words("Theo điểm", "By score"),
        first=words("Điểm", "Score"),
        columns=[words("Lượt", "Visits")],
        rows=rows,
    )
    happy = ratio(now.count("rated_happy"), now.count("rated"))
    goal = words("ít nhất 95 %", "at least 95 %")
    mark = None if happy is None else ("good" if happy >= HAPPY_TARGET else "over")
    return ReportSection(
        id="satisfaction",
        title=figures.section_title("satisfaction"),
        figures=[
            figures.share(
                "happy",
                "rated_happy",
                "rated",
                **(
                    {}
                    if happy is None
                    else {"target": HAPPY_TARGET, "target_words": goal, "standing": mark}
                ),
            ),
            figures.share("response", "rated", "finished"),
            figures.count("low", Selection("rated_low")),
            _index54(figures),
            _smile(figures),
        ],
        tables=[table],
    )


def _index54(figures: Figures) -> ReportFigure:
    share, finished = content_share(figures.ground), figures.ground.now.count("finished")
    if share is None:
        return figures.missing("index_5_4")
    parts = content_parts(figures.ground)
    return figures.amount("index_5_4", share, n=finished, made_of=parts)


def _smile(figures: Figures) -> ReportFigure:
    """Calibrated windows where there are any: they mean something else than plain ones."""
    tallies = figures.ground.now.tallies
    for name in ("smile_windows_calibrated", "smile_windows"):
        found = smile_share(tallies, name)
        if found is not None:
            said = f"{found.low:.0%}–{found.high:.0%}"
            told = words(
                f"khoảng 95 %: {said}; không phải điểm hài lòng",
                f"95 % interval {said}; not a satisfaction score",
            )
            parts = {"numerator": found.share * found.n, "denominator": found.n, "n": found.n}
            return figures.amount("smile", found.share, opens=name, target_words=told, **parts)
    return figures.missing("smile")


HAPPY_TARGET = 0.95
"""Decisions 000, 001 and 004 of the plan: at least 95 % satisfied."""
