"""Error codes that travel over HTTP (RFC 9457) and MQTT, with words for people."""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from queue_server.contracts.problem_khmer import KHMER

PROBLEM_TYPE = "urn:motcua:problem:"
MEDIA_TYPE = "application/problem+json"


class ProblemCode(StrEnum):
    """What went wrong; stable, devices and pages may decide on it."""

    UNKNOWN_SERVICE = "unknown_service"
    UNKNOWN_COUNTER = "unknown_counter"
    UNKNOWN_TICKET = "unknown_ticket"
    UNKNOWN_PROFILE = "unknown_profile"
    UNKNOWN_APPOINTMENT = "unknown_appointment"
    NOT_BOOKABLE = "not_bookable"
    UNKNOWN_DOSSIER = "unknown_dossier"
    NOT_FILEABLE = "not_fileable"
    WRONG_ANSWERS = "wrong_answers"
    TOO_MANY = "too_many"
    ILLEGAL_MOVE = "illegal_move"
    COUNTER_BUSY = "counter_busy"
    STALE_VERSION = "stale_version"
    KEY_REUSED = "key_reused"
    KEY_MISSING = "key_missing"
    LIMIT_REACHED = "limit_reached"
    NUMBERS_EXHAUSTED = "numbers_exhausted"
    NUMBER_NOT_LEASED = "number_not_leased"
    OFFICE_CLOSED = "office_closed"
    UNDO_EXPIRED = "undo_expired"
    RECALL_LIMIT = "recall_limit"
    NOT_ELIGIBLE = "not_eligible"
    PERSONAL_NOTE = "personal_note"
    STALE_KEY_PRESS = "stale_key_press"
    RULES_UNTRIED = "rules_untried"
    MALFORMED = "malformed"
    NOT_SIGNED_IN = "not_signed_in"
    NOT_ALLOWED = "not_allowed"
    NOT_FOUND = "not_found"
    STORE_UNAVAILABLE = "store_unavailable"
    STILL_COUNTING = "still_counting"
    INTERNAL = "internal"


HTTP_STATUS: dict[ProblemCode, int] = {
    ProblemCode.UNKNOWN_SERVICE: 404,
    ProblemCode.UNKNOWN_COUNTER: 404,
    ProblemCode.UNKNOWN_TICKET: 404,
    ProblemCode.UNKNOWN_PROFILE: 404,
    ProblemCode.UNKNOWN_APPOINTMENT: 404,
    ProblemCode.NOT_BOOKABLE: 409,
    ProblemCode.UNKNOWN_DOSSIER: 404,
    ProblemCode.NOT_FILEABLE: 409,
    ProblemCode.WRONG_ANSWERS: 422,
    ProblemCode.TOO_MANY: 429,
    ProblemCode.ILLEGAL_MOVE: 409,
    ProblemCode.COUNTER_BUSY: 409,
    ProblemCode.STALE_VERSION: 409,
    ProblemCode.KEY_REUSED: 422,
    ProblemCode.KEY_MISSING: 400,
    ProblemCode.LIMIT_REACHED: 409,
    ProblemCode.NUMBERS_EXHAUSTED: 409,
    ProblemCode.NUMBER_NOT_LEASED: 409,
    ProblemCode.OFFICE_CLOSED: 409,
    ProblemCode.UNDO_EXPIRED: 409,
    ProblemCode.RECALL_LIMIT: 409,
    ProblemCode.NOT_ELIGIBLE: 409,
    ProblemCode.PERSONAL_NOTE: 422,
    ProblemCode.STALE_KEY_PRESS: 409,
    ProblemCode.RULES_UNTRIED: 409,
    ProblemCode.MALFORMED: 422,
    ProblemCode.NOT_SIGNED_IN: 401,
    ProblemCode.NOT_ALLOWED: 403,
    ProblemCode.NOT_FOUND: 404,
    ProblemCode.STORE_UNAVAILABLE: 503,
    ProblemCode.STILL_COUNTING: 503,
    ProblemCode.INTERNAL: 500,
}


class Problem(BaseModel):
    """RFC 9457 problem details; `title` is English, `title_vi` what a person here reads.

    `title_km` is Khmer that needs native review.
    """

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    title_vi: str
    title_km: str | None = None
    status: int
    code: ProblemCode
    detail: str | None = None
    instance: str | None = None
    state: str | None = Field(default=None, description="Current ticket or counter state")
    allowed: list[str] | None = Field(default=None, description="Moves that are legal now")


TITLES: dict[ProblemCode, tuple[str, str]] = {
    ProblemCode.UNKNOWN_SERVICE: ("No such service", "Không có lĩnh vực này"),
    ProblemCode.UNKNOWN_COUNTER: ("No such counter", "Không có quầy này"),
    ProblemCode.UNKNOWN_TICKET: ("No such ticket", "Không có phiếu này"),
    ProblemCode.UNKNOWN_PROFILE: (
        "This counter has no such work profile",
        "Quầy này không có nhóm việc đó",
    ),
    ProblemCode.UNKNOWN_APPOINTMENT: ("No such appointment", "Không có lịch hẹn này"),
    ProblemCode.NOT_BOOKABLE: (
        "This time cannot be booked; choose another one",
        "Giờ này không đặt được; ông/bà chọn giờ khác",
    ),
    ProblemCode.UNKNOWN_DOSSIER: ("No such dossier", "Không có hồ sơ này"),
    ProblemCode.NOT_FILEABLE: (
        "This cannot be handed in like this",
        "Hồ sơ chưa nộp được như vậy",
    ),
    ProblemCode.WRONG_ANSWERS: (
        "Some answers are missing or not well formed",
        "Còn mục chưa khai hoặc khai chưa đúng",
    ),
    ProblemCode.TOO_MANY: (
        "Too many requests from here; try again in a few minutes",
        "Gửi quá nhiều yêu cầu; ông/bà thử lại sau ít phút",
    ),
    ProblemCode.ILLEGAL_MOVE: (
        "This move is not allowed now",
        "Thao tác này không thực hiện được lúc này",
    ),
    ProblemCode.COUNTER_BUSY: (
        "The counter has a citizen; start, recall, return or mark no-show first",
        "Quầy đang gọi một công dân; hãy bắt đầu, gọi lại, trả về hàng chờ hoặc báo vắng mặt trước",
    ),
    ProblemCode.STALE_VERSION: (
        "Somebody changed this in the meantime; reload and try again",
        "Dữ liệu vừa thay đổi; hãy tải lại rồi thử lại",
    ),
    ProblemCode.KEY_REUSED: (
        "This Idempotency-Key was used with another request",
        "Khóa chống trùng đã dùng cho yêu cầu khác",
    ),
    ProblemCode.KEY_MISSING: ("Send an Idempotency-Key", "Thiếu khóa chống trùng Idempotency-Key"),
    ProblemCode.LIMIT_REACHED: (
        "The limit for one person and day is reached; staff at the desk will help",
        "Hôm nay ông/bà đã lấy đủ số theo quy định; mời gặp cán bộ ở bàn hướng dẫn",
    ),
    ProblemCode.NUMBERS_EXHAUSTED: (
        "No numbers left today for this service; ask the staff",
        "Hôm nay lĩnh vực này đã hết số; mời ông/bà hỏi cán bộ",
    ),
    ProblemCode.NUMBER_NOT_LEASED: (
        "This number is not from this kiosk's block",
        "Số này không thuộc dãy số của ki-ốt",
    ),
    ProblemCode.OFFICE_CLOSED: ("The office is closed now", "Cơ quan hiện không làm việc"),
    ProblemCode.UNDO_EXPIRED: ("Too late to undo", "Đã quá thời gian hoàn tác"),
    ProblemCode.RECALL_LIMIT: (
        "Called often enough; mark no-show or return to the line",
        "Đã gọi đủ số lần; hãy báo vắng mặt hoặc trả về hàng chờ",
    ),
    ProblemCode.NOT_ELIGIBLE: (
        "This counter may not call this ticket now",
        "Quầy này chưa được gọi phiếu này",
    ),
    ProblemCode.PERSONAL_NOTE: (
        "Not kept: leave out identity numbers, phone numbers and mail addresses, then save again",
        "Chưa lưu: hãy bỏ số định danh, số điện thoại, địa chỉ thư khỏi ghi chú rồi lưu lại",
    ),
    ProblemCode.STALE_KEY_PRESS: (
        "This key press came too late and was not carried out; press again",
        "Phím bấm đến quá muộn nên không thực hiện; hãy bấm lại",
    ),
    ProblemCode.RULES_UNTRIED: (
        "Not saved: try these rules on the last day, look at the figures, then save",
        "Chưa lưu: hãy chạy thử quy tắc này với ngày gần nhất, xem số liệu rồi lưu",
    ),
    ProblemCode.MALFORMED: ("The request could not be read", "Không đọc được yêu cầu"),
    ProblemCode.NOT_SIGNED_IN: ("Sign in first", "Cần đăng nhập"),
    ProblemCode.NOT_ALLOWED: ("Not allowed for this sign-in", "Tài khoản này không được phép"),
    ProblemCode.NOT_FOUND: ("Nothing here", "Không tìm thấy"),
    ProblemCode.STORE_UNAVAILABLE: (
        "Nothing was saved; the server cannot write now, try again soon",
        "Chưa lưu được; máy chủ tạm thời không ghi được, hãy thử lại sau ít phút",
    ),
    ProblemCode.STILL_COUNTING: (
        "The figures of past days are being counted; try again in a moment",
        "Đang tính số liệu của các ngày trước; xin thử lại sau ít phút",
    ),
    ProblemCode.INTERNAL: ("An error in the server; staff was told", "Lỗi máy chủ; đã báo cán bộ"),
}


def problem(
    code: ProblemCode,
    detail: str | None = None,
    *,
    instance: str | None = None,
    state: str | None = None,
    allowed: list[str] | None = None,
) -> Problem:
    """Build the problem for a code, with its titles and HTTP status filled in."""
    title, title_vi = TITLES[code]
    return Problem(
        type=PROBLEM_TYPE + code.value,
        title=title,
        title_vi=title_vi,
        title_km=KHMER.get(code.value),
        status=HTTP_STATUS[code],
        code=code,
        detail=detail,
        instance=instance,
        state=state,
        allowed=allowed,
    )
