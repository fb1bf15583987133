"""After a reset no live object of the process holds what a citizen typed, showed or was given.

The garbage collector's objects are walked with everything they refer to, so a text is found
wherever it hides: in a property of Kivy, a closure, a log, a job that is done. The secrets are kept
as numbers here, and typed letter by letter: else the walk would find its own. It is a program:
a process of tests holds what other tests made, and walking through that takes minutes.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from dataclasses import replace

from tests.ui.offscreen import use_offscreen_window

if __name__ == "__main__":
    use_offscreen_window()

from kiosk.domain.home_visit import Ask
from kiosk.use_cases.filing import Place
from queue_server.contracts.forms import shipped_forms
from tests.fakes.filing_desk import FakeFilings
from tests.fakes.filings import answered
from tests.fakes.home_visits import HomeVisits
from tests.fakes.verdicts import Verdicts
from tests.ui.filing_tour import MARITAL, stand
from tests.ui.stage import NOW, Stage, stage

SEARCHED = [ord(sign) for sign in "quyzwkj"]
NAMED = [ord(sign) for sign in "Xofjkwy Vzquf"]
CODED = [ord(sign) for sign in "WXYZ7892"]
PHONED = [ord(sign) for sign in "0987612345"]
RATED = [ord(sign) for sign in "Z987"]
SECRETS = (SEARCHED, NAMED, CODED, PHONED, RATED)
PLAIN = (str, bytes, int, float, type(None), bool)


def word(secret: list[int]) -> str:
    return "".join(map(chr, secret))


def live() -> Iterator[str]:
    """Every text that something alive refers to; what the collector does not track is opened."""
    gc.collect()
    seen: set[int] = set()
    left: list[object] = gc.get_objects()
    seen.update(id(one) for one in left)
    while left:
        for inner in gc.get_referents(left.pop()):
            kind = type(inner)  # not asked itself: a dead weak proxy has no answer
            if issubclass(kind, str):
                yield inner
            elif not issubclass(kind, PLAIN) and not gc.is_tracked(inner) and id(inner) not in seen:
                seen.add(id(inner))
                left.append(inner)


def found() -> list[bool]:
    """Which of the secrets are in some live text, whatever case or gaps they were put in."""
    there = [False] * len(SECRETS)
    texts = {text for text in live() if len(text) < 5_000}
    for text in texts:
        plain = "".join(text.split()).lower()
        for place, secret in enumerate(SECRETS):
            there[place] = there[place] or "".join(word(secret).split()).lower() in plain
    return there


def a_secret_that_is_kept_is_found() -> None:
    """The walk can fail."""
    assert found() == [False] * len(SECRETS)
    kept = {"deep": ({"in": (word(NAMED).upper(),)},)}
    assert found() == [False, True, False, False, False]
    del kept


def use_everything(on: Stage) -> None:
    """One citizen searches, files, rates and asks for a visit, and leaves each half done."""
    app = on.app
    app.go(app.session.search())
    for sign in SEARCHED:
        app.shown.on_key(chr(sign))
    app.leave()
    file(on)
    app.leave()
    app.go(app.session.rate())
    for sign in RATED:
        app.shown.on_key(chr(sign))
    app.leave()
    app.go(app.session.appointments().ask_home_visit())
    talk = app.shown._talk
    wish = replace(talk.wish, service="CT", day=NOW.date(), part="morning", at=Ask.REVIEW)
    talk.go(replace(wish, name=word(NAMED), phone=word(PHONED)))
    on.frames()
    app.leave()
    app.go(app.session.appointments())
    for sign in CODED:
        app.shown.on_key(chr(sign))
    on.until(lambda: not app.background.busy)


def file(on: Stage) -> None:
    """Every place of a filing, with a name and a code of its own, saved on the way."""
    app = on.app
    known = app.backstage.catalogue.procedure(MARITAL)
    assert known is not None
    app.go(app.session.list_filings())
    app.go(app.session.file_here(known.service, MARITAL))
    flow = app.shown._flow
    answers = answered(shipped_forms()[MARITAL]) | {"name": word(NAMED), "phone": word(PHONED)}
    full = replace(flow.filing, answers=answers, code=word(CODED), paper=flow.filing.papers[0][0])
    for place in (Place.ADVISE, Place.PAPERS, Place.PAPER, Place.REVIEW, Place.CONSENT):
        stand(on, replace(full, place=place, at="name"))
        on.frames()
    flow.go(replace(full, place=Place.QUESTION, at="name"))
    on.frames()
    flow.go(full.review())
    on.until(lambda: not app.background.busy)


def nothing_of_a_citizen_is_alive_after_the_reset() -> None:
    """All that was typed is found before the reset, and nothing of it after."""
    filings, visits, ratings = FakeFilings(), HomeVisits(NOW.date()), Verdicts()
    with stage(filings=filings, home_visits=visits, ratings=ratings) as on:
        use_everything(on)
        assert any(found()), "the code that was typed last stands on the screen"
        on.app.leave()
        # What the office keeps is no part of the kiosk.
        filings.drafts.clear()
        on.until(lambda: not on.app.background.busy)
        on.frames(4)
        assert found() == [False] * len(SECRETS)


if __name__ == "__main__":
    a_secret_that_is_kept_is_found()
    nothing_of_a_citizen_is_alive_after_the_reset()
