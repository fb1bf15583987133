"""What is kept of people, by which rule, and what was forgotten: the report of the purge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from queue_server.contracts import retention_views as v
from queue_server.contracts.views import Words
from queue_server.domain.dossier import DossierRules
from queue_server.domain.dossier_events import DossierErased
from queue_server.domain.subject_events import PersonalPurged, SubjectErased
from queue_server.use_cases.keep_day import ANSWERS_KEPT, CONTACTS_KEPT
from queue_server.use_cases.live_office import LiveOffice
from queue_server.use_cases.ports import Clock, StoredEvent

SHOWN = 100
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class KeptKind:
    """How much of one kind is kept, and since when the oldest; None where there is none."""

    kind: str
    count: int
    oldest: str | None


class KeptReader(Protocol):
    """Counts what leads to people. May raise `StoreUnavailable`."""

    def kept(self) -> Sequence[KeptKind]:
        """How much of each kind is kept now."""
        ...

    def forgotten(self, most: int) -> Sequence[StoredEvent]:
        """The newest events of something forgotten, newest first."""
        ...


@dataclass(frozen=True, slots=True)
class Retention:
    """`report` reads the store: not for the event loop."""

    live: LiveOffice
    reader: KeptReader
    clock: Clock

    def report(self) -> v.RetentionView:
        """What is kept and what went."""
        with self.live.look() as day:
            rules = day.office.dossiers
        return v.RetentionView(
            at=self.clock.now(),
            kept=[_kept(one, rules) for one in self.reader.kept()],
            forgotten=[_forgotten(one) for one in self.reader.forgotten(SHOWN)],
        )


WHAT = {
    "drafts": Words(vi="Bản khai chưa nộp", en="Drafts not handed in"),
    "dossiers_open": Words(vi="Bản khai đang giải quyết", en="Declarations being worked on"),
    "dossiers_ended": Words(vi="Bản khai của hồ sơ đã xong", en="Declarations of ended dossiers"),
    "cards": Words(vi="Dấu vết thẻ của lịch hẹn", en="Cards' marks at appointments"),
    "tickets": Words(vi="Dấu vết thẻ của số thứ tự", en="Cards' marks at numbers"),
    "contacts": Words(vi="Liên hệ để đến nhà", en="Contacts for visits at home"),
    "answers": Words(vi="Câu trả lời giữ cho yêu cầu lặp", en="Answers kept for repeats"),
}


def rules_of(rules: DossierRules) -> dict[str, Words]:
    """How long each kind is kept, in words."""
    contacts, answers = CONTACTS_KEPT // DAY, ANSWERS_KEPT // DAY
    return {
        "drafts": Words(
            vi=f"{rules.draft_days} ngày không đụng đến", en=f"{rules.draft_days} days untouched"
        ),
        "dossiers_open": Words(vi="đến khi giải quyết xong", en="until it is ended"),
        "dossiers_ended": Words(
            vi=f"{rules.keep_days} ngày sau khi xong", en=f"{rules.keep_days} days after its end"
        ),
        "cards": Words(vi="đến khi qua lịch hẹn", en="until the appointment is over"),
        "tickets": Words(vi="trong ngày", en="for the day"),
        "contacts": Words(
            vi=f"đến khi xong, hoặc {contacts} ngày sau hẹn",
            en=f"until it is done, or {contacts} days after its day",
        ),
        "answers": Words(vi=f"{answers} ngày", en=f"{answers} days"),
    }


def _kept(one: KeptKind, rules: DossierRules) -> v.KeptView:
    return v.KeptView(
        kind=one.kind,
        what=WHAT[one.kind],
        rule=rules_of(rules)[one.kind],
        count=one.count,
        oldest=one.oldest,
    )


def _forgotten(stored: StoredEvent) -> v.ForgottenView:
    event, counts, reason = stored.event, {"dossiers": 1}, ""
    by = str(getattr(event, "by", ""))
    if isinstance(event, PersonalPurged):
        counts = {"cards": event.cards, "tickets": event.tickets, "contacts": event.contacts}
    elif isinstance(event, SubjectErased):
        counts = {"dossiers": event.dossiers, "cards": event.cards, "contacts": event.contacts}
        reason = event.reason
    elif isinstance(event, DossierErased):
        reason = event.reason
    kind = type(event).__name__
    return v.ForgottenView(at=event.at, by=by, kind=kind, counts=counts, reason=reason)
