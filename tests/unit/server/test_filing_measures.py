"""Completion of filings, folded from their events: begun, filed, without staff, time, drop-off."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from queue_server.contracts.views import Words
from queue_server.domain import dossier_commands as d
from queue_server.domain.dossier import Stage
from queue_server.domain.office_day import Changes, OfficeDay
from queue_server.use_cases.filing_measures import FilingsToday, completion
from queue_server.use_cases.keep_day import Commit
from tests.fakes.office_days import DayPlay

FILING = d.Filing(procedure="2.000635", catalogue="1", service="a", channel="kiosk", kiosk="k1")
NAMES = {"2.000635": Words(vi="Bản sao", en="Copy")}


def save(day: DayPlay, name: str, stage: Stage, filing: d.Filing = FILING) -> None:
    day.do(
        d.SaveDraft(
            dossier=name, holder=name.upper(), filing=filing, stage=stage, sealed=b"x", by="k1"
        )
    )


def file(day: DayPlay, name: str, filing: d.Filing = FILING) -> None:
    day.do(d.FileDossier(dossier=name, holder=name.upper(), filing=filing, sealed=b"x", by="k1"))


def test_figures_follow_from_the_events() -> None:
    day = DayPlay()
    helped = replace(FILING, assistant="doan-01")
    save(day, "done", Stage.DECLARE)
    save(day, "left", Stage.DECLARE)
    save(day, "helped", Stage.DECLARE, helped)
    day.later(minutes=2)
    save(day, "done", Stage.PREPARE)
    save(day, "helped", Stage.PREPARE, helped)
    day.later(minutes=1)
    file(day, "done")
    file(day, "helped", helped)
    file(day, "other", replace(FILING, procedure="1.004873"))
    copy, marital = completion(day.events, NAMES)
    assert (copy.begun, copy.filed, copy.without_staff) == (3, 2, 1)
    assert copy.procedure_name.en == "Copy"
    stages = {one.stage: (one.reached, one.median_s) for one in copy.stages}
    assert stages == {
        "advise": (3, None),
        "declare": (3, None),
        "prepare": (2, 120.0),
        "submit": (2, 60.0),
    }
    assert (marital.begun, marital.filed, marital.procedure_name.vi) == (1, 1, "1.004873")


def test_without_filings_there_are_no_figures() -> None:
    assert completion(DayPlay().events, NAMES) == []


def test_what_was_begun_before_the_period_counts_in_its_own() -> None:
    day = DayPlay()
    save(day, "before", Stage.ADVISE)
    day.later(days=1)
    save(day, "before", Stage.DECLARE)
    file(day, "before")
    save(day, "new", Stage.DECLARE)
    (all_of,) = completion(day.events, NAMES)
    (own,) = completion(day.events, NAMES, day.at.date())
    assert (all_of.begun, all_of.filed) == (2, 1)
    assert (own.begun, own.filed) == (1, 0)


def test_today_is_followed_commit_by_commit_and_begins_anew_tomorrow() -> None:
    day, filings = DayPlay(), FilingsToday(NAMES)
    assert filings.view() is None
    save(day, "looked", Stage.ADVISE)
    save(day, "left", Stage.ADVISE)
    day.later(minutes=1)
    save(day, "left", Stage.DECLARE)
    file(day, "helped", replace(FILING, assistant="doan-01"))
    filings.take(Commit(day.day, Changes(events=day.events), len(day.events)))
    view = filings.view()
    assert view is not None
    assert (view.begun, view.filed, view.without_staff) == (3, 1, 0)
    reached = {one.stage: (one.reached, one.median_s) for one in view.stages}
    assert reached["advise"] == (3, None)
    assert reached["declare"] == (2, 60.0)
    assert reached["submit"][0] == 1
    (copy,) = view.procedures
    assert (copy.procedure_name.en, copy.begun) == ("Copy", 3)
    again = FilingsToday(NAMES)
    again.start(day.day, day.events)
    assert again.view() == view
    tomorrow = OfficeDay(day.day.office, day.day.day + timedelta(days=1))
    filings.take(Commit(tomorrow, Changes(), len(day.events)))
    assert filings.view() is None
