"""Walks through consent, look, rating and thanks, for pictures and for what must fit."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

from tests.ui.offscreen import use_offscreen_window

if __name__ == "__main__":
    use_offscreen_window()

from kiosk.config.kiosk import ScreenSection
from kiosk.domain.words import Language
from tests.ui.picture_walk import SIZES, Shot, busy_office, keep
from tests.ui.stage import Stage, stage


class FakeConsent:
    """Looks until the test lets it go, or the citizen withdraws."""

    def __init__(self, outcome: str = "counted") -> None:
        self.outcome = outcome
        self.let_go = threading.Event()
        self.looking = threading.Event()
        self.withdrawn = False
        self.ratings: list[int] = []

    def agree(self) -> str:
        self.looking.set()
        assert self.let_go.wait(30)
        return "withdrawn" if self.withdrawn else self.outcome

    def rate(self, rating: int) -> None:
        self.ratings.append(rating)

    def withdraw(self) -> None:
        self.withdrawn = True
        self.let_go.set()


def walk(on: Stage, consent: FakeConsent) -> Iterator[Shot]:
    """Every phase, by the answers of somebody who agrees and rates."""
    say = on.app.locale.say
    yield Shot("home-camera", on)
    on.press_words(say("door_feedback"))
    yield Shot("consent", on)
    on.press_words(say("smile_yes"))
    on.until(consent.looking.is_set)
    yield Shot("looking", on)
    consent.let_go.set()
    on.until(lambda: on.says(say("rate_question")))
    yield Shot("rate", on)
    on.press_words(say("rating_4"))
    yield Shot("rated", on)


def take(out: Path) -> list[Path]:
    """All pictures, both orientations and languages."""
    out.mkdir(parents=True, exist_ok=True)
    taken = []
    for orientation, size in SIZES.items():
        for language in Language:
            consent, screen = FakeConsent(), ScreenSection(language=language)
            with stage(
                size=size, office=busy_office(), screen=screen, smiles=lambda c=consent: c
            ) as on:
                taken += [
                    keep(shot, out / f"{shot.name}-{orientation}-{language.value}.png")
                    for shot in walk(on, consent)
                ]
    return taken


if __name__ == "__main__":
    take(Path(sys.argv[1]))
