"""How each event changes the day: the same code decides, replays and verifies."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from queue_server.domain import appeal_events as q
from queue_server.domain import appointment_events as a
from queue_server.domain import complaint_events as k
from queue_server.domain import dossier_events as d
from queue_server.domain import (
    effects_at_counter,
    effects_on_book,
    effects_on_day,
    effects_on_line,
    effects_on_shelf,
)
from queue_server.domain import events as e
from queue_server.domain import office_record_events as r
from queue_server.domain import people as p
from queue_server.domain import smile_events as s
from queue_server.domain import subject_events as u
from queue_server.domain.office_day import OfficeDay

EFFECTS: dict[type[e.Event], Callable[[Any, OfficeDay], None]] = {
    e.DayOpened: effects_on_day.day_opened,
    e.OfficeConfigured: effects_on_day.office_configured,
    e.DayClosed: effects_on_day.day_closed,
    e.ClockJumped: effects_on_day.clock_jumped,
    e.BlockLeased: effects_on_day.block_leased,
    e.CounterOpened: effects_on_day.counter_opened,
    e.CounterPaused: effects_on_day.counter_paused,
    e.CounterClosed: effects_on_day.counter_closed,
    e.ClerkNoted: effects_on_day.nothing_changes,
    e.CounterAsked: effects_on_day.counter_asked,
    e.AskDeclined: effects_on_day.ask_declined,
    e.ProfileSwitched: effects_on_day.profile_switched,
    e.TicketReserved: effects_on_line.ticket_reserved,
    e.TicketConfirmed: effects_on_line.ticket_confirmed,
    e.TicketVoided: effects_on_line.ticket_voided,
    e.HoldEnded: effects_on_line.hold_ended,
    e.TicketTransferred: effects_on_line.ticket_transferred,
    e.TicketReinstated: effects_on_line.ticket_reinstated,
    e.TicketCancelled: effects_on_line.ticket_cancelled,
    e.TicketExpired: effects_on_line.ticket_expired,
    e.TicketCalled: effects_at_counter.ticket_called,
    e.TicketRecalled: effects_at_counter.ticket_recalled,
    e.ServingStarted: effects_at_counter.serving_started,
    e.ProcedureAdded: effects_at_counter.procedure_added,
    e.NoteAdded: effects_at_counter.note_added,
    e.TicketHeld: effects_at_counter.ticket_held,
    e.ServingResumed: effects_at_counter.serving_resumed,
    e.TicketReturned: effects_at_counter.ticket_returned,
    e.TicketFinished: effects_at_counter.ticket_finished,
    e.TicketNoShow: effects_at_counter.ticket_no_show,
    e.MoveUndone: effects_at_counter.move_undone,
    e.SlipGivenAgain: effects_on_line.slip_given_again,
    e.TicketDelayed: effects_on_line.ticket_delayed,
    e.TicketRated: effects_on_line.ticket_rated,
    p.PersonSet: effects_on_day.person_changed,
    p.PersonRemoved: effects_on_day.person_changed,
    k.ComplaintFiled: effects_on_day.nothing_changes,
    k.ComplaintMoved: effects_on_day.nothing_changes,
    q.AppealFiled: effects_on_day.nothing_changes,
    q.AppealAnswered: effects_on_day.nothing_changes,
    s.SmilesCounted: effects_on_day.smiles_counted,
    s.CameraCalibrated: effects_on_day.smiles_counted,
    r.SettingsChanged: effects_on_day.record_kept,
    r.CatalogueChanged: effects_on_day.record_kept,
    r.LogoChanged: effects_on_day.record_kept,
    r.DeviceChanged: effects_on_day.record_kept,
    r.ReportStepTaken: effects_on_day.record_kept,
    u.SubjectSought: effects_on_day.record_kept,
    u.SubjectErased: effects_on_day.record_kept,
    u.PersonalPurged: effects_on_day.record_kept,
    a.BookCarried: effects_on_book.book_carried,
    a.AppointmentBooked: effects_on_book.appointment_booked,
    a.AppointmentMoved: effects_on_book.appointment_moved,
    a.AppointmentCancelled: effects_on_book.appointment_cancelled,
    a.AppointmentCheckedIn: effects_on_book.appointment_checked_in,
    a.AppointmentMissed: effects_on_book.appointment_missed,
    a.AppointmentLapsed: effects_on_book.appointment_lapsed,
    a.HomeVisitRequested: effects_on_book.home_visit_requested,
    a.HomeVisitCancelled: effects_on_book.home_visit_cancelled,
    a.HomeVisitEnded: effects_on_book.home_visit_ended,
    a.HomeVisitLapsed: effects_on_book.home_visit_lapsed,
    d.DossierSaved: effects_on_shelf.dossier_saved,
    d.DossierDropped: effects_on_shelf.dossier_dropped,
    d.DossierFiled: effects_on_shelf.dossier_filed,
    d.DossierCorrected: effects_on_shelf.dossier_corrected,
    d.DossierReceived: effects_on_shelf.dossier_received,
    d.DossierSupplementAsked: effects_on_shelf.dossier_supplement_asked,
    d.DossierSupplementGiven: effects_on_shelf.dossier_supplement_given,
    d.DossierExtended: effects_on_shelf.dossier_extended,
    d.DossierRefused: effects_on_shelf.dossier_refused,
    d.DossierStopped: effects_on_shelf.dossier_stopped,
    d.DossierFinished: effects_on_shelf.dossier_finished,
    d.DossierHandedOver: effects_on_shelf.dossier_handed_over,
    d.DossierPaid: effects_on_shelf.dossier_paid,
    d.DossierRefundOwed: effects_on_shelf.dossier_refund_owed,
    d.DossierRefunded: effects_on_shelf.dossier_refunded,
    d.DossierPageKept: effects_on_shelf.dossier_prepared,
    d.DossierPagesDropped: effects_on_shelf.dossier_prepared,
    d.DossierSeen: effects_on_shelf.dossier_seen,
    d.DossierErased: effects_on_shelf.dossier_erased,
}


def happen(day: OfficeDay, event: e.Event) -> None:
    """Apply an event to the day and note it among the changes."""
    apply(event, day)
    day.changes.events.append(event)


def apply(event: e.Event, day: OfficeDay) -> None:
    """Change the day as the event says; replaying a day is this, event by event."""
    EFFECTS[type(event)](event, day)
    day.last_at = event.at if day.last_at is None else max(day.last_at, event.at)
