"""Writes the contract views as TypeScript: `python -m tests.contracts.web_types`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from queue_server.contracts.admin_views import CatalogueView, ChangeLine, RecordView, SheetCheck
from queue_server.contracts.appeal_views import AppealsView
from queue_server.contracts.appointment_views import (
    AppointmentBooked,
    AppointmentDay,
    AppointmentOffer,
    AppointmentView,
    HalfDayView,
    HomeVisitView,
    SlotDay,
)
from queue_server.contracts.audit_views import AuditEvent, AuditView
from queue_server.contracts.brand_views import BrandView
from queue_server.contracts.complaint_views import ComplaintsView
from queue_server.contracts.console_views import (
    ConsoleView,
    OutcomeView,
    ProcedureView,
    SlipView,
)
from queue_server.contracts.dossier_views import (
    CompletionView,
    DossierContent,
    DossierInbox,
    DossierStatus,
    DossierStep,
)
from queue_server.contracts.manager_views import ManagerBoardView
from queue_server.contracts.map_views import OfficesView
from queue_server.contracts.payment_views import PaymentView, StatementView
from queue_server.contracts.people import PersonView
from queue_server.contracts.planning_views import PlanningView
from queue_server.contracts.problems import Problem
from queue_server.contracts.publication_views import PublicationView, PublishedView
from queue_server.contracts.rating_views import TabletView
from queue_server.contracts.replay_views import ReplayDay, ReplayDays, RulesTried
from queue_server.contracts.report_views import ReportView, ReportVisits
from queue_server.contracts.rule_views import RulesTrial
from queue_server.contracts.satisfaction_views import SatisfactionView
from queue_server.contracts.sign_on_views import CityFarewell, CitySignOn
from queue_server.contracts.subject_views import SubjectErasure, SubjectSummary
from queue_server.contracts.views import (
    BoardView,
    CounterView,
    DisplayView,
    FollowView,
    HistoryEntry,
    ServiceView,
    SignedIn,
    TicketIssued,
    WhyView,
)
from queue_server.contracts.visit_views import TakenTicket
from queue_server.hub.contracts.city_views import CityServices, CityView, OfficeLines, ServiceLines
from queue_server.hub.contracts.demand_views import CityDemand
from queue_server.hub.contracts.month_views import PublishedMonth, ShownMonth
from queue_server.hub.contracts.wish_views import WishView

SOURCES = Path(__file__).parents[2] / "queue_server" / "web" / "src"
BOOKED: tuple[type[BaseModel], ...] = (
    AppointmentBooked,
    AppointmentDay,
    AppointmentOffer,
    AppointmentView,
    HalfDayView,
    HomeVisitView,
    SlotDay,
)
FILED: tuple[type[BaseModel], ...] = (
    CompletionView,
    DossierContent,
    DossierInbox,
    DossierStatus,
    DossierStep,
    PaymentView,
    StatementView,
)
AUDITED: tuple[type[BaseModel], ...] = (AuditEvent, AuditView)
PLANNED: tuple[type[BaseModel], ...] = (PlanningView,)
CLERKS: tuple[type[BaseModel], ...] = (ConsoleView, OutcomeView, ProcedureView, SlipView)
ADMINISTERED: tuple[type[BaseModel], ...] = (CatalogueView, ChangeLine, RecordView, SheetCheck)
PUBLISHED: tuple[type[BaseModel], ...] = (PublicationView, PublishedView)
USERS: tuple[type[BaseModel], ...] = (PersonView,)
ENTERED: tuple[type[BaseModel], ...] = (CityFarewell, CitySignOn)
REPORTED: tuple[type[BaseModel], ...] = (ReportView, ReportVisits)
SHOWN: tuple[type[BaseModel], ...] = (
    BoardView,
    BrandView,
    CounterView,
    DisplayView,
    FollowView,
    HistoryEntry,
    Problem,
    ServiceView,
    SignedIn,
    WhyView,
)
APPEALED: tuple[type[BaseModel], ...] = (AppealsView,)
COMPLAINED: tuple[type[BaseModel], ...] = (ComplaintsView,)
AT_THE_POST: tuple[type[BaseModel], ...] = (TakenTicket, TicketIssued)
RATED: tuple[type[BaseModel], ...] = (TabletView,)
MAPPED: tuple[type[BaseModel], ...] = (OfficesView,)
REPLAYED: tuple[type[BaseModel], ...] = (ReplayDay, ReplayDays, RulesTrial, RulesTried)
IN_CITY: tuple[type[BaseModel], ...] = (
    *(CityView, CityServices, ServiceLines, OfficeLines, WishView),
    *(PublishedMonth, ShownMonth, CityDemand),
)
SOUGHT: tuple[type[BaseModel], ...] = (SubjectErasure, SubjectSummary)
TRENDS: tuple[type[BaseModel], ...] = (SatisfactionView,)
MANAGED: tuple[type[BaseModel], ...] = (ManagerBoardView,)
PLAIN = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean"}


def render() -> dict[str, str]:
    """The files that the pages import: one interface for each view they show."""
    shown = _interfaces(SHOWN)
    return {
        "contract.ts": _file([*shown.values()]),
        "appeal_contract.ts": _beside(shown, APPEALED),
        "audit_contract.ts": _beside(shown, AUDITED),
        "booking_contract.ts": _beside(shown, BOOKED),
        "city_contract.ts": _beside(shown, IN_CITY),
        "complaints_contract.ts": _beside(shown, COMPLAINED),
        "console_contract.ts": _beside(shown, CLERKS),
        "dossier_contract.ts": _beside(shown, FILED),
        "manager_contract.ts": _beside(shown, MANAGED),
        "map_contract.ts": _beside(shown, MAPPED),
        "replay_contract.ts": _beside(shown, REPLAYED),
        "post_contract.ts": _beside(shown, AT_THE_POST),
        "rating_contract.ts": _beside(shown, RATED),
        "satisfaction_contract.ts": _beside(shown, TRENDS),
        "subjects_contract.ts": _beside(shown, SOUGHT),
        "planning_contract.ts": _beside(shown, PLANNED),
        "reports_contract.ts": _beside(shown, REPORTED),
        "admin_contract.ts": _beside(shown, ADMINISTERED),
        "people_contract.ts": _beside(shown, USERS),
        "publication_contract.ts": _beside(shown, PUBLISHED),
        "sign_on_contract.ts": _beside(shown, ENTERED),
    }


def _beside(shown: dict[str, str], views: tuple[type[BaseModel], ...]) -> str:
    """A file of its own, which imports what `contract.ts` has already."""
    own = {name: text for name, text in _interfaces(views).items() if name not in shown}
    used = [name for name in shown if re.search(rf"\b{name}\b", "".join(own.values()))]
    imported = f'import type {{ {", ".join(used)} }} from "./contract";'
    return _file([imported, *own.values()])


def _file(parts: list[str]) -> str:
    head = "// What the server sends. Written by tests/contracts/web_types.py, not by hand."
    return "\n\n".join([head, *parts]) + "\n"


def _interfaces(views: tuple[type[BaseModel], ...]) -> dict[str, str]:
    _, schema = models_json_schema([(m, "serialization") for m in views])
    return {name: _interface(name, body) for name, body in sorted(schema["$defs"].items())}


def _interface(name: str, body: dict[str, Any]) -> str:
    if "enum" in body:
        return f"export type {name} =\n  | " + "\n  | ".join(f'"{v}"' for v in body["enum"]) + ";"
    required = set(body.get("required", ()))
    lines = [
        f"  {field}{'' if field in required else '?'}: {_type(shape)};"
        for field, shape in body["properties"].items()
    ]
    return "\n".join([f"export interface {name} {{", *lines, "}"])


def _type(shape: dict[str, Any]) -> str:
    if "$ref" in shape:
        return str(shape["$ref"]).rsplit("/", 1)[1]
    if "anyOf" in shape:
        return " | ".join(_type(one) for one in shape["anyOf"])
    if "enum" in shape:
        return " | ".join(f'"{value}"' for value in shape["enum"])
    if shape["type"] == "array":
        return f"{_type(shape['items'])}[]"
    if shape["type"] == "object":
        return f"Record<string, {_type(shape['additionalProperties'])}>"
    return "null" if shape["type"] == "null" else PLAIN[shape["type"]]


if __name__ == "__main__":
    for name, text in render().items():
        (SOURCES / name).write_text(text, encoding="utf-8")
