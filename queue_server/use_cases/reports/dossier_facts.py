"""What one day's events say of dossiers: each filing, each end, each request for more papers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from queue_server.domain import dossier_events as e
from queue_server.use_cases.ports import StoredEvent

FILED, FINISHED = "filed", "finished"
ENDS: dict[type[e.DossierEvent], str] = {
    e.DossierFiled: FILED,
    e.DossierFinished: FINISHED,
    e.DossierSupplementAsked: "supplement",
    e.DossierSupplementGiven: "supplied",
    e.DossierExtended: "extended",
    e.DossierRefused: "refused",
    e.DossierStopped: "stopped",
    e.DossierErased: "erased",
}
"""Events that a report counts, and what they are called there."""
ONLINE = "online"
BY_RULE = "office"
"""Who erases what outlived the office's rule; on request it is a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierFact:
    """One event of a dossier as a report sees it; `seq` is its number in the chain."""

    what: str
    dossier: str
    at: datetime
    seq: int
    code: str | None = None
    service: str = ""
    channel: str = ""
    papers: int = 0
    digitised: int = 0
    reused: int = 0
    assisted: bool = False
    in_time: bool = False
    on_the_spot: bool = False
    due_at: datetime | None = None
    by_rule: bool = False


def dossier_fact(stored: StoredEvent) -> DossierFact | None:
    """The fact of an event; None where reports do not count it."""
    event = stored.event
    what = ENDS.get(type(event))  # type: ignore[arg-type]  # any event may be asked for
    if what is None or not isinstance(event, e.DossierEvent):
        return None
    base = {"what": what, "dossier": event.dossier, "at": event.at, "seq": stored.seq}
    if isinstance(event, e.DossierFiled):
        return DossierFact(
            **base,  # type: ignore[arg-type]  # four known fields
            code=event.code,
            service=event.service,
            channel=event.channel,
            papers=event.papers,
            digitised=event.digitised,
            reused=event.reused,
            assisted=event.assistant is not None,
            due_at=event.due_at,
        )
    if isinstance(event, e.DossierFinished):
        return DossierFact(**base, in_time=event.in_time, on_the_spot=event.on_the_spot)  # type: ignore[arg-type]  # four known fields
    if isinstance(event, e.DossierSupplementGiven | e.DossierExtended):
        return DossierFact(**base, due_at=event.due_at)  # type: ignore[arg-type]  # four known fields
    if isinstance(event, e.DossierErased):
        return DossierFact(**base, by_rule=event.by == BY_RULE)  # type: ignore[arg-type]  # four known fields
    return DossierFact(**base)  # type: ignore[arg-type]  # four known fields


DossierRule = Callable[[DossierFact], bool]


def _filed(rule: DossierRule) -> DossierRule:
    return lambda d: d.what == FILED and rule(d)


def _is(what: str) -> DossierRule:
    return lambda d: d.what == what


DOSSIER_SETS: dict[str, DossierRule] = {
    "dossiers_filed": _is(FILED),
    "dossiers_online": _filed(lambda d: d.channel == ONLINE),
    "dossiers_with_papers": _filed(lambda d: d.papers > 0),
    "dossiers_digitised": _filed(lambda d: d.digitised > 0),
    "dossiers_reused": _filed(lambda d: d.reused > 0),
    "dossiers_assisted": _filed(lambda d: d.assisted),
    "dossiers_finished": _is(FINISHED),
    "dossiers_in_time": lambda d: d.what == FINISHED and d.in_time,
    "dossiers_on_the_spot": lambda d: d.what == FINISHED and d.on_the_spot,
    "dossiers_supplement": _is("supplement"),
    "dossiers_refused": _is("refused"),
    "dossiers_stopped": _is("stopped"),
    "dossiers_extended": _is("extended"),
    "dossiers_erased": _is("erased"),
    "dossiers_erased_by_rule": lambda d: d.what == "erased" and d.by_rule,
}
"""Sets of dossier events by name, beside the sets of visits."""

DOSSIER_DIMENSIONS: dict[str, Callable[[DossierFact], str]] = {
    "service": lambda d: d.service,
    "channel": lambda d: d.channel,
}
