"""The study of a year as a paper for a director: sentences first, then what they stand on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from queue_server.adapters.typst_paper import set_paper
from queue_server.config.catalogue_sheet import papers_of
from queue_server.config.clerk_data import shipped_entries
from queue_server.hub.adapters.decision_words import BASIS, STEPS, WORDS, number, sentences
from queue_server.hub.adapters.office_trials import AT_KIOSK, BY_APPOINTMENT, DAYS, KIOSK_TIME
from queue_server.hub.domain.moving_counters import Move
from queue_server.hub.use_cases.decision_support import (
    MissingPaper,
    Returned,
    StepTime,
    Study,
    Tried,
)

SHOWN = 12
"""Offices and procedures on the paper; a director reads no list of hundreds."""
WORTH = 0.05
"""A paper that fewer people come without is no news."""
LONG_NAME = 60


class Names:
    """Names of procedures and their papers, as they were shipped; else code and place."""

    def __init__(self) -> None:
        self._entries = {one.code: one for one in shipped_entries()}

    def procedure(self, code: str) -> str:
        """Its short name with the code."""
        entry = self._entries.get(code)
        return code if entry is None else f"{cut(entry.name_vi)} ({code})"

    def paper(self, code: str, place: int) -> str:
        """The paper at this place, from 1."""
        entry = self._entries.get(code)
        papers = () if entry is None else tuple(papers_of(entry))
        return cut(papers[place - 1][0]) if place <= len(papers) else f"giấy tờ thứ {place}"


def cut(text: str) -> str:
    """As much as fits on a line."""
    return text if len(text) <= LONG_NAME else f"{text[: LONG_NAME - 1].rstrip()}…"


def decision_paper(study: Study, place: str, *, made_up: bool = False) -> bytes:
    """The paper as PDF, the same bytes for the same study.

    Args:
        study: What was found.
        place: Whose offices these are, as it stands on top.
        made_up: Whether the events were invented, which the paper then says.
    """
    return set_paper("decision_report.typ", "pdf", report=content_of(study, place, made_up=made_up))


def content_of(study: Study, place: str, *, made_up: bool = False) -> dict[str, Any]:
    """What the template reads."""
    names = Names()
    offices = {one.year.office: one.year.name[0] for one in study.tried}
    last = study.end - timedelta(days=1)
    missing = [one for one in study.missing if one.without / one.declared >= WORTH]
    returned = [one for one in study.returned if one.asked][:SHOWN]
    return {
        "words": WORDS,
        "place": place,
        "made_up": made_up,
        "span": f"{study.first:%d/%m/%Y} – {last:%d/%m/%Y}",
        "sentences": sentences(study, names.procedure, names.paper, missing),
        "limit": study.limit_min,
        "offices": [_office(one) for one in study.tried[:SHOWN]],
        "offices_more": max(0, len(study.tried) - SHOWN),
        "moves": [_move(move, offices) for move in study.moves],
        "returned": [_returned(one, names) for one in returned],
        "missing": [_missing(one, names) for one in missing[:SHOWN]],
        "steps": [_step(one) for one in study.steps],
        "basis": [
            line.format(
                days=DAYS,
                appointments=round(BY_APPOINTMENT * 100),
                kiosk=round(AT_KIOSK * 100),
                left=round(KIOSK_TIME * 100),
                left_out=study.left_out,
            )
            for line in BASIS
        ],
    }


def _office(tried: Tried) -> dict[str, Any]:
    year, changed = tried.year, tried.changed
    return {
        "name": year.name[0],
        "a_day": number(year.visits_a_day),
        "counters": len(year.counters),
        "measured": year.mean_wait_min,
        "over": f"{number(100 * year.over_limit / year.called)} %",
        "bars": [changed.now, changed.appointments, changed.kiosks, changed.both],
        "said": [number(one, 1) for one in (year.mean_wait_min, changed.now, changed.appointments)]
        + [number(one, 1) for one in (changed.kiosks, changed.both)],
    }


def _move(move: Move, offices: Mapping[str, str]) -> dict[str, str]:
    giver, taker = move.giver, move.taker
    return {
        "giver": offices[giver.office],
        "taker": offices[taker.office],
        "giver_waits": f"{number(giver.now, 1)} → {number(giver.fewer or 0, 1)}",
        "taker_waits": f"{number(taker.now, 1)} → {number(taker.more, 1)}",
        "hours": number(move.hours_saved, 1),
    }


def _returned(one: Returned, names: Names) -> dict[str, Any]:
    return {
        "name": names.procedure(one.procedure),
        "share": one.asked / one.filed,
        "filed": number(one.filed),
        "again": number(one.again),
        "refused": number(one.refused),
    }


def _step(one: StepTime) -> dict[str, Any]:
    return {
        "name": STEPS[one.step],
        "median": one.median_days,
        "p90": one.p90_days,
        "said": f"{number(one.median_days, 1)} · {number(one.p90_days, 1)}",
        "n": number(one.n),
    }


def _missing(one: MissingPaper, names: Names) -> dict[str, Any]:
    return {
        "paper": names.paper(one.procedure, one.place),
        "name": names.procedure(one.procedure),
        "share": one.without / one.declared,
        "n": number(one.declared),
    }
