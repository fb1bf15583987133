"""Everything that happened to a dossier, in words for staff and for its citizen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from queue_server.contracts.dossier_views import DossierStep
from queue_server.contracts.views import Words
from queue_server.domain import dossier_events as e
from queue_server.use_cases.ports import StoredEvent

WORDS: dict[type[e.DossierEvent], tuple[str, str]] = {
    e.DossierSaved: ("Lưu bản khai", "Declaration saved"),
    e.DossierDropped: ("Bỏ bản khai", "Draft given up"),
    e.DossierFiled: ("Nộp hồ sơ", "Filed"),
    e.DossierCorrected: ("Công dân khai lại", "Declared anew by its holder"),
    e.DossierPageKept: ("Quét trang giấy tờ", "Page scanned"),
    e.DossierPagesDropped: ("Bỏ bản quét", "Scan taken back"),
    e.DossierReceived: ("Cán bộ tiếp nhận", "Taken on by staff"),
    e.DossierSupplementAsked: ("Yêu cầu bổ sung", "Supplement asked for"),
    e.DossierSupplementGiven: ("Đã bổ sung", "Supplement given"),
    e.DossierExtended: ("Xin lỗi và hẹn lại", "Apology and new date"),
    e.DossierRefused: ("Từ chối tiếp nhận", "Refused"),
    e.DossierStopped: ("Dừng giải quyết", "Stopped"),
    e.DossierFinished: ("Đã có kết quả", "Result ready"),
    e.DossierHandedOver: ("Chuyển xử lý", "Handed over"),
    e.DossierPaid: ("Đã nộp lệ phí", "Fee paid"),
    e.DossierRefundOwed: ("Phải hoàn tiền", "Money to be given back"),
    e.DossierRefunded: ("Đã hoàn tiền", "Money given back"),
    e.DossierSeen: ("Xem nội dung", "Content looked at"),
    e.DossierErased: ("Đã xóa dữ liệu cá nhân", "Personal data erased"),
}


def history(events: Sequence[StoredEvent]) -> list[DossierStep]:
    """The steps in order."""
    return [_step(stored.event) for stored in events if isinstance(stored.event, e.DossierEvent)]


def _step(event: e.DossierEvent) -> DossierStep:
    vi, en = WORDS[type(event)]
    more = _more(event)
    if more:
        vi, en = f"{vi}: {more}", f"{en}: {more}"
    return DossierStep(
        at=event.at, kind=type(event).__name__, by=event.by, words=Words(vi=vi, en=en)
    )


def _more(event: e.DossierEvent) -> str:
    told = _TOLD.get(type(event))
    if told is not None:
        return told(event)
    said = str(getattr(event, "reason", "") or getattr(event, "transaction", ""))
    if isinstance(event, e.DossierPaid | e.DossierRefundOwed | e.DossierRefunded):
        return f"{money(event.amount_vnd)}, {said}"
    return said


def money(vnd: int) -> str:
    """An amount as it is written here."""
    return f"{vnd:,} đ".replace(",", ".")


_TOLD: dict[type[e.DossierEvent], Callable[[Any], str]] = {
    e.DossierSeen: lambda event: str(event.what),
    e.DossierPageKept: lambda event: f"{event.paper}/{event.page}",
    e.DossierPagesDropped: lambda event: str(event.paper),
    e.DossierFiled: lambda event: str(event.code),
    e.DossierSaved: lambda event: str(event.stage),
    e.DossierHandedOver: lambda event: str(event.to),
}
