"""A ticket's history and the reason of its call, from the stored events, in both languages."""

from __future__ import annotations

from collections.abc import Sequence

from queue_server.contracts.views import HistoryEntry, WhyView, Words
from queue_server.domain import events as e
from queue_server.domain.appointment_events import AppointmentCheckedIn
from queue_server.domain.reason import explain_en, explain_vi
from queue_server.use_cases.ports import StoredEvent

WORDS: dict[type[e.Event], tuple[str, str]] = {
    e.TicketReserved: ("Lấy số", "Number taken"),
    e.TicketConfirmed: ("Công dân đã nhận số", "The citizen has the number"),
    e.TicketVoided: ("Số bị hủy trước khi đến tay công dân", "Voided before anybody had it"),
    e.TicketCalled: ("Gọi", "Called"),
    e.TicketRecalled: ("Gọi lại", "Called again"),
    e.ServingStarted: ("Bắt đầu phục vụ", "Serving started"),
    e.ProcedureAdded: ("Thêm thủ tục", "Procedure added"),
    e.NoteAdded: ("Ghi chú", "Note"),
    e.SlipGivenAgain: ("In lại số", "Slip given again"),
    e.TicketHeld: ("Tạm giữ", "Held"),
    e.ServingResumed: ("Tiếp tục phục vụ", "Serving resumed"),
    e.HoldEnded: ("Hết tạm giữ, về hàng chờ", "Hold ended, back in line"),
    e.TicketTransferred: ("Chuyển", "Transferred"),
    e.TicketReturned: ("Trả về cuối hàng chờ", "Returned to the tail"),
    e.TicketFinished: ("Hoàn thành", "Finished"),
    e.TicketNoShow: ("Vắng mặt", "No-show"),
    e.TicketReinstated: ("Phục hồi", "Reinstated"),
    e.TicketCancelled: ("Công dân bỏ về", "Cancelled"),
    e.TicketDelayed: ("Báo đến muộn, lùi chỗ", "Will be late, moved back"),
    e.TicketRated: ("Công dân đánh giá", "Rated by the citizen"),
    e.TicketExpired: ("Hết hạn khi đóng cửa", "Expired at closing"),
    e.MoveUndone: ("Hoàn tác", "Undone"),
    AppointmentCheckedIn: ("Nhận số theo lịch hẹn", "Checked in for an appointment"),
}


def history_of(events: Sequence[StoredEvent]) -> list[HistoryEntry]:
    """One entry for each event of a ticket."""
    return [_entry(stored) for stored in events]


def _entry(stored: StoredEvent) -> HistoryEntry:
    event = stored.event
    vi, en = WORDS[type(event)]
    counter = getattr(event, "counter", None)
    if counter is not None:
        vi, en = f"{vi}, quầy {counter}", f"{en}, counter {counter}"
    return HistoryEntry(
        seq=stored.seq,
        at=event.at,
        kind=type(event).__name__,
        counter=counter,
        words=Words(vi=vi, en=en),
        note=event.text if isinstance(event, e.NoteAdded) else None,
    )


def why_of(events: Sequence[StoredEvent]) -> WhyView | None:
    """The reason of the last call that was not undone; None before any call."""
    label = next(s.event.label for s in events if isinstance(s.event, e.TicketReserved))
    calls: list[e.TicketCalled] = []
    last: e.Event | None = None
    for stored in events:
        if isinstance(stored.event, e.TicketCalled):
            calls.append(stored.event)
        elif isinstance(stored.event, e.MoveUndone) and isinstance(last, e.TicketCalled):
            calls.pop()
        if not isinstance(stored.event, e.NoteAdded | e.SlipGivenAgain):
            last = stored.event
    if not calls:
        return None
    reason = calls[-1].reason
    return WhyView(
        number=label,
        reason=reason.kind.value,
        words=Words(vi=explain_vi(label, reason), en=explain_en(label, reason)),
    )
