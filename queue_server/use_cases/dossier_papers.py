"""Fills the forms 01 to 07 of a dossier: what stands on the paper, before anybody sets it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from queue_server.config.dossier_forms import REGISTER, PaperForm, paper_forms
from queue_server.contracts.dossier_views import DossierStep
from queue_server.domain.dossier import Dossier, DossierState, Move
from queue_server.domain.office import ZONE
from queue_server.use_cases.dossier_desk import Declaration, DossierDesk

Sheet = dict[str, Any]
GIVEN = "(đã xóa theo quy định)"
OPEN_DAY = "Cơ quan sẽ báo"
NEEDS_REASON = {
    "02": DossierState.AWAITING,
    "03": DossierState.REFUSED,
    "05": DossierState.STOPPED,
}


def may_print(dossier: Dossier, number: str) -> bool:
    """Whether a form says something true of this dossier now."""
    if number in NEEDS_REASON:
        return dossier.state is NEEDS_REASON[number]
    if number == "04":
        return dossier.extended > 0 and Move.EXTEND in dossier.allowed
    return dossier.code is not None and number != REGISTER


def sheet_of(
    desk: DossierDesk,
    dossier: Dossier,
    number: str,
    declared: Declaration | None,
    steps: Sequence[DossierStep] = (),
) -> Sheet:
    """One form of one dossier; personal, for the paper alone."""
    form = paper_forms().numbered(number)
    facts = _facts(desk, dossier, declared)
    labels = paper_forms().labels
    shown = [[labels[name], facts[name]] for name in form.lines if facts.get(name)]
    papers = _papers(declared) if form.papers and declared is not None else []
    return _frame(desk, form) | {
        "code": dossier.code,
        "opening": form.opening,
        "lines": shown,
        "papers": papers,
        "steps": [[_moment(step.at), step.words.vi, step.by] for step in steps],
        "follow": f"{desk.base.rstrip('/')}/d/{dossier.holder}" if number == "01" else "",
    }


def _papers(declared: Declaration) -> list[list[str]]:
    """Each paper and what its citizen says of it; one that is used again says from where."""
    again = dict(declared.reused)
    return [
        [name, f"Dùng lại từ {again[name]}" if name in again else "Có" if has else "Không có"]
        for name, has in declared.papers
    ]


def register_of(desk: DossierDesk, dossiers: Sequence[Dossier], start: date, end: date) -> Sheet:
    """Form 07: the dossiers of some days, without names; the code leads to the rest."""
    form = paper_forms().numbered(REGISTER)
    said = {"start": f"{start:%d/%m/%Y}", "end": f"{end:%d/%m/%Y}"}
    return _frame(desk, form) | {
        "opening": form.opening.format(**said),
        "rows": [_row(desk, one) for one in dossiers],
    }


def _frame(desk: DossierDesk, form: PaperForm) -> Sheet:
    forms = paper_forms()
    with desk.live.look() as day:
        office = day.office.name_vi
    now = desk.now().astimezone(ZONE)
    return {
        "mark": forms.mark.format(number=form.number, version=forms.version),
        "title": form.title,
        "office": office,
        "day": f"Ngày {now:%d} tháng {now:%m} năm {now:%Y}",
        "closing": form.closing,
        "signs": list(form.signs),
    }


def _facts(desk: DossierDesk, dossier: Dossier, declared: Declaration | None) -> dict[str, str]:
    answers = declared.answers if declared is not None else {}
    place = answers.get("address") or answers.get("here") or answers.get("permanent", "")
    fact = desk.facts.get(dossier.procedure)
    office = desk.live.day.office if desk.live.day is not None else None

    def where(name: str) -> str:
        return office.name_vi if office is not None and name == office.id else name

    return {
        "name": answers.get("name") or GIVEN,
        "address": place,
        "phone": answers.get("phone", ""),
        "procedure": fact.official_name if fact else dossier.procedure,
        "filed_at": _moment(dossier.filed_at),
        "due_at": _moment(dossier.due_at) or OPEN_DAY,
        "place_help": where(dossier.place_help),
        "place_receipt": where(dossier.place_receipt),
        "competent": where(dossier.competent),
        "fee": _fee(desk, dossier),
        "holder": f"{dossier.holder[:4]} {dossier.holder[4:]}",
        "reason": dossier.reason or "",
        "asked_at": _moment(dossier.asked_at),
        "finished_at": _moment(dossier.finished_at),
        "handled_by": dossier.handled_by or "",
    }


def _fee(desk: DossierDesk, dossier: Dossier) -> str:
    """Never an amount alone: who pays less stands beside it."""
    fact = desk.facts.get(dossier.procedure)
    note = fact.fee_note.vi if fact and fact.fee_note else "Hỏi cơ quan về diện được miễn, giảm."
    if dossier.fee_vnd is None:
        return note
    if dossier.fee_vnd == 0:
        return "Không thu lệ phí"
    return f"{dossier.fee_vnd:,} đ. ".replace(",", ".") + note


def _row(desk: DossierDesk, dossier: Dossier) -> list[str]:
    return [
        dossier.code or "",
        desk.name(dossier.procedure).vi,
        _moment(dossier.filed_at),
        _moment(dossier.due_at),
        _moment(dossier.finished_at),
        paper_forms().states.get(dossier.state.value, dossier.state.value),
    ]


def _moment(at: datetime | None) -> str:
    return f"{at.astimezone(ZONE):%H:%M %d/%m/%Y}" if at is not None else ""
