"""Filings of a period at the kiosk, put together from the facts of their days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from queue_server.domain.dossier import Stage
from queue_server.use_cases.filing_measures import Way
from queue_server.use_cases.reports.dossier_facts import FILED, SAVED, DossierFact

COUNTER = "counter"


def ways_of(facts: Iterable[tuple[date, DossierFact]], first: date) -> list[Way]:
    """The filings that were begun on `first` or later; `facts` are in order, from before it on."""
    found: dict[str, Way] = {}
    began: dict[str, date] = {}
    for day, fact in facts:
        if fact.what not in {SAVED, FILED}:
            continue
        began.setdefault(fact.dossier, day)
        way = found.setdefault(fact.dossier, Way(fact.procedure))
        way.helped = way.helped or fact.assisted or fact.channel == COUNTER
        if fact.what == FILED:
            way.filed = True
            way.reach(Stage.SUBMIT, fact.at)
        else:
            way.reach(Stage(fact.stage), fact.at)
    return [way for dossier, way in found.items() if began[dossier] >= first]
