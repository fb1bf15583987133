"""What an auditor asks: is the chain whole, who signed for it, what happened when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from threading import Lock
from typing import Protocol

from queue_server.contracts.audit_views import AuditFact
from queue_server.domain.events import Event
from queue_server.domain.people import PersonRemoved, PersonSet
from queue_server.use_cases.anchors import AnchorBook, AnchorDaily
from queue_server.use_cases.ports import StoredEvent
from queue_server.use_cases.verify_store import Verdict

TOLD = frozenset(
    {
        *("service", "label", "first", "last", "to_counter", "to_service", "priority", "channel"),
        *("role", "device", "what", "step", "version", "slip", "score", "changes", "profile"),
        *("how", "dossiers", "cards", "tickets", "contacts", "figure", "verdict"),
    }
)
"""Fields that whoever may read the chain may see: no free text, no name of a citizen, no code that
opens anything, no hash of a password."""
LONGEST = 120


class PastEvents(Protocol):
    """Reading the chain backwards. May raise `StoreUnavailable`."""

    def newest(self) -> int:
        """Number of the newest event; 0 without one."""
        ...

    def events_before(self, seq: int, most: int) -> Sequence[StoredEvent]:
        """The events before this one, newest first."""
        ...


@dataclass(frozen=True, slots=True)
class Check:
    """A check of the whole chain and when it ended."""

    at: datetime
    verdict: Verdict


class AuditDesk:
    """May be asked from any thread; `check` reads the whole store and is slow."""

    def __init__(
        self,
        events: PastEvents,
        book: AnchorBook,
        daily: AnchorDaily,
        verify: Callable[[], Verdict],
        now: Callable[[], datetime],
    ) -> None:
        self.events = events
        self.book = book
        self.daily = daily
        self._verify = verify
        self._now = now
        self._one = Lock()
        self.last: Check | None = None

    @property
    def checking(self) -> bool:
        """Whether a check is at work."""
        return self._one.locked()

    def check(self) -> Check:
        """Check chain, tables and anchors now; who asks meanwhile waits for the same one.

        Raises:
            StoreUnavailable: the store cannot be read.
        """
        with self._one:
            verdict = self._verify()
            self.last = Check(self._now(), verdict)
            return self.last


def facts_of(event: Event) -> list[AuditFact]:
    """What an event says of its own, without anything that needs protection."""
    told = TOLD | {"person"} if isinstance(event, PersonSet | PersonRemoved) else TOLD
    names = [field.name for field in fields(event) if field.name in told]
    found = ((name, getattr(event, name)) for name in names)
    return [
        AuditFact(name=name, value=_short(value))
        for name, value in found
        if value not in (None, "", ())
    ]


def _short(value: object) -> str:
    text = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
