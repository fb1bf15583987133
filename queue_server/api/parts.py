"""What the API is given by `bootstrap`: the use cases, nothing concrete."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fastapi import Request

from queue_server.api.access import Access
from queue_server.contracts.console_views import OutcomeView, ProcedureView
from queue_server.contracts.report_views import FileForm, ReportView
from queue_server.use_cases.answers import Answers
from queue_server.use_cases.appeal_desk import AppealDesk
from queue_server.use_cases.appointment_desk import AppointmentDesk
from queue_server.use_cases.audit_desk import AuditDesk
from queue_server.use_cases.board import Board
from queue_server.use_cases.complaint_desk import ComplaintDesk
from queue_server.use_cases.console import Console
from queue_server.use_cases.dossier_desk import DossierDesk
from queue_server.use_cases.dossier_scans import ScanDesk
from queue_server.use_cases.enrolment import Enrolment
from queue_server.use_cases.home_visit_desk import HomeVisitDesk
from queue_server.use_cases.keep_day import Writer
from queue_server.use_cases.live_office import LiveOffice
from queue_server.use_cases.logo_desk import LogoDesk
from queue_server.use_cases.manager_board import ManagerBoard
from queue_server.use_cases.office_map import OfficeMap
from queue_server.use_cases.paper_reuse import PaperReuse
from queue_server.use_cases.payment_desk import PaymentDesk
from queue_server.use_cases.people_desk import PeopleDesk
from queue_server.use_cases.planning import Planning
from queue_server.use_cases.ports import CardHash, Clock, DeviceList, EventReader, ScoreReader
from queue_server.use_cases.province_outbox import ProvinceOutbox
from queue_server.use_cases.publication_desk import PublicationDesk
from queue_server.use_cases.rating_places import RatingPlaces
from queue_server.use_cases.replay_shelf import ReplayShelf
from queue_server.use_cases.reports.number_words import Language
from queue_server.use_cases.reports.report_desk import ReportDesk
from queue_server.use_cases.retention import Retention
from queue_server.use_cases.rule_trial import RuleTrials
from queue_server.use_cases.satisfaction_trend import SatisfactionReader
from queue_server.use_cases.settings_desk import CatalogueDesk, RecordReader, SettingsDesk
from queue_server.use_cases.sign_on import SignOn
from queue_server.use_cases.smile_index import SmileIndex
from queue_server.use_cases.staff_help import StaffHelp
from queue_server.use_cases.subject_papers import SubjectPapers


@dataclass(frozen=True, slots=True)
class Parts:
    """The pieces of one running office.

    `ready` answers "" when everything works, else what does not. `metrics` gives the Prometheus
    text. `nights` is the record of the waiting-time model. `names` makes id and follow code of a
    new ticket, `book_names` id and code of an appointment. `route_sheet` sets the paper of home
    visits as PDF, `report_file` a report as file, `dossier_paper` a form of a dossier by its
    template. `pages` is the folder of the web bundle, or None where it was not built; `brand_css`
    ends its theme. `restart` starts the server again, None where nobody can; it raises
    `RestartRefused`. `outcomes` and `procedures` are what a clerk chooses from.
    `simulated_transfer` pays at a pretended bank, None where the office has none.
    """

    access: Access
    people: PeopleDesk
    sign_on: SignOn | None
    writer: Writer
    live: LiveOffice
    board: Board
    manager: ManagerBoard
    rating_places: RatingPlaces
    replays: ReplayShelf
    map: OfficeMap
    complaints: ComplaintDesk
    appeals: AppealDesk
    console: Console
    outcomes: list[OutcomeView]
    procedures: list[ProcedureView]
    answers: Answers
    staff_help: StaffHelp
    events: EventReader
    scores: ScoreReader
    nights: Callable[[], list[dict[str, Any]]]
    planning: Planning
    devices: DeviceList
    enrolment: Enrolment
    audit: AuditDesk
    rules: RuleTrials
    settings: SettingsDesk
    catalogue: CatalogueDesk
    records: RecordReader
    restart: Callable[[], None] | None
    brand_css: bytes
    brand_colours: tuple[str, str]
    logo: LogoDesk
    reports: ReportDesk
    publications: PublicationDesk
    report_file: Callable[[ReportView, FileForm, Language], bytes]
    clock: Clock
    ready: Callable[[], str]
    metrics: Callable[[], bytes]
    names: Callable[[], tuple[str, str]]
    book_names: Callable[[], tuple[str, str]]
    appointments: AppointmentDesk
    home_visits: HomeVisitDesk
    dossiers: DossierDesk
    scans: ScanDesk
    outbox: ProvinceOutbox
    payments: PaymentDesk
    reuse: PaperReuse
    simulated_transfer: Callable[[str, int], str] | None
    cards: CardHash
    subjects: SubjectPapers
    retention: Retention
    smiles: SmileIndex
    past_satisfaction: SatisfactionReader
    route_sheet: Callable[[dict[str, Any]], bytes]
    dossier_paper: Callable[[str, dict[str, Any]], bytes]
    pages: Path | None


def parts(request: Request) -> Parts:
    """The office that this app serves."""
    found: Parts = request.app.state.parts
    return found
