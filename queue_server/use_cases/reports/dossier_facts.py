"""What one day's events say of dossiers: each filing, each end, each request for more papers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from queue_server.domain import dossier_events as e
from queue_server.use_cases.ports import StoredEvent

FILED, FINISHED, SAVED = "filed", "finished", "saved"
ENDS: dict[type[e.DossierEvent], str] = {
    e.DossierSaved: SAVED,
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
    procedure: str = ""
    stage: str = ""
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
    return DossierFact(
        what=what, dossier=event.dossier, at=event.at, seq=stored.seq, **_more(event)
    )


def _more(event: e.DossierEvent) -> dict[str, Any]:
    """What an event tells beyond that it happened."""
    if isinstance(event, e.DossierSaved | e.DossierFiled):
        begun = {
            "procedure": event.procedure,
            "service": event.service,
            "channel": event.channel,
            "assisted": event.assistant is not None,
        }
        return begun | (
            {"stage": event.stage} if isinstance(event, e.DossierSaved) else _filing(event)
        )
    if isinstance(event, e.DossierFinished):
        return {"in_time": event.in_time, "on_the_spot": event.on_the_spot}
    if isinstance(event, e.DossierSupplementGiven | e.DossierExtended):
        return {"due_at": event.due_at}
    if isinstance(event, e.DossierErased):
        return {"by_rule": event.by == BY_RULE}
    return {}


def _filing(event: e.DossierFiled) -> dict[str, Any]:
    return {
        name: getattr(event, name) for name in ("code", "papers", "digitised", "reused", "due_at")
    }


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
