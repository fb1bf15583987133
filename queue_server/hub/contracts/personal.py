"""Which fields of which event leave an office: what is not named as kept stays at home."""

from __future__ import annotations

from typing import Any

KEPT: dict[str, tuple[str, ...]] = {
    "DayOpened": ("day",),
    "OfficeConfigured": ("office",),
    "DayClosed": ("day",),
    "ClockJumped": ("by_s",),
    "CounterOpened": (),
    "CounterPaused": (),
    "CounterClosed": (),
    "ClerkNoted": (),
    "CounterAsked": ("service",),
    "AskDeclined": (),
    "ProfileSwitched": ("profile",),
    "BlockLeased": ("kiosk", "service", "first", "last"),
    "TicketReserved": (
        *("service", "number", "label", "priority", "channel", "language", "issued_at", "kiosk"),
        *("procedure", "appointment_at", "clock_off_s", "also", "dossiers", "visit", "papers"),
    ),
    "TicketConfirmed": ("slip",),
    "TicketVoided": (),
    "TicketCalled": ("reason",),
    "TicketRecalled": (),
    "ServingStarted": (),
    "ProcedureAdded": ("procedure",),
    "NoteAdded": (),
    "SlipGivenAgain": (),
    "TicketHeld": ("held_until",),
    "ServingResumed": (),
    "HoldEnded": (),
    "TicketTransferred": ("to_service", "to_counter"),
    "TicketReturned": (),
    "TicketFinished": ("outcome",),
    "TicketNoShow": (),
    "TicketReinstated": (),
    "TicketCancelled": (),
    "TicketDelayed": ("by_s",),
    "TicketRated": ("score", "reasons", "by"),
    "TicketExpired": (),
    "MoveUndone": (),
    "BookCarried": (),
    "AppointmentBooked": (
        *("appointment", "service", "slot_at", "channel", "language", "procedure"),
    ),
    "AppointmentMoved": ("appointment", "slot_at"),
    "AppointmentCancelled": ("appointment",),
    "AppointmentCheckedIn": ("appointment",),
    "AppointmentMissed": ("appointment",),
    "AppointmentLapsed": ("appointment",),
    "HomeVisitRequested": ("visit", "service", "on", "part", "language", "procedure"),
    "HomeVisitCancelled": ("visit",),
    "HomeVisitEnded": ("visit", "done"),
    "HomeVisitLapsed": ("visit",),
    "SmilesCounted": ("window_from", "minutes", "n", "share", "low", "high", "calibrated"),
    "CameraCalibrated": ("n", "n_bad", "auc", "low", "high", "used"),
    "ComplaintFiled": ("complaint", "source", "service"),
    "ComplaintMoved": ("complaint", "step"),
    "AppealFiled": (),
    "AppealAnswered": (),
    "SettingsChanged": ("before", "after"),
    "CatalogueChanged": ("what", "version", "digest"),
    "LogoChanged": ("digest",),
    "DeviceChanged": ("what",),
    "ReportStepTaken": ("step", "first", "last", "digest"),
    "SubjectSought": ("what", "how"),
    "SubjectErased": ("how", "dossiers", "cards", "contacts"),
    "PersonalPurged": ("cards", "tickets", "contacts"),
    "PersonSet": (),
    "PersonRemoved": (),
    "DossierSaved": (
        *("dossier", "procedure", "catalogue", "service", "stage", "channel", "language", "kiosk"),
    ),
    "DossierDropped": ("dossier", "lapsed"),
    "DossierFiled": (
        *("dossier", "procedure", "catalogue", "service", "channel", "language", "place_help"),
        *("place_receipt", "competent", "papers", "digitised", "reused", "due_at", "fee_vnd"),
        "kiosk",
    ),
    "DossierCorrected": ("dossier", "papers", "digitised", "reused", "fee_vnd"),
    "DossierPageKept": ("dossier", "paper", "page"),
    "DossierPagesDropped": ("dossier", "paper", "pages"),
    "DossierReceived": ("dossier",),
    "DossierSupplementAsked": ("dossier", "open_days"),
    "DossierSupplementGiven": ("dossier", "digitised", "due_at"),
    "DossierExtended": ("dossier", "due_at"),
    "DossierRefused": ("dossier",),
    "DossierStopped": ("dossier",),
    "DossierFinished": ("dossier", "on_the_spot", "in_time"),
    "DossierHandedOver": ("dossier",),
    "DossierSeen": ("dossier",),
    "DossierErased": ("dossier",),
    "DossierPaid": ("dossier", "amount_vnd", "via"),
    "DossierRefundOwed": ("dossier", "amount_vnd"),
    "DossierRefunded": ("dossier", "amount_vnd"),
}

REMOVED: dict[str, tuple[str, ...]] = {
    "CounterAsked": ("by",),
    "AskDeclined": ("by",),
    "ProfileSwitched": ("by",),
    "ClerkNoted": ("person",),
    "SlipGivenAgain": ("by",),
    "TicketTransferred": ("by",),
    "TicketReinstated": ("by",),
    "TicketCancelled": ("by",),
    "AppointmentMoved": ("by",),
    "AppointmentCancelled": ("by",),
    "HomeVisitCancelled": ("by",),
    "HomeVisitEnded": ("by",),
    "TicketReserved": ("follow_code",),
    "NoteAdded": ("text",),
    "TicketRated": ("comment",),
    "BookCarried": ("appointments", "visits"),
    "AppointmentBooked": ("code",),
    "HomeVisitRequested": ("code", "priority"),
    "ComplaintFiled": ("text", "number", "by"),
    "ComplaintMoved": ("by", "note"),
    "AppealFiled": ("appeal", "by", "first", "last", "figure", "text", "number"),
    "AppealAnswered": ("appeal", "by", "verdict", "text"),
    "SettingsChanged": ("by", "changes"),
    "CatalogueChanged": ("by", "changes"),
    "LogoChanged": ("by", "changes", "content"),
    "DeviceChanged": ("by", "changes", "device"),
    "ReportStepTaken": ("by", "changes", "note", "content"),
    "SubjectSought": ("by", "changes", "reason"),
    "SubjectErased": ("by", "changes", "reason"),
    "PersonalPurged": ("by", "changes"),
    "PersonSet": ("person", "role", "new_password", "by", "own_counter"),
    "PersonRemoved": ("person", "by"),
    "DossierSaved": ("by", "holder", "assistant"),
    "DossierDropped": ("by",),
    "DossierFiled": ("by", "holder", "code", "assistant"),
    "DossierCorrected": ("by",),
    "DossierPageKept": ("by",),
    "DossierPagesDropped": ("by",),
    "DossierReceived": ("by",),
    "DossierSupplementAsked": ("by", "reason"),
    "DossierSupplementGiven": ("by",),
    "DossierExtended": ("by", "reason"),
    "DossierRefused": ("by", "reason"),
    "DossierStopped": ("by", "reason"),
    "DossierFinished": ("by",),
    "DossierHandedOver": ("by", "to"),
    "DossierSeen": ("by", "what"),
    "DossierErased": ("by", "holder", "reason"),
    "DossierPaid": ("by", "transaction"),
    "DossierRefundOwed": ("by", "reason"),
    "DossierRefunded": ("by", "transaction"),
}
"""Decided to stay at home: names, access codes, free words. A new field stands in neither list, so
it stays at home, and a test asks for a decision."""

PSEUDONYMS = ("visit", "appointment", "complaint", "dossier")
"""Ids that open something at the office; the hub gets names that only fit among each other."""

NORMAL, PRIORITY = "normal", "priority"
_OFFICE = ("id", "name_vi", "name_en", "training", "hours")
_SERVICE = ("id", "letter", "name_vi", "name_en", "hours")
_COUNTER = ("number", "profile", "priority")
_DAYS_OFF = {"appointments": ("weekdays", "closed"), "dossiers": ("holidays",)}
_REASON = ("kind", "waited_s", "limit_s")


def without_person(kind: str, body: dict[str, Any]) -> dict[str, Any]:
    """The part of an event's body that may leave; nothing of a kind that nobody decided about."""
    kept = {name: body[name] for name in KEPT.get(kind, ()) if name in body}
    if "office" in kept:
        kept["office"] = _plain_office(kept["office"])
    if "reason" in kept:
        kept["reason"] = _only(kept["reason"], _REASON)
    if "priority" in kept:
        # Which class somebody is of may say how healthy they are.
        kept["priority"] = NORMAL if kept["priority"] == NORMAL else PRIORITY
    return kept


def _plain_office(office: dict[str, Any]) -> dict[str, Any]:
    """Services, hours, days off and work profiles; breaks and rules are the office's own."""
    services = {name: _only(one, _SERVICE) for name, one in office.get("services", {}).items()}
    counters = {name: _only(one, _COUNTER) for name, one in office.get("counters", {}).items()}
    days = {part: _only(office[part], names) for part, names in _DAYS_OFF.items() if part in office}
    return _only(office, _OFFICE) | days | {"services": services, "counters": counters}


def _only(value: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: value[name] for name in names if name in value}
