"""What the paper for a director says: Vietnamese, with a line of English under each heading."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from queue_server.hub.use_cases.decision_support import MissingPaper, Study

Name = Callable[[str], str]
PaperName = Callable[[str, int], str]

WORDS = {
    "title": "Một năm nhìn lại: dân chờ ở đâu, hồ sơ quay lại vì sao",
    "title_en": "A year in review: where people wait, and why dossiers come back",
    "made_up": "DỮ LIỆU GIẢ LẬP – không phải số liệu của nơi nào có thật · MADE-UP DATA",
    "short": "Nói ngắn gọn",
    "short_en": "In short",
    "offices": "Chờ bao lâu ở từng nơi, và điều gì có thể đổi",
    "offices_en": "Mean wait at each office, measured and tried out, minutes",
    "office": "Nơi",
    "a_day": "lượt/ngày",
    "counters": "quầy",
    "over": "quá",
    "measured": "đo được",
    "trials": ["Mô phỏng như hiện nay", "có hẹn trước", "có kiosk", "cả hai"],
    "more": "nơi khác chờ ít hơn, không in ở đây",
    "moves": "Chuyển một quầy từ nơi vắng sang nơi đông",
    "moves_en": "Moving one counter (mean wait before → after, minutes)",
    "move_head": ["Từ", "phút chờ ở đó", "Sang", "phút chờ ở đó", "giờ chờ bớt/ngày"],
    "no_moves": "Không có cặp nơi nào mà việc chuyển quầy làm người dân chờ ít hơn.",
    "returned": "Thủ tục có hồ sơ quay lại",
    "returned_en": "Procedures whose dossiers come back for more papers",
    "returned_head": ["hồ sơ", "lượt đi lại thêm", "từ chối, dừng"],
    "missing": "Giấy tờ người dân hay thiếu khi lấy số",
    "missing_en": "Papers people come without, as they declared at the kiosk",
    "steps": "Bước nào làm chậm",
    "steps_en": "Days per step: the middle dossier, and the one nine of ten stay below",
    "steps_head": "ngày: một nửa hồ sơ · chín phần mười",
    "basis": "Các con số đứng trên gì",
    "basis_en": "What the figures stand on",
    "none": "Chưa có đủ dữ liệu (ít nhất 30 trường hợp).",
    "page": "Trang",
}
STEPS = {
    "check": "Kiểm tra hồ sơ mới nộp",
    "supplement": "Chờ người dân bổ sung",
    "work": "Giải quyết đến khi có kết quả",
}
BASIS = (
    "“Đo được” tính từ sự kiện của các nơi: từ lúc lấy số đến lần gọi đầu tiên.",
    "“Mô phỏng” chơi lại {days} ngày với số lượt, giờ đến, thời gian tại quầy của chính nơi đó.",
    "“Như hiện nay” đứng cạnh số đo được để thấy mô phỏng sát đến đâu.",
    "Giả định khi hẹn trước: {appointments} % số lượt đến theo giờ hẹn.",
    "Giả định khi có kiosk: {kiosk} % số lượt chuẩn bị tại kiosk, thời gian tại quầy còn {left} %.",
    "Con số ấy theo Hà Nội công bố: chứng thực từ 15 phút còn 3–5 phút.",
    "Quầy thêm vào nhận mọi lĩnh vực; chuyên môn của người được chuyển thì dữ liệu không biết.",
    "Lý do bổ sung là lời viết tay và không rời khỏi nơi làm việc; ở đây chỉ có số lần.",
    "“Lượt đi lại thêm” là số lần mang giấy tờ bổ sung đến.",
    "Dữ liệu không biết ai là ai: một người đến nhiều lần vì việc khác thì không đếm được.",
    "Bỏ qua {left_out} nơi và mọi thủ tục có dưới 30 trường hợp.",
)


def sentences(
    study: Study, procedure: Name, paper: PaperName, missing: Sequence[MissingPaper]
) -> list[str]:
    """The few things to know, each with what it stands on; the worst first."""
    return [
        *_longest(study),
        *_moved(study),
        *_changed(study),
        *_returned(study, procedure),
        *(_without(one, procedure, paper) for one in missing[:1]),
        *_slowest(study),
    ]


def _longest(study: Study) -> list[str]:
    if not study.tried:
        return []
    year = study.tried[0].year
    over = f"{share(year.over_limit, year.called)} lượt chờ quá {number(study.limit_min)} phút"
    mean = number(year.mean_wait_min)
    return [f"Chờ lâu nhất: {year.name[0]}, trung bình {mean} phút; {over}."]


def _moved(study: Study) -> list[str]:
    if not study.moves:
        return []
    names = {one.year.office: one.year.name[0] for one in study.tried}
    move = study.moves[0]
    way = f"từ {names[move.giver.office]} sang {names[move.taker.office]}"
    hours = number(move.hours_saved)
    return [f"Chuyển một quầy {way}: ước bớt {hours} giờ chờ mỗi ngày làm việc."]


def _changed(study: Study) -> list[str]:
    over = [one for one in study.tried if one.changed.now > study.limit_min]
    if not over:
        return []
    saved = sum(one.changed.both <= study.limit_min for one in over)
    now = f"{len(over)} nơi chờ trung bình trên {number(study.limit_min)} phút"
    return [f"{now}; hẹn trước cùng với kiosk đưa {saved} nơi trong số đó về dưới mức này."]


def _returned(study: Study, procedure: Name) -> list[str]:
    if not study.returned or not study.returned[0].asked:
        return []
    worst = study.returned[0]
    again = number(sum(one.again for one in study.returned))
    held = number(sum(one.year.held for one in study.tried))
    trips = f"Cả năm đi lại thêm {again} lượt; {held} lượt phải tạm rời quầy rồi quay lại"
    asked = f"{share(worst.asked, worst.filed)} hồ sơ phải bổ sung"
    name = procedure(worst.procedure)
    return [f"Hồ sơ quay lại nhiều nhất: {name}, {asked}. {trips}."]


def _without(one: MissingPaper, procedure: Name, paper: PaperName) -> str:
    who = f"{share(one.without, one.declared)} người làm thủ tục {procedure(one.procedure)}"
    what = paper(one.procedure, one.place)
    return f"{who} đến mà không có “{what}” ({number(one.declared)} lượt khai)."


def _slowest(study: Study) -> list[str]:
    slowest = max(study.steps, key=lambda one: one.median_days, default=None)
    if slowest is None:
        return []
    days = number(slowest.median_days, 1)
    step = STEPS[slowest.step].lower()
    return [f"Bước lâu nhất: {step}; một nửa số hồ sơ mất từ {days} ngày trở lên."]


def share(part: float, whole: float) -> str:
    """Of a hundred, as people say it."""
    return f"{round(100 * part / whole)} trong 100"


def number(value: float, digits: int = 0) -> str:
    """As Vietnamese papers write it: a full stop between thousands, a comma before decimals."""
    return f"{value:,.{digits}f}".translate(str.maketrans(",.", ".,"))
