"""Completion of filings, folded from their events: begun, filed, without staff, time, drop-off."""

from __future__ import annotations

from dataclasses import replace

from queue_server.contracts.views import Words
from queue_server.domain import dossier_commands as d
from queue_server.domain.dossier import Stage
from queue_server.use_cases.filing_measures import completion
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
