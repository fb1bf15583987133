"""What one person is given: each thing in words, why it may not go yet, and the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass

from queue_server.contracts import subject_views as v
from queue_server.contracts.dossier_views import DossierExport
from queue_server.contracts.views import Words
from queue_server.domain.appointment import VisitState
from queue_server.domain.dossier import Dossier, DossierState
from queue_server.use_cases.appointment_desk import AppointmentDesk
from queue_server.use_cases.dossier_desk import DossierDesk
from queue_server.use_cases.dossier_history import history
from queue_server.use_cases.dossier_scans import ScanDesk
from queue_server.use_cases.home_visit_desk import HomeVisitDesk
from queue_server.use_cases.subject_desk import Held, SubjectDesk

WORKED_ON = Words(vi="Hồ sơ đang được giải quyết", en="The dossier is being worked on")
ANOTHERS = Words(
    vi="Hồ sơ của người khác có nêu số này", en="Somebody else's dossier names this number"
)
EXPECTED = Words(vi="Cán bộ còn phải đến nhà", en="Staff are still to come")
TONIGHT = Words(
    vi="Tự xóa khi hết ngày; hôm nay cần cho giới hạn lấy số",
    en="Goes by itself when the day is over; the limits of today need it",
)
CARD_HASH = Words(
    vi="Dấu vết thẻ của lịch hẹn; lịch hẹn vẫn giữ, tìm bằng mã",
    en="The card's mark at an appointment, which stays and is found by its code",
)
NUMBER = Words(vi="Dấu vết thẻ của số thứ tự hôm nay", en="The card's mark at a number of today")
CONTACT = Words(vi="Tên, điện thoại, địa chỉ", en="Name, phone and address")


@dataclass(frozen=True, slots=True)
class SubjectPapers:
    """`export` reads the store and opens what is sealed: not for the event loop.

    `pack` makes one file of several, by their names.
    """

    subjects: SubjectDesk
    dossiers: DossierDesk
    scans: ScanDesk
    appointments: AppointmentDesk
    visits: HomeVisitDesk
    pack: Callable[[Mapping[str, bytes]], bytes]

    def items(self, held: Held) -> list[v.SubjectItem]:
        """Each thing that is held, in words."""
        return list(self._items(held))

    def export(self, held: Held, found_by: v.FoundBy) -> bytes:
        """All of it as one file: `export.json` and the scanned papers.

        Raises:
            CannotBeOpened: something is sealed with a key that is not here.
        """
        papers = dict(self._scanned(held))
        with self.dossiers.live.look() as day:
            now, office = self.dossiers.now(), day.office
            appointments = [self.appointments.view(day, one, now) for one in held.appointments]
            visits = [self.visits.view(day, one) for one in held.visits]
        found = ((visit, self.subjects.contact(visit.id)) for visit in visits)
        body = v.SubjectExport(
            at=now,
            office=Words(vi=office.name_vi, en=office.name_en),
            found_by=found_by,
            items=self.items(held),
            dossiers=[one for dossier in held.dossiers for one in self._whole(dossier)],
            appointments=appointments,
            home_visits=[
                v.SubjectVisit(**visit.model_dump(), **asdict(contact))
                for visit, contact in found
                if contact is not None
            ],
            papers=list(papers),
        )
        return self.pack({"export.json": body.model_dump_json(indent=2).encode(), **papers})

    def _items(self, held: Held) -> Iterator[v.SubjectItem]:
        for kind, dossiers in (("dossier", held.dossiers), ("named_in", held.named_in)):
            for one in dossiers:
                kept = ANOTHERS if kind == "named_in" else WORKED_ON if _worked_on(one) else None
                what = self.dossiers.name(one.procedure)
                name = one.code or one.holder
                yield v.SubjectItem(kind=kind, name=name, what=what, kept_because=kept)
        for appointment in held.appointments:
            yield v.SubjectItem(kind="appointment", name=appointment.code, what=CARD_HASH)
        for visit in held.visits:
            kept = EXPECTED if visit.state is VisitState.REQUESTED else None
            yield v.SubjectItem(kind="home_visit", name=visit.code, what=CONTACT, kept_because=kept)
        for number in held.numbers:
            yield v.SubjectItem(kind="ticket", name=number, what=NUMBER, kept_because=TONIGHT)

    def _whole(self, dossier: Dossier) -> list[DossierExport]:
        content = self.dossiers.content(dossier, masked=False)
        if content is None:
            return []
        steps = history(self.dossiers.kept.of_dossier(dossier.id))
        return [DossierExport(content=content, history=steps)]

    def _scanned(self, held: Held) -> Iterator[tuple[str, bytes]]:
        for dossier in held.dossiers:
            for number in sorted(self.scans.counts(dossier)):
                pdf = self.scans.paper(dossier, number)
                if pdf is not None:
                    name = (dossier.code or dossier.holder).replace("/", "-")
                    yield f"papers/{name}-{number:02d}.pdf", pdf


def _worked_on(dossier: Dossier) -> bool:
    return dossier.is_open and dossier.state is not DossierState.DRAFT
