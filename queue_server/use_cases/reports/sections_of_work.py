"""Sections about the office's work: productivity, channels, appointments, papers, trust."""

from __future__ import annotations

from queue_server.contracts.report_views import (
    ReportCell,
    ReportFigure,
    ReportRow,
    ReportSection,
    ReportTable,
)
from queue_server.contracts.views import Words
from queue_server.use_cases.reports.figures import Figures, count_cell, ratio, words
from queue_server.use_cases.reports.selection import Selection

CHANNELS = {
    "kiosk": words("Ki-ốt", "Kiosk"),
    "staff": words("Cán bộ lấy giúp", "Staff"),
    "web": words("Trang web, điện thoại", "Web, phone"),
    "appointment": words("Lịch hẹn", "Appointment"),
    "phone": words("Điện thoại", "Phone"),
}
KEPT, MISSED = "checked_in", "no_show"
APPOINTMENTS = {
    KEPT: words("Đã đến", "Kept"),
    MISSED: words("Không đến", "Missed"),
    "cancelled": words("Đã hủy", "Cancelled"),
    "lapsed": words("Cơ quan không mở cửa", "Office did not open"),
    "booked": words("Còn hẹn", "Still booked"),
}
HOME = {
    "done": words("Đã xong", "Done"),
    "nobody_home": words("Không gặp", "Nobody home"),
    "cancelled": words("Đã hủy", "Cancelled"),
    "lapsed": words("Không ghi kết quả", "Result not noted"),
    "requested": words("Còn hẹn", "Still to come"),
}

REUSED_GOAL = 0.8
"""People not asked again for papers already held: 30 % and then 80 % (R22, R27)."""


def productivity(figures: Figures) -> ReportSection:
    """Visits and dossiers per clerk and year; an office below one clerk's target is exempt."""
    settings, now = figures.ground.settings, figures.ground.now
    days, finished, goal = len(now.days), now.count("finished"), settings.per_clerk_year
    year = finished / days * settings.year_days if days else None
    exempt = year is not None and year < goal
    said = words(f"ít nhất {goal:,}".replace(",", "."), f"at least {goal:,}")
    if settings.staff is None:
        visits = figures.missing("visits_per_clerk", "staff")
    else:
        value = None if year is None else year / settings.staff
        visits = figures.amount(
            "visits_per_clerk",
            value,
            n=finished,
            numerator=finished,
            denominator=settings.staff * days,
            target=goal,
            target_words=said,
            standing=_reached(value, goal, exempt=exempt),
            opens="finished",
            note=VISIT_IS_NO_DOSSIER,
            missing=figures.reason("few") if value is None else None,
        )
    office_year = figures.amount(
        "office_year",
        year,
        n=finished,
        numerator=finished,
        denominator=days,
        opens="finished",
        note=EXEMPT if exempt else None,
        missing=figures.reason("few") if year is None else None,
    )
    return ReportSection(
        id="productivity",
        title=figures.section_title("productivity"),
        figures=[
            visits,
            office_year,
            _dossiers_per_clerk(figures, said),
            figures.count("dossiers_filed", Selection("dossiers_filed")),
            figures.share("dossiers_in_time", "dossiers_in_time", "dossiers_finished"),
            figures.share("dossiers_on_the_spot", "dossiers_on_the_spot", "dossiers_finished"),
        ],
    )


def _dossiers_per_clerk(figures: Figures, said: Words) -> ReportFigure:
    """Dossiers against the target, with the exemption, where any are recorded here."""
    settings, now = figures.ground.settings, figures.ground.now
    filed, goal, days = now.count("dossiers_filed"), settings.per_clerk_year, len(now.days)
    if not filed or settings.staff is None:
        reason = "dossiers" if not filed else "staff"
        return figures.missing("dossiers_per_clerk", reason, target=goal, target_words=said)
    year = filed / days * settings.year_days
    exempt = year < goal
    return figures.amount(
        "dossiers_per_clerk",
        year / settings.staff,
        n=filed,
        numerator=filed,
        denominator=settings.staff * days,
        target=goal,
        target_words=said,
        standing=_reached(year / settings.staff, goal, exempt=exempt),
        opens="dossiers_filed",
        note=EXEMPT if exempt else None,
    )


VISIT_IS_NO_DOSSIER = words(
    "Tính theo lượt, không phải hồ sơ: chỉ để tham khảo cạnh chỉ tiêu hồ sơ.",
    "Counted in visits, not dossiers: only to be seen beside the target for dossiers.",
)
EXEMPT = words(
    "Được miễn: cả cơ quan trong một năm ít hơn chỉ tiêu của một cán bộ.",
    "Exempt: the whole office has less in a year than the target of one clerk.",
)


def _reached(value: float | None, goal: float, *, exempt: bool) -> str | None:
    if value is None or exempt:
        return None
    return "good" if value >= goal else "over"


def channels(figures: Figures) -> ReportSection:
    """Where numbers are taken; the online share of dossiers against the agency's own target."""
    ground = figures.ground
    goal = ground.data.online.target_of(ground.settings.agency)
    whose = ground.settings.agency
    said = words(
        f"ít nhất {goal:.0%}" + (f" ({whose})" if whose else ""),
        f"at least {goal:.0%}" + (f" ({whose})" if whose else ""),
    )
    issued = ground.now.count("issued")
    rows = []
    for channel in ground.now.values("issued", "channel"):
        count = count_cell(ground.now, "issued", "channel", channel)
        share = ReportCell(value=ratio(count.value or 0, issued), unit="share", opens=count.opens)
        label = CHANNELS.get(channel, words(channel, channel))
        rows.append(ReportRow(label=label, cells=[count, share]))
    table = ReportTable(
        id="channels",
        title=words("Lượt lấy số theo kênh", "Tickets by channel"),
        first=words("Kênh", "Channel"),
        columns=[words("Lượt", "Tickets"), words("Tỷ lệ", "Share")],
        rows=rows,
    )
    kiosk = Selection("issued", "channel", "kiosk")
    part = ground.now.counts[kiosk]
    taken = figures.amount(
        "kiosk_share",
        ratio(part, issued),
        n=issued,
        numerator=part,
        denominator=issued,
        opens=str(kiosk),
        whole="issued",
        missing=None if issued else figures.reason("few"),
    )
    reached = ratio(ground.now.count("dossiers_online"), ground.now.count("dossiers_filed"))
    online = figures.share(
        "online_share",
        "dossiers_online",
        "dossiers_filed",
        target=goal,
        target_words=said,
        standing=_reached(reached, goal, exempt=False),
    )
    return ReportSection(
        id="channels",
        title=figures.section_title("channels"),
        figures=[taken, online],
        tables=[table, _agencies(figures)],
    )


def _agencies(figures: Figures) -> ReportTable:
    """The table of the plan, so that a reader sees whose target ours is."""
    online = figures.ground.data.online
    rows = [
        ReportRow(
            label=words(one.name, one.name),
            cells=[
                ReportCell(value=one.reached_2023 / 100, unit="share"),
                ReportCell(value=one.target / 100, unit="share"),
            ],
        )
        for one in online.agency
    ]
    return ReportTable(
        id="online_targets",
        title=words(
            f"Chỉ tiêu hồ sơ trực tuyến của từng cơ quan ({online.source})",
            f"Online target of each agency ({online.source})",
        ),
        first=words("Cơ quan", "Agency"),
        columns=[words("Đạt 2023", "Reached 2023"), words("Chỉ tiêu 2024", "Target 2024")],
        rows=rows,
    )


def digitised(figures: Figures) -> ReportSection:
    """Papers turned into data and used again, counted by dossiers."""
    return ReportSection(
        id="digitised",
        title=figures.section_title("digitised"),
        figures=[
            figures.share("digitised_intake", "dossiers_digitised", "dossiers_filed"),
            figures.share(
                "reused",
                "dossiers_reused",
                "dossiers_filed",
                target=REUSED_GOAL,
                target_words=words("từ 30 % lên 80 %", "from 30 % to 80 %"),
            ),
            figures.missing("digitised_results"),
            figures.count("dossiers_erased", Selection("dossiers_erased")),
            figures.count("dossiers_erased_by_rule", Selection("dossiers_erased_by_rule")),
        ],
    )


def appointments(figures: Figures) -> ReportSection:
    """Appointments kept and missed, their wait, and home visits."""
    tallies = figures.ground.now.tallies
    kept, missed = tallies.get(("appointment", KEPT), 0), tallies.get(("appointment", MISSED), 0)
    due = kept + missed
    share = figures.amount(
        "appointments_kept",
        ratio(kept, due),
        n=int(due),
        numerator=kept,
        denominator=due,
        opens=str(Selection("appointments", "state", KEPT)),
        missing=None if due else figures.reason("few"),
    )
    done = tallies.get(("home_visit", "done"), 0)
    return ReportSection(
        id="appointments",
        title=figures.section_title("appointments"),
        figures=[
            share,
            figures.mean("appointment_wait", Selection("waited", "appointment", "yes")),
            figures.amount(
                "home_visits_done",
                done,
                n=int(done),
                opens=str(Selection("home_visits", "state", "done")),
            ),
        ],
        tables=[
            _states(tallies, "appointment", words("Lịch hẹn", "Appointments"), APPOINTMENTS),
            _states(tallies, "home_visit", words("Phục vụ tại nhà", "Home visits"), HOME),
        ],
    )


def _states(
    tallies: dict[tuple[str, str], float], what: str, title: Words, labels: dict[str, Words]
) -> ReportTable:
    rows = [
        ReportRow(
            label=label,
            cells=[
                ReportCell(
                    value=tallies[what, state],
                    unit="count",
                    opens=str(Selection(f"{what}s", "state", state)),
                )
            ],
        )
        for state, label in labels.items()
        if (what, state) in tallies
    ]
    return ReportTable(
        id=what,
        title=title,
        first=words("Kết quả", "What became of it"),
        columns=[words("Số lượng", "Number")],
        rows=rows,
    )


def accuracy(figures: Figures) -> ReportSection:
    """What was left out of waits and service times, and why."""
    now = figures.ground.now
    jumps = now.tallies.get(("clock_jumps", ""), 0)
    return ReportSection(
        id="accuracy",
        title=figures.section_title("accuracy"),
        figures=[
            figures.count("inaccurate", Selection("inaccurate")),
            figures.amount(
                "inaccurate_days", now.inaccurate_days, n=len(now.days), opens="inaccurate"
            ),
            figures.amount("clock_jumps", jumps, n=len(now.days), opens="clock_jumps"),
        ],
    )
