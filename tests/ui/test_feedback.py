"""Consent on the screen: default off, "no" as easy as "yes", withdrawal at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.config.kiosk import ScreenSection
from kiosk.domain.words import Language
from kiosk.ui.screens.feedback import AnswerCard
from tests.ui.feedback_walk import FakeConsent, walk
from tests.ui.picture_walk import SIZES, busy_office, keep
from tests.ui.stage import Stage, stage
from tests.ui.test_fits import FINGER, faults

pytestmark = pytest.mark.kivy


def asked(on: Stage) -> Callable[..., str]:
    on.press_words(on.app.locale.say("door_feedback"))
    return on.app.locale.say


def test_without_a_camera_nobody_is_asked() -> None:
    with stage() as on:
        assert not on.says(on.app.locale.say("door_feedback"))


def test_no_is_as_large_as_yes_and_opens_nothing() -> None:
    begun = []
    with stage(smiles=lambda: begun.append(1) or FakeConsent()) as on:
        say = asked(on)
        assert on.says(say("smile_question"))
        no, yes = (w for w in on.shown() if isinstance(w, AnswerCard))
        assert no.size == yes.size
        assert no.fill == yes.fill
        assert (no.words, yes.words) == (say("smile_no"), say("smile_yes"))
        on.press_words(say("smile_no"))
        assert on.says(say("smile_refused"))
        on.press_main()
        assert on.screen == "home"
    assert begun == []


def test_yes_looks_once_and_the_rating_goes_with_it() -> None:
    consent = FakeConsent()
    with stage(smiles=lambda: consent) as on:
        for _ in walk(on, consent):
            pass
        assert on.says(on.app.locale.say("smile_counted"))
    assert consent.ratings == [4]
    assert consent.withdrawn, "the consent ends with the rating"


def test_stopping_withdraws_at_once() -> None:
    consent = FakeConsent()
    with stage(smiles=lambda: consent) as on:
        say = asked(on)
        on.press_words(say("smile_yes"))
        on.until(consent.looking.is_set)
        on.press_words(say("smile_stop"))
        assert consent.withdrawn
        assert on.says(say("smile_withdrawn"))
        on.until(lambda: not on.app.background.busy)
        assert on.says(say("smile_withdrawn"))
    assert consent.ratings == []


@pytest.mark.parametrize("way", ["back", "leave"])
def test_leaving_in_any_way_withdraws(way: str) -> None:
    consent = FakeConsent()
    with stage(smiles=lambda: consent) as on:
        say = asked(on)
        on.press_words(say("smile_yes"))
        on.until(consent.looking.is_set)
        if way == "back":
            on.press_back()
        else:
            on.app.leave()
        on.until(lambda: consent.withdrawn and not on.app.background.busy)
        assert on.screen == "home"
        asked(on)
        assert on.says(say("smile_question")), "the next citizen is asked anew"


@pytest.mark.parametrize("outcome", ["no_face", "fault", "busy", "photo"])
def test_what_could_not_be_counted_is_said_calmly(outcome: str) -> None:
    consent = FakeConsent(outcome)
    consent.let_go.set()
    with stage(smiles=lambda: consent) as on:
        say = asked(on)
        on.press_words(say("smile_yes"))
        on.until(lambda: on.says(say("smile_unknown")))
    assert consent.ratings == []


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("orientation", list(SIZES))
def test_every_phase_fits(orientation: str, language: Language) -> None:
    consent = FakeConsent()
    screen = ScreenSection(language=language)
    size, office = SIZES[orientation], busy_office()
    with stage(size=size, office=office, screen=screen, smiles=lambda: consent) as on:
        for shot in walk(on, consent):
            on.frames()
            assert list(faults(on, FINGER[orientation])) == [], shot.name


@pytest.mark.picture
def test_picture_of_the_consent(picture: Callable[[str], Path]) -> None:
    consent = FakeConsent()
    size = SIZES["portrait"]
    with stage(size=size, office=busy_office(), smiles=lambda: consent) as on:
        taken = [
            keep(shot, picture(f"kiosk-{shot.name}-portrait"))
            for shot in walk(on, consent)
            if shot.name in {"consent", "looking"}
        ]
    assert len(taken) == 2
    assert all(10_000 < path.stat().st_size < 150_000 for path in taken)
