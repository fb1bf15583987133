"""What the office holds of people: one person's, for whoever must hand it out, and the rules."""

from __future__ import annotations

from typing import TypedDict

from queue_server.adapters.hash_rotation import hash_of
from queue_server.adapters.sqlite_subjects import SqliteSubjects
from queue_server.adapters.zip_file import zip_of
from queue_server.bootstrap.dossier_side import DossierSide
from queue_server.bootstrap.settings import Settings
from queue_server.use_cases.appointment_desk import AppointmentDesk
from queue_server.use_cases.home_visit_desk import HomeVisitDesk
from queue_server.use_cases.ports import CardHash, Clock
from queue_server.use_cases.retention import Retention
from queue_server.use_cases.subject_desk import SubjectDesk
from queue_server.use_cases.subject_papers import SubjectPapers


class Booked(TypedDict):
    """The desks of times to come, which an export shows from."""

    appointments: AppointmentDesk
    home_visits: HomeVisitDesk


class SubjectParts(TypedDict):
    """The pieces of `Parts` that are about people."""

    cards: CardHash
    subjects: SubjectPapers
    retention: Retention


def subject_parts(
    settings: Settings, clock: Clock, dossiers: DossierSide, booked: Booked
) -> SubjectParts:
    """What the API is given."""
    cards = hash_of(settings.data)
    reader = SqliteSubjects(settings.data / "store" / "office.db")
    visits = booked["home_visits"]
    desk = SubjectDesk(reader, dossiers.desk, visits.seal, cards)
    papers = SubjectPapers(
        desk, dossiers.desk, dossiers.scans, booked["appointments"], visits, zip_of
    )
    retention = Retention(visits.live, reader, clock)
    return SubjectParts(cards=cards, subjects=papers, retention=retention)
