"""What stands on a fee slip: the amount with who pays less, the payment code, and what came."""

from __future__ import annotations

from typing import Any

from queue_server.contracts.payment_views import PaymentView
from queue_server.domain.dossier import Dossier
from queue_server.domain.office import ZONE
from queue_server.use_cases.dossier_desk import DossierDesk
from queue_server.use_cases.dossier_history import money

ASK = "Hỏi cơ quan về diện được miễn, giảm."
STATES = {
    "open": "Chưa nộp",
    "part": "Đã nộp một phần",
    "paid": "Đã nộp đủ",
    "owed": "Cơ quan phải hoàn tiền",
    "none": "Không thu",
}


def fee_slip(desk: DossierDesk, dossier: Dossier, view: PaymentView) -> dict[str, Any]:
    """The content of `fee_slip.typ`; it leads to no person."""
    fact = desk.facts.get(dossier.procedure)
    with desk.live.look() as day:
        office = day.office.name_vi
    now = desk.now().astimezone(ZONE)
    lines = [
        ("Thủ tục", fact.official_name if fact else dossier.procedure),
        ("Lệ phí", money(view.fee_vnd or 0)),
        ("Miễn, giảm", fact.fee_note.vi if fact and fact.fee_note else ASK),
        ("Đã nộp", money(view.paid_vnd) if view.paid_vnd else ""),
        ("Phải hoàn", money(view.owed_vnd) if view.owed_vnd else ""),
        ("Còn phải nộp", money(view.due_vnd)),
        ("Nội dung chuyển khoản", view.reference or ""),
        ("Tài khoản", f"{view.account} ({view.bank})" if view.account else ""),
        ("Chủ tài khoản", view.account_holder),
    ]
    return {
        "office": office,
        "code": dossier.code or "",
        "day": f"Ngày {now:%d} tháng {now:%m} năm {now:%Y}",
        "state": STATES[view.payment],
        "lines": [list(line) for line in lines if line[1]],
        "qr": qr_svg(view.qr_size, view.qr_path) if view.code_text else "",
        "simulated": view.simulated,
    }


def qr_svg(size: int, path: str) -> str:
    """A code of `size` modules a side as a picture for paper; `path` draws the dark ones."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}">'
        f'<path d="{path}" fill="#000"/></svg>'
    )
