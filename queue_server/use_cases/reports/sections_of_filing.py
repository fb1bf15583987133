"""Section about filings: how many came to each stage, how long it took, where people left off."""

from __future__ import annotations

from queue_server.contracts.dossier_views import StageFigure
from queue_server.contracts.report_views import (
    ReportCell,
    ReportFigure,
    ReportRow,
    ReportSection,
    ReportTable,
    Unit,
)
from queue_server.domain.dossier import Stage
from queue_server.use_cases.filing_measures import Way, by_procedure, stages_of
from queue_server.use_cases.reports.figures import Figures, ratio, words
from queue_server.use_cases.reports.selection import Selection

STAGES = {
    Stage.ADVISE: words("Tư vấn", "Advise"),
    Stage.DECLARE: words("Kê khai", "Declare"),
    Stage.PREPARE: words("Chuẩn bị", "Prepare"),
    Stage.SUBMIT: words("Nộp", "Submit"),
}
FUNNEL = "filing_stages"
"""The table that pages draw as a funnel."""


def filing(figures: Figures) -> ReportSection:
    """Completion, share without staff, and the stages, over all and by procedure."""
    ways = list(figures.ground.filings)
    filed = sum(way.filed for way in ways)
    alone = sum(way.filed and not way.helped for way in ways)
    return ReportSection(
        id="filing",
        title=figures.section_title("filing"),
        figures=[
            _figure(figures, "filings_begun", len(ways) or None, len(ways), opens="filings_begun"),
            _figure(
                figures,
                "filings_completed",
                ratio(filed, len(ways)),
                len(ways),
                filed,
                opens="filings_filed",
                whole="filings_begun",
            ),
            _figure(
                figures,
                "filings_without_staff",
                ratio(alone, filed),
                filed,
                alone,
                opens="filings_alone",
                whole="filings_filed",
            ),
        ],
        tables=[_stages(ways), _procedures(figures, ways)] if ways else [],
    )


def _figure(
    figures: Figures,
    name: str,
    value: float | None,
    n: int,
    part: int | None = None,
    **opened: str,
) -> ReportFigure:
    if value is None:
        return figures.missing(name, "filings")
    share = {} if part is None else {"numerator": part, "denominator": n}
    return figures.amount(name, value, n=n, **share, **opened)


def _stages(ways: list[Way]) -> ReportTable:
    stages = stages_of(ways)
    after = [*(one.reached for one in stages[1:]), stages[-1].reached]
    return ReportTable(
        id=FUNNEL,
        title=words("Tới từng bước", "Reached each stage"),
        first=words("Bước", "Stage"),
        columns=[
            words("Tới bước này", "Reached"),
            words("Trên số bắt đầu", "Of those begun"),
            words("Dừng ở đây", "Left off here"),
            words("Trung vị từ bước trước", "Median since the stage before"),
        ],
        rows=[
            ReportRow(
                label=STAGES[Stage(one.stage)],
                cells=[
                    _cell(one.reached, "count", f"filings_at_{one.stage}"),
                    _cell(ratio(one.reached, len(ways)), "share", f"filings_at_{one.stage}"),
                    _cell(one.reached - went_on, "count", f"filings_left_at_{one.stage}"),
                    _minutes(one),
                ],
            )
            for one, went_on in zip(stages, after, strict=True)
        ],
    )


def _procedures(figures: Figures, ways: list[Way]) -> ReportTable:
    timed = [stage for stage in Stage if stage is not Stage.ADVISE]
    return ReportTable(
        id="filing_procedures",
        title=words("Từng thủ tục", "By procedure"),
        first=words("Thủ tục", "Procedure"),
        columns=[
            words("Bắt đầu", "Begun"),
            words("Đã nộp", "Filed"),
            words("Tỷ lệ nộp xong", "Completed"),
            words("Không cần hỗ trợ", "Without staff"),
            *(words(f"Tới {STAGES[s].vi.lower()}", f"Until {STAGES[s].en.lower()}") for s in timed),
        ],
        rows=[
            ReportRow(
                label=one.procedure_name,
                cells=[
                    _cell(one.begun, "count", "filings_begun", one.procedure),
                    _cell(one.filed, "count", "filings_filed", one.procedure),
                    _cell(ratio(one.filed, one.begun), "share", "filings_filed", one.procedure),
                    _cell(
                        ratio(one.without_staff, one.filed),
                        "share",
                        "filings_alone",
                        one.procedure,
                    ),
                    *(_minutes(stage, one.procedure) for stage in one.stages[1:]),
                ],
            )
            for one in by_procedure(ways, figures.ground.data.procedures)
        ],
    )


def _cell(value: float | None, unit: Unit, opens: str, procedure: str = "") -> ReportCell:
    chosen = Selection(opens, "procedure" if procedure else "", procedure)
    return ReportCell(value=value, unit=unit, opens=str(chosen))


def _minutes(stage: StageFigure, procedure: str = "") -> ReportCell:
    seconds = stage.median_s
    minutes = None if seconds is None else seconds / 60
    return _cell(minutes, "min", f"filings_at_{stage.stage}", procedure)
