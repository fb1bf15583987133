"""Tells the province's system what happens to dossiers: in order, again until it is taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from queue_server.contracts.province_messages import OutboxView, ProvinceMessage
from queue_server.domain import dossier_events as e
from queue_server.domain.dossier import Dossier
from queue_server.use_cases.ports import StoredEvent

AT_ONCE = 200
UNTOLD = (
    e.DossierSaved,
    e.DossierPageKept,
    e.DossierPagesDropped,
    e.DossierDropped,
    e.DossierSeen,
    e.DossierErased,
)
"""Drafts, looks and erasures are the office's own."""


class ProvinceAway(Exception):  # noqa: N818 - a state of the other side
    """A message was not taken; the words are for staff."""


@dataclass(frozen=True, slots=True)
class Sent:
    """How far the telling has come: the last event looked at, and how many were told."""

    seq: int = 0
    sent: int = 0
    filed: int = 0


class ProvinceLink(Protocol):
    """The way to the other side. Taking a message twice must be the same as once."""

    def deliver(self, message: ProvinceMessage) -> None:
        """Hand a message over, for good.

        Raises:
            ProvinceAway: it was not taken.
        """
        ...

    def read_sent(self) -> Sent:
        """How far it had come when it was last kept."""
        ...

    def keep_sent(self, sent: Sent) -> None:
        """Keep how far it has come.

        Raises:
            ProvinceAway: it cannot be kept.
        """
        ...


class DossierEvents(Protocol):
    """The events of dossiers by number, and their dossiers."""

    def dossier_events(self, after: int, most: int) -> Sequence[StoredEvent]:
        """The next events of dossiers after a number, in order."""
        ...

    def count_dossier_events(self, after: int) -> tuple[int, int]:
        """How many events of dossiers follow a number, and how many dossiers were filed at all."""
        ...

    def dossier(self, code: str) -> Dossier | None:
        """A dossier by id."""
        ...


class ProvinceOutbox:
    """One thread works it off; others may only look."""

    def __init__(self, office: str, events: DossierEvents, link: ProvinceLink | None) -> None:
        self._office = office
        self._events = events
        self._link = link
        self._sent = link.read_sent() if link is not None else Sent()
        self.fault: str | None = None

    def work_off(self) -> int:
        """Tell what was not told yet; how many messages. A fault is kept in words for staff.

        The mark is kept after each batch: a kill in between tells some of it again, under the
        same names.
        """
        if self._link is None:
            return 0
        told = 0
        try:
            while batch := self._events.dossier_events(self._sent.seq, AT_ONCE):
                for stored in batch:
                    told += self._tell(self._link, stored)
                self._link.keep_sent(self._sent)
        except ProvinceAway as away:
            self.fault = str(away)
            return told
        self.fault = None
        return told

    def view(self) -> OutboxView:
        """What was sent and what waits. Reads the store."""
        waiting, filed = self._events.count_dossier_events(self._sent.seq)
        return OutboxView(
            on=self._link is not None,
            sent_seq=self._sent.seq,
            sent=self._sent.sent,
            waiting=waiting if self._link is not None else 0,
            filed=filed,
            sent_filed=self._sent.filed,
            fault=self.fault,
        )

    def _tell(self, link: ProvinceLink, stored: StoredEvent) -> int:
        message = self._message(stored)
        if message is not None:
            link.deliver(message)
        told = int(message is not None)
        filed = told and isinstance(stored.event, e.DossierFiled)
        before = self._sent
        self._sent = replace(
            before, seq=stored.seq, sent=before.sent + told, filed=before.filed + int(filed)
        )
        return told

    def _message(self, stored: StoredEvent) -> ProvinceMessage | None:
        event = stored.event
        if not isinstance(event, e.DossierEvent) or isinstance(event, UNTOLD):
            return None
        dossier = self._events.dossier(event.dossier)
        if dossier is None or dossier.code is None:
            return None
        same = {
            name: getattr(dossier, name)
            for name in ProvinceMessage.model_fields
            if hasattr(dossier, name)
        }
        return ProvinceMessage(
            **same | {"state": dossier.state.value},
            office=self._office,
            seq=stored.seq,
            event=type(event).__name__,
            at=event.at,
            procedure_version=dossier.catalogue.rpartition("/")[0],
            form_version=dossier.catalogue.rpartition("/")[2],
            assisted=dossier.assistant is not None,
        )
