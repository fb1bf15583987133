"""The sheet of work by person: from recorded events, in the order of names, no ranking."""

from __future__ import annotations

from collections.abc import Sequence

from queue_server.contracts.report_views import (
    ReportCell,
    ReportRow,
    ReportSection,
    ReportTable,
    ReportView,
)
from queue_server.contracts.views import Words
from queue_server.domain.appeal import Appeal, Verdict, answer_due
from queue_server.domain.office import ZONE, Office
from queue_server.use_cases.reports.figures import Ground, ratio, words
from queue_server.use_cases.reports.period import Period
from queue_server.use_cases.reports.report import Made, period_view
from queue_server.use_cases.reports.selection import Selection

SHEET = "staff_people"
TITLE = words("Số liệu theo cán bộ", "Work by person")
NOTE = words(
    "Chỉ lấy từ sự kiện đã ghi; không có máy ảnh, không xếp hạng, không chấm điểm. Một lượt tính"
    " cho người đang đăng nhập tại quầy khi lượt được gọi hoặc hoàn thành; phím bấm của quầy cũng"
    " tính cho người đó, đến khi quầy đóng hoặc người khác đăng nhập. Số liệu phụ thuộc loại thủ"
    " tục và lượng khách: không so hai người khác việc. Dưới {n} lượt thì không hiện trung bình hay"
    " tỷ lệ.",
    "From recorded events alone: no camera, no ranking, no score. A visit counts for who was signed"
    " in at the counter when it was called or finished; keys of the counter count for that person,"
    " too, until the counter closes or somebody else signs in. Figures depend on the kind of"
    " procedure and on how many come: do not compare people with other work. Below {n} visits no"
    " mean or share is shown.",
)
APPEAL = words(
    "Quyền khiếu nại: ai thấy số liệu của mình sai thì mở danh sách lượt phía sau con số rồi gửi"
    " khiếu nại ngay dưới bảng, kèm số phiếu; người quản lý kiểm tra từng sự kiện và trả lời tại"
    " đây trong 5 ngày làm việc. Không dùng bảng này làm căn cứ duy nhất để đánh giá cán bộ.",
    "Right to appeal: who finds a figure wrong opens the visits behind it and appeals below with"
    " the ticket; the manager checks each event and answers here within 5 working days. This sheet"
    " is never the only ground on which a clerk is judged.",
)
FIGURES = {
    "finished": words("Lượt hoàn thành", "Finished"),
    "hours": words("Giờ tại quầy", "Hours at counters"),
    "minutes": words("Phút một lượt", "Minutes a visit"),
    "rated": words("Được đánh giá", "Rated"),
    "satisfied": words("Hài lòng", "Satisfied"),
    "come_again": words("Phải quay lại", "To come again"),
}
"""The columns, by the names that appeals give them."""
VERDICTS = {
    Verdict.WRONG: words("đã kiểm tra, số liệu sai", "checked, the figure is wrong"),
    Verdict.RIGHT: words("đã kiểm tra, số liệu đúng", "checked, the figure is right"),
}
NOBODY_KNOWN = words("Không rõ ai (chỉ dùng phím quầy)", "Not known (keypad alone)")


def staff_sheet(
    period: Period,
    ground: Ground,
    made: Made,
    only: str | None = None,
    appeals: Sequence[Appeal] = (),
) -> ReportView:
    """One row for each person who served; `only` is the one person who may see no other."""
    fewest = ground.settings.fewest
    people = _people(ground) if only is None else [only]
    rows = [_row(ground, person) for person in people]
    if only is None:
        rows += _unknown(ground)
    table = ReportTable(
        id="by_person",
        title=words("Theo người, thứ tự tên", "By person, in order of names"),
        first=words("Cán bộ", "Clerk"),
        columns=[*FIGURES.values()],
        rows=rows,
    )
    note = words(
        f"{NOTE.vi.format(n=fewest)}\n{APPEAL.vi}", f"{NOTE.en.format(n=fewest)}\n{APPEAL.en}"
    )
    office = ground.office
    return ReportView(
        office=words(office.name_vi, office.name_en),
        period=period_view(period, ground, made.today),
        made_at=made.at,
        seq=made.seq,
        training=office.training,
        sections=[
            ReportSection(
                id=SHEET,
                title=TITLE,
                note=note,
                remarks=[
                    remark(office, one)
                    for one in appeals
                    if only in {None, one.by} and one.touches(period.first, period.last)
                ],
                figures=[],
                tables=[table],
            )
        ],
    )


def remark(office: Office, one: Appeal) -> Words:
    """An appeal in one line, for the sheet and its files: the figure stays, and so does this."""
    name = FIGURES.get(one.figure, words(one.figure, one.figure))
    first, last = (f"{day:%d/%m/%Y}" for day in (one.first, one.last))
    days = first if first == last else f"{first} – {last}"
    if one.reply is None:
        due = f"{answer_due(office, one):%d/%m/%Y}"
        state = words(f"chờ trả lời, hạn {due}", f"to be answered by {due}")
    else:
        at, by = f"{one.reply.at.astimezone(ZONE):%d/%m/%Y}", one.reply.by
        said = VERDICTS[one.reply.verdict]
        state = words(
            f"{said.vi} ({by}, {at}): {one.reply.text}", f"{said.en} ({by}, {at}): {one.reply.text}"
        )
    filed = f"{one.at.astimezone(ZONE):%d/%m/%Y}"
    return words(
        f"{one.by} khiếu nại ngày {filed}: {name.vi}, {days}: “{one.text}” – {state.vi}",
        f"{one.by} appealed on {filed}: {name.en}, {days}: “{one.text}” – {state.en}",
    )


def _people(ground: Ground) -> Sequence[str]:
    """Who finished a visit or was signed in at an open counter."""
    there = {value for name, value in ground.now.tallies if name == "clerk_s"}
    return sorted({*ground.now.values("finished", "clerk"), *there})


def _row(ground: Ground, person: str) -> ReportRow:
    now, fewest = ground.now, ground.settings.fewest

    def opens(visits: str) -> str:
        return str(Selection(visits, "clerk", person))

    def shown(value: float | None, n: int) -> float | None:
        return value if n >= fewest else None

    finished, rated = (now.count(one, "clerk", person) for one in ("finished", "rated"))
    served = now.timed("served", "clerk", person)
    happy = ratio(now.count("rated_happy", "clerk", person), rated)
    again = ratio(now.count("to_come_again", "clerk", person), finished)
    hours = now.tallies.get(("clerk_s", person), 0) / 3600
    cells = [
        ReportCell(value=finished, unit="count", opens=opens("finished")),
        ReportCell(value=hours, unit="hours", opens=opens("clerk_there")),
        ReportCell(value=shown(served.mean_min(), served.n), unit="min", opens=opens("served")),
        ReportCell(value=rated, unit="count", opens=opens("rated")),
        ReportCell(value=shown(happy, rated), unit="share", opens=opens("rated_happy")),
        ReportCell(value=shown(again, finished), unit="share", opens=opens("to_come_again")),
    ]
    return ReportRow(label=words(person, person), cells=cells)


def _unknown(ground: Ground) -> list[ReportRow]:
    """What nobody can be named for, so that the sheet adds up to the office."""
    now = ground.now
    known = sum(now.count("finished", "clerk", one) for one in now.values("finished", "clerk"))
    rest = now.count("finished") - known
    if not rest:
        return []
    unknown = ReportCell(value=rest, unit="count", opens="finished_by_unknown")
    blank = [ReportCell(value=None, unit="count") for _ in range(len(FIGURES) - 1)]
    return [ReportRow(label=NOBODY_KNOWN, cells=[unknown, *blank])]
