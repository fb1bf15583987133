"""Every place of a filing, one after the other: advice, each kind of question, papers, receipt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import numpy as np

from kiosk.domain.paper_page import Advice, PageLook
from kiosk.ui.screens.filing import FilingScreen
from kiosk.use_cases.file_dossier import Handed
from kiosk.use_cases.filing import Filing, Held, Place
from kiosk.use_cases.ports import PrinterFault
from kiosk.use_cases.scan_papers import TakenPage
from kiosk.use_cases.scan_ports import FoundPage
from queue_server.contracts.answers import Flaw
from queue_server.contracts.forms import Form, FormField, Kind, shipped_forms
from tests.fakes.filings import answered
from tests.ui.stage import Stage

MARITAL = "1.004873"
CORNERS = ((0.1, 0.1), (0.9, 0.12), (0.88, 0.92), (0.12, 0.9))
LOOK = PageLook(0.6, 1200, 1700, (), 0.2, 0.9, 0.0, 0.1, b"")


def filing(on: Stage) -> Iterator[str]:
    """One procedure from the list to the dossier's code, then its fee, paper and mishaps."""
    app, form = on.app, shipped_forms()[MARITAL]
    app.go(app.session.list_filings())
    yield "filings"
    known = app.backstage.catalogue.procedure(MARITAL)
    assert known is not None
    app.go(app.session.file_here(known.service, MARITAL))
    yield "filing-advise"
    screen = app.shown
    full = replace(screen._flow.filing, answers=answered(form), code="ABCD2345")
    full = replace(full, assistant="doan-01", at=form.field[0].id)
    for name, place in places(full, form):
        stand(on, place)
        yield f"filing-{name}"
    yield from scanning(on, replace(full, paper=full.papers[0][0]))
    yield from handed_in(on, full)


def places(full: Filing, form: Form) -> Iterator[tuple[str, Filing]]:
    """Assistant, one question of each kind, papers with what the office holds, review, consent."""
    yield "assist", full.assist()
    for kind in Kind:
        field = next((one for one in full.asked if one.kind is kind), None)
        if field is not None:
            yield f"question-{kind.value}", replace(full, place=Place.QUESTION, at=field.id)
    wrong = max((f for f in form.field if f.kind is not Kind.CHOICE), key=words_of)
    led = leading_to(full, wrong)
    yield "question-wrong", replace(led, flaw=Flaw.IDENTITY_YEAR)
    held = Held(full.papers[0][0], "H00.00-260401-0007", date(2026, 9, 28))
    yield "papers", replace(full, place=Place.PAPERS)
    yield "papers-known", replace(full.offered((held,)), place=Place.PAPERS)
    yield "review", full.review()
    yield "consent", replace(full, place=Place.CONSENT)
    yield "sending", full.send()


def scanning(on: Stage, full: Filing) -> Iterator[str]:
    """A paper is laid down, seen, taken, kept and read."""
    screen: FilingScreen = on.app.shown
    camera, printed = screen._papers._camera, screen._papers._print
    paper = np.full((760, 540, 3), 236, np.uint8)
    stand(on, full.standing(Place.PAPER))
    yield "filing-paper"
    # Nothing is asked of a real camera: the picture comes from here.
    camera._watching = True
    stand(on, full.standing(Place.SCAN))
    screen.ids.body.children[0].ids.view.show(np.full((600, 800, 3), 96, np.uint8), CORNERS)
    yield "filing-scan"
    camera.trouble = on.app.backstage.texts["scan_camera_gone"]
    stand(on, full.standing(Place.SCAN))
    yield "filing-scan-gone"
    camera.left()
    found = FoundPage(CORNERS, LOOK, paper)
    for name, advice in (("page", ()), ("page-bad", (Advice.CUT, Advice.BLURRED))):
        camera._taken = TakenPage(found, advice)
        stand(on, full.standing(Place.PAGE))
        yield f"filing-{name}"
    printed.found = dict(full.answers)
    printed.seems = full.papers[-1][0]
    stand(on, replace(full.with_pages(2), place=Place.PAPER))
    yield "filing-paper-read"
    stand(on, replace(full.with_pages(3), place=Place.PAGES))
    yield "filing-pages"
    stand(on, full.standing(Place.PROPOSALS))
    yield "filing-proposals"


def handed_in(on: Stage, full: Filing) -> Iterator[str]:
    """The receipt: with a fee to pay, paid, without paper, and what came too late."""
    flow, desk = on.app.shown._flow, on.app.backstage.filing
    assert desk is not None
    filed = desk._gateway.hand_in(full, on.app.session.language)
    paid = replace(filed, to_pay=replace(filed.to_pay, due_vnd=0, paid_vnd=16_000, code=None))
    for name, handed in (
        ("done", Handed(filed, printed=True)),
        ("done-paid", Handed(paid, printed=False, fault=PrinterFault.PAPER_OUT)),
        ("done-missed", Handed(replace(paid, missed=True), printed=True)),
    ):
        flow.handed = handed
        stand(on, full.done())
        yield f"filing-{name}"
    on.app.leave()
    on.app.go(on.app.session.list_filings())
    on.app.go(replace(on.app.session, step=on.app.session.resume().step, procedure=None))
    yield "filing-resume"
    flow.trouble = on.app.backstage.texts["filing_code_wrong"]
    on.app.render()
    yield "filing-resume-wrong"


def stand(on: Stage, filing: Filing) -> None:
    """Put a filing on the screen as if the citizen had come there."""
    on.app.shown._flow.filing = filing
    on.app.render()


def leading_to(filing: Filing, field: FormField) -> Filing:
    """A filing that asks this question, with the choices that lead to it."""
    by_id = {one.id: one for one in filing.form.field}
    chosen, at = {}, field
    while at.when is not None:
        chosen[at.when.field] = at.when.one_of[0]
        at = by_id[at.when.field]
    return replace(filing, place=Place.QUESTION, at=field.id, answers=chosen)


def words_of(field: FormField) -> int:
    """How much there is to read."""
    return len(field.model_dump_json())
