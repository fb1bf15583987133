"""Brings each command to its handler: the one door into the office day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from queue_server.domain import (
    appeal_moves,
    appointment_moves,
    citizen_moves,
    clerk_moves,
    complaint_moves,
    counter_asks,
    counter_moves,
    day_moves,
    dossier_moves,
    dossier_payments,
    dossier_scan_moves,
    home_visit_moves,
    office_record_moves,
    people_moves,
    smile_moves,
    subject_moves,
    ticket_moves,
)
from queue_server.domain import appointment_commands as a
from queue_server.domain import commands as c
from queue_server.domain import dossier_commands as d
from queue_server.domain import office_record_commands as r
from queue_server.domain import people as p
from queue_server.domain import smile_commands as s
from queue_server.domain.appointment import Appointment, HomeVisit
from queue_server.domain.dossier import Dossier
from queue_server.domain.faults import OfficeClosed
from queue_server.domain.number_series import LeasedBlock
from queue_server.domain.office_day import OfficeDay
from queue_server.domain.ticket import Ticket

Handler = Callable[[OfficeDay, Any, datetime], Any]

HANDLERS: dict[type[c.Command], Handler] = {
    c.IssueTicket: ticket_moves.issue_ticket,
    c.ConfirmTicket: ticket_moves.confirm_ticket,
    c.VoidTicket: ticket_moves.void_ticket,
    c.CancelTicket: ticket_moves.cancel_ticket,
    c.WithdrawTicket: ticket_moves.withdraw_ticket,
    c.DelayTicket: citizen_moves.delay_ticket,
    c.RateVisit: citizen_moves.rate_visit,
    p.SetPerson: people_moves.set_person,
    p.RemovePerson: people_moves.remove_person,
    complaint_moves.FileComplaint: complaint_moves.file_complaint,
    complaint_moves.MoveComplaint: complaint_moves.move_complaint,
    appeal_moves.FileAppeal: appeal_moves.file_appeal,
    appeal_moves.AnswerAppeal: appeal_moves.answer_appeal,
    s.KeepSmiles: smile_moves.keep_smiles,
    s.KeepCalibration: smile_moves.keep_calibration,
    r.KeepRecord: office_record_moves.keep_record,
    c.NoteClerk: clerk_moves.note_clerk,
    c.TransferWaiting: ticket_moves.transfer_waiting,
    c.GiveSlipAgain: ticket_moves.give_slip_again,
    c.Reinstate: ticket_moves.reinstate,
    c.LeaseBlock: ticket_moves.lease_block,
    c.CallNext: counter_moves.call_next,
    c.CallNumber: counter_moves.call_number,
    c.Recall: counter_moves.recall,
    c.Start: counter_moves.start,
    c.AddProcedure: counter_moves.add_procedure,
    c.AddNote: counter_moves.add_note,
    c.Hold: counter_moves.hold,
    c.Resume: counter_moves.resume,
    c.Transfer: counter_moves.transfer_current,
    c.Return: counter_moves.return_to_line,
    c.Finish: counter_moves.finish,
    c.NoShow: counter_moves.no_show,
    c.Undo: counter_moves.undo,
    c.OpenCounter: counter_moves.open_counter,
    c.PauseCounter: counter_moves.pause_counter,
    c.CloseCounter: counter_moves.close_counter,
    c.AskCounter: counter_asks.ask_counter,
    c.DeclineAsk: counter_asks.decline_ask,
    c.SwitchProfile: counter_moves.switch_profile,
    a.BookAppointment: appointment_moves.book_appointment,
    a.MoveAppointment: appointment_moves.move_appointment,
    a.CancelAppointment: appointment_moves.cancel_appointment,
    a.CheckIn: appointment_moves.check_in,
    a.RequestHomeVisit: home_visit_moves.request_home_visit,
    a.CancelHomeVisit: home_visit_moves.cancel_home_visit,
    a.EndHomeVisit: home_visit_moves.end_home_visit,
    d.SaveDraft: dossier_moves.save_draft,
    d.DropDraft: dossier_moves.drop_draft,
    d.FileDossier: dossier_moves.file_dossier,
    d.CorrectDossier: dossier_moves.correct_dossier,
    d.MoveDossier: dossier_moves.move_dossier,
    d.KeepPage: dossier_scan_moves.keep_page,
    d.DropPages: dossier_scan_moves.drop_pages,
    d.NoteAccess: dossier_moves.note_access,
    d.EraseDossier: dossier_moves.erase_dossier,
    subject_moves.SeekSubject: subject_moves.seek_subject,
    subject_moves.EraseSubject: subject_moves.erase_subject,
    dossier_payments.RecordPayment: dossier_payments.record_payment,
    dossier_payments.OweRefund: dossier_payments.owe_refund,
    dossier_payments.RecordRefund: dossier_payments.record_refund,
    c.OpenDay: day_moves.open_day,
    c.ConfigureOffice: day_moves.configure_office,
    c.CloseDay: day_moves.close_day,
    c.PassTime: day_moves.pass_time,
    c.NoteClockJump: day_moves.note_clock_jump,
}

HOUSEKEEPING = frozenset({c.OpenDay, c.ConfigureOffice, c.CloseDay, c.PassTime, c.NoteClockJump})
"""What the office tells itself; on a day that is over there is nothing left to do of it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command led to: the one thing that it concerns, if any."""

    ticket: Ticket | None = None
    block: LeasedBlock | None = None
    appointment: Appointment | None = None
    visit: HomeVisit | None = None
    dossier: Dossier | None = None


NAMED: dict[type, str] = {
    Ticket: "ticket",
    LeasedBlock: "block",
    Appointment: "appointment",
    HomeVisit: "visit",
    Dossier: "dossier",
}


def carry_out(day: OfficeDay, command: c.Command, at: datetime) -> Outcome:
    """Decide a command at `at` and let its events happen; they stand in `day.changes`.

    Time never runs backwards within a day: an earlier `at` counts as the time of the last event.

    Raises:
        DomainFault: the command is refused; nothing has changed.
    """
    if day.closed:
        if type(command) in HOUSEKEEPING:
            return Outcome()
        raise OfficeClosed(f"the working day {day.day} is over", state="closed")
    if day.last_at is not None:
        at = max(at, day.last_at)
    result = HANDLERS[type(command)](day, command, at)
    said: dict[str, Any] = {NAMED[type(result)]: result} if type(result) in NAMED else {}
    return Outcome(**said)
