"""A clerk's note is kept as an event, names nobody, and takes nothing away from undo."""

import pytest

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.faults import IllegalMove, PersonalNote, StaleVersion
from queue_server.domain.note import checked_note
from queue_server.domain.ticket import TicketState
from tests.fakes.office_days import DayPlay

KEPT = (
    "Thiếu giấy khai sinh bản chính, hẹn bổ sung sáng 12.05.2026",
    "Hồ sơ H30-260512-0001, lệ phí 1.200.000 đồng",
    "Thủ tục 2.000815, nộp 3 bản, phòng 205 tầng 2",
    "Needs the original; back at 14:30 on 12-05-2026",
)
PERSONAL = (
    "CCCD 079203001234",
    "căn cước 079 203 001 234",
    "CMND cũ 023456789",
    "gọi lại 0912345678",
    "gọi 0912 345 678 nhé",
    "gọi 0912.345.678",
    "số 09 12 34 56 78",
    "phone +84912345678",
    "bàn 028 3829 1234",
    "thư tới an.nguyen@example.org",
)


@pytest.mark.parametrize("text", KEPT)
def test_what_names_nobody_is_kept(text: str) -> None:
    assert checked_note(f"  {text}\n") == text


@pytest.mark.parametrize("text", PERSONAL)
def test_what_leads_to_a_person_is_refused_and_not_repeated(text: str) -> None:
    with pytest.raises(PersonalNote) as refused:
        checked_note(text)
    assert not any(sign.isdigit() for sign in refused.value.detail)


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 201])
def test_a_note_has_one_to_two_hundred_letters(text: str) -> None:
    with pytest.raises(PersonalNote):
        checked_note(text)
    assert checked_note("x" * 200) == "x" * 200


def test_a_note_is_an_event_and_leaves_undo_alone() -> None:
    play = DayPlay()
    ticket = play.issue()
    play.call()
    before = play.day.counters[1]
    noted = play.at_counter(c.AddNote, text="Thiếu bản chính")
    assert noted.version == 3 + 1
    assert play.day.counters[1] == before, "no other window is made stale by a note"
    note = play.events[-1]
    assert isinstance(note, e.NoteAdded)
    assert (note.text, note.counter) == ("Thiếu bản chính", 1)
    assert play.at_counter(c.Undo).state is TicketState.WAITING
    assert play.now(ticket).version == 5


def test_a_note_belongs_to_the_citizen_whom_the_clerk_saw() -> None:
    play = DayPlay()
    play.issue()
    play.issue()
    play.serve()
    seen = play.day.counters[1].version
    play.call()
    with pytest.raises(StaleVersion):
        play.do(c.AddNote(counter=1, expected_version=seen, text="Thiếu bản chính"))
    with pytest.raises(IllegalMove):
        play.do(c.AddNote(counter=2, text="Thiếu bản chính"))


def test_a_slip_is_given_again_while_the_number_is_worth_something() -> None:
    play = DayPlay()
    ticket = play.issue()
    play.do(c.GiveSlipAgain(ticket=ticket.id))
    assert isinstance(play.events[-1], e.SlipGivenAgain)
    play.do(c.CancelTicket(ticket=ticket.id))
    with pytest.raises(IllegalMove):
        play.do(c.GiveSlipAgain(ticket=ticket.id))
