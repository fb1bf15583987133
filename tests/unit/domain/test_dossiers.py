"""A dossier's life: saved, filed once, checked, supplemented, extended, ended, forgotten."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from queue_server.domain import commands as c
from queue_server.domain import dossier_commands as d
from queue_server.domain.deadline import Processing
from queue_server.domain.decide import carry_out
from queue_server.domain.dossier import (
    FINAL,
    LEGAL,
    Dossier,
    DossierRules,
    DossierState,
    Move,
    Stage,
)
from queue_server.domain.dossier_moves import STAFF_MOVES
from queue_server.domain.faults import (
    IllegalMove,
    NotFileable,
    PersonalNote,
    StaleVersion,
    UnknownDossier,
)
from queue_server.domain.office_day import OfficeDay
from tests.fakes.office_days import DAY, OFFICE, DayPlay, replayed

FILING = d.Filing(procedure="2.000635", catalogue="1", service="a", channel="kiosk", kiosk="k1")
RULES = DossierRules(agency="H29.05")
SEALED = b"sealed"


def play() -> DayPlay:
    return DayPlay(replace(OFFICE, dossiers=RULES))


def save(day: DayPlay, name: str, stage: Stage = Stage.DECLARE, **more: Any) -> Dossier:
    said = {"filing": FILING, "by": "k1", "sealed": SEALED} | more
    made = day.do(d.SaveDraft(dossier=name, holder=name.upper(), stage=stage, **said)).dossier
    assert made is not None
    return made


def file(day: DayPlay, name: str = "x", **more: Any) -> Dossier:
    said: dict[str, Any] = {"filing": FILING, "by": "k1", "sealed": SEALED, "papers": 2} | more
    said.setdefault("processing", Processing(3, "working_day", time(15)))
    made = day.do(d.FileDossier(dossier=name, holder=name.upper(), **said)).dossier
    assert made is not None
    return made


def move(day: DayPlay, what: Move, name: str = "x", **more: Any) -> Dossier:
    made = day.do(d.MoveDossier(dossier=name, move=what, by="counter-1", **more)).dossier
    assert made is not None
    return made


def test_a_draft_is_saved_and_filed_under_the_next_code_of_the_day() -> None:
    day = play()
    assert save(day, "x").state is DossierState.DRAFT
    assert save(day, "x", Stage.PREPARE).stage is Stage.PREPARE
    filed = file(day)
    assert (filed.code, filed.state) == ("H29.05-260512-0001", DossierState.FILED)
    assert file(day, "y").code == "H29.05-260512-0002"
    assert filed.due_at is not None
    assert filed.due_at.date() == date(2026, 5, 15)
    assert day.day.shelf.by_code("X") == day.day.shelf.by_code("H29.05-260512-0001") == filed


def test_help_receipt_and_competence_are_three_places() -> None:
    rules = replace(RULES, receipt="ward-2", competent="department-of-justice")
    day = DayPlay(replace(OFFICE, dossiers=rules))
    filed = file(day, place_help="post-office-1")
    places = (filed.place_help, filed.place_receipt, filed.competent)
    assert places == ("post-office-1", "ward-2", "department-of-justice")


def test_nothing_is_filed_twice_and_no_code_is_taken_over() -> None:
    day = play()
    file(day)
    with pytest.raises(IllegalMove):
        file(day)
    with pytest.raises(IllegalMove):
        save(day, "x")
    with pytest.raises(IllegalMove):
        day.do(
            d.SaveDraft(
                dossier="z", holder="X", filing=FILING, stage=Stage.DECLARE, sealed=SEALED, by="k1"
            )
        )
    assert len(day.day.shelf.dossiers) == 1


def test_another_procedure_than_the_drafts_is_refused() -> None:
    day = play()
    save(day, "x")
    with pytest.raises(NotFileable):
        file(day, filing=replace(FILING, procedure="1.004873"))


def test_the_clock_stands_while_the_citizen_is_asked() -> None:
    day = play()
    file(day)
    move(day, Move.RECEIVE)
    asked = move(day, Move.ASK_SUPPLEMENT, reason="Thiếu giấy chứng sinh")
    assert (asked.open_days, asked.supplements) == (3, 1)
    day.at = day.at.replace(day=20)
    given = move(day, Move.SUPPLEMENT, digitised=1)
    assert given.due_at is not None
    assert given.due_at.date() == date(2026, 5, 25)
    assert given.state is DossierState.RECEIVED


def test_an_extension_names_a_later_day_and_a_reason() -> None:
    day = play()
    filed = file(day)
    move(day, Move.RECEIVE)
    with pytest.raises(NotFileable):
        move(day, Move.EXTEND, reason="Chờ xác minh", until=date(2026, 5, 15))
    with pytest.raises(PersonalNote):
        move(day, Move.EXTEND, reason="", until=date(2026, 5, 19))
    later = move(day, Move.EXTEND, reason="Chờ xác minh", until=date(2026, 5, 19))
    assert later.due_at is not None
    assert filed.due_at is not None
    assert later.due_at > filed.due_at


def test_a_reason_never_holds_a_number_of_a_person() -> None:
    day = play()
    file(day)
    with pytest.raises(PersonalNote):
        move(day, Move.REFUSE, reason="Số 079300123456 không khớp")


def test_what_another_window_did_is_noticed() -> None:
    day = play()
    filed = file(day)
    move(day, Move.RECEIVE, expected_version=filed.version)
    with pytest.raises(StaleVersion):
        move(day, Move.FINISH, expected_version=filed.version)


@pytest.mark.parametrize("state", DossierState)
def test_each_state_allows_its_moves_and_no_other(state: DossierState) -> None:
    for what in sorted(STAFF_MOVES):
        day = play()
        filed = file(day)
        day.day.shelf.restore([replace(filed, state=state)])
        more = {"reason": "Lý do", "until": date(2026, 6, 1), "to": "Phòng Tư pháp"}
        if what in LEGAL[state]:
            assert move(day, what, **more).version == filed.version + 1
        else:
            with pytest.raises(IllegalMove) as refused:
                move(day, what, **more)
            assert set(refused.value.allowed) == LEGAL[state]


def test_the_open_dossier_stands_on_the_next_days_shelf_and_the_draft_lapses() -> None:
    day = play()
    file(day)
    save(day, "old")
    tomorrow = OfficeDay(day.day.office, date(2026, 5, 20))
    day.at = day.at.replace(day=20)
    day.do(c.CloseDay())
    assert day.day.shelf.dossier("old").state is DossierState.DROPPED
    assert day.day.shelf.dossier("old").erased_at is not None
    tomorrow.shelf.take_over(day.day.shelf)
    assert set(tomorrow.shelf.dossiers) == {"x"}


def test_only_what_has_ended_is_erased_and_once() -> None:
    day = play()
    filed = file(day)
    with pytest.raises(IllegalMove):
        day.do(d.EraseDossier(dossier=filed, by="admin", reason="Theo yêu cầu"))
    move(day, Move.RECEIVE)
    done = move(day, Move.FINISH, on_the_spot=True)
    assert done.on_the_spot
    gone = day.do(d.EraseDossier(dossier=done, by="admin", reason="Theo yêu cầu")).dossier
    assert gone is not None
    assert gone.erased_at == day.at
    with pytest.raises(IllegalMove):
        day.do(d.EraseDossier(dossier=done, by="admin", reason="Theo yêu cầu"))


def test_what_nobody_filed_cannot_be_moved() -> None:
    with pytest.raises(UnknownDossier):
        move(play(), Move.RECEIVE, "nobody")


def test_replaying_makes_the_same_shelf_and_no_event_holds_content() -> None:
    day = play()
    save(day, "x")
    file(day)
    move(day, Move.RECEIVE)
    move(day, Move.HAND_OVER, to="Phòng Tư pháp")
    day.do(d.NoteAccess(dossier="x", by="counter-1", what="answers"))
    move(day, Move.STOP, reason="Công dân rút hồ sơ")
    assert replayed(day.events, DAY, day.day.office).shelf.dossiers == day.day.shelf.dossiers
    assert not any(SEALED.decode() in repr(event) for event in day.events)


def test_the_final_states_are_those_without_a_way_on() -> None:
    assert {s.value for s in FINAL} == {"finished", "refused", "stopped", "dropped"}


def test_what_nobody_looked_at_yet_is_declared_anew_and_then_no_more() -> None:
    day = play()
    file(day, fee_vnd=8000)
    anew = d.CorrectDossier(dossier="x", sealed=b"anew", by="k1", papers=1, fee_vnd=16000)
    made = carry_out(day.day, anew, day.at).dossier
    assert made is not None
    assert (made.state, made.fee_vnd, made.papers) == (DossierState.FILED, 16000, 1)
    assert day.day.shelf.changes.contents["x", "answers"] == b"anew"
    move(day, Move.RECEIVE)
    with pytest.raises(IllegalMove):
        day.do(d.CorrectDossier(dossier="x", sealed=b"late", by="k1"))


def test_a_row_brought_back_from_the_store_forgets_no_change_of_the_same_commit() -> None:
    day = play()
    file(day)
    ended = move(day, Move.REFUSE, reason="Không thuộc thẩm quyền")
    old = replace(ended, id="old", holder="OLD", code="H29.05-260501-0001")
    filing = d.FileDossier(dossier="y", holder="Y", filing=FILING, by="k1", sealed=SEALED)
    carry_out(day.day, filing, day.at)
    carry_out(day.day, d.EraseDossier(dossier=old, by="a", reason="Theo yêu cầu"), day.at)
    assert set(day.day.shelf.changes.dossiers) == {"old", "y"}
