"""The way to a visit at home, question by question, for pictures and for what must fit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from kiosk.domain.home_visit import Ask
from tests.ui.picture_walk import Shot
from tests.ui.stage import NOW, Stage

NAME, PHONE, ADDRESS = "Tran Thi Thu", "0912345678", "So 1 Duong Mau"


def home_visit(on: Stage) -> Iterator[Shot]:
    """Ask for somebody of 80 years, on the afternoon of tomorrow."""
    say = on.app.locale.say
    on.press_words(say("door_appointment"))
    yield Shot("appointments-home", on)
    on.press_words(say("door_home_visit"))
    yield Shot("home-visit-service", on)
    press_row(on, "CT")
    tomorrow = NOW.date() + timedelta(days=1)
    on.until(lambda: rows(on, f"{tomorrow}-afternoon"))
    yield Shot("home-visit-when", on)
    press_row(on, f"{tomorrow}-afternoon")
    yield Shot("home-visit-who", on)
    on.press_words(say("priority_age_80"))
    answers = {Ask.NAME: NAME, Ask.PHONE: PHONE, Ask.ADDRESS: ADDRESS}
    for ask, answer in answers.items():
        on.until(lambda ask=ask: on.says(say(f"visit_{ask.value}_help")))  # type: ignore[misc]  # a default
        yield Shot(f"home-visit-{ask.value}", on)
        on.app.shown.body(type(on.app.shown.ids.body.children[0])).write(answer)
        on.press_main()
    on.until(lambda: rows(on, Ask.ADDRESS.value))
    yield Shot("home-visit-review", on)
    on.press_main()
    on.until(lambda: on.says("H7M2 9QXT"))
    yield Shot("home-visit-done", on)


def rows(on: Stage, name: str) -> list[object]:
    return [w for w in on.shown() if getattr(w, "id", None) == name]


def press_row(on: Stage, name: str) -> None:
    on.until(lambda: rows(on, name))
    on.press(rows(on, name)[-1])
