"""Walks through the rating of a visit, for pictures and for what must fit."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from tests.ui.offscreen import use_offscreen_window

if __name__ == "__main__":
    use_offscreen_window()

from kiosk.config.kiosk import ScreenSection
from kiosk.domain.words import Language
from tests.fakes.verdicts import Verdicts
from tests.ui.feedback_walk import FakeConsent
from tests.ui.picture_walk import SIZES, Shot, busy_office, keep
from tests.ui.stage import Stage, stage

SLIP = "https://motcua.phuong-mau.example/t/k3v9x2abcdef"


def walk(on: Stage) -> Iterator[Shot]:
    """A number that is not over yet, then a slip held to the scanner, a low score, thanks."""
    say = on.app.locale.say
    yield Shot("home-rate", on)
    on.press_words(say("door_feedback"))
    yield Shot("rate-number", on)
    on.type("A999")
    on.press_main()
    press_face(on, 5)
    on.press_main()
    on.until(lambda: not on.app.shown._asking and on.app.shown.phase == "number")
    yield Shot("rate-refused", on)
    on.scanner.hold(SLIP)
    on.until(lambda: on.app.shown.phase == "faces")
    press_face(on, 2)
    on.press_words(say("about_waiting"))
    yield Shot("rate-faces", on)
    on.press_main()
    on.until(lambda: on.says(say("rate_told_manager")))
    yield Shot("rate-thanks", on)


def press_face(on: Stage, score: int) -> None:
    """Touch one of the five faces."""
    on.until(lambda: _faces(on, score))
    on.press(_faces(on, score)[0])


def _faces(on: Stage, score: int) -> list[object]:
    return [w for w in on.shown() if type(w).__name__ == "FaceCard" and w.score == score]


def take(out: Path) -> list[Path]:
    """All pictures, both orientations and languages."""
    out.mkdir(parents=True, exist_ok=True)
    taken = []
    for orientation, size in SIZES.items():
        for language in Language:
            screen = ScreenSection(language=language)
            with stage(
                size=size,
                office=busy_office(),
                screen=screen,
                ratings=Verdicts(),
                smiles=FakeConsent,
            ) as on:
                taken += [
                    keep(shot, out / f"{shot.name}-{orientation}-{language.value}.png")
                    for shot in walk(on)
                ]
    return taken


if __name__ == "__main__":
    take(Path(sys.argv[1]))
