"""One suite for every wait predictor: it always answers, in order, and follows the office."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from edge_models.wait.model import WaitModel
from queue_server.adapters.line_forecasts import Draft, Learned, LineTable, ModelEngine
from queue_server.adapters.wait_predictor import LivePredictor
from queue_server.domain import commands as c
from queue_server.domain.events import Event
from queue_server.domain.ticket import PriorityClass
from queue_server.use_cases.ports import Forecast, ModelState, Standing, StoredEvent, WaitPredictor
from tests.fakes.office_days import EIGHT, DayPlay
from tests.fakes.steady_predictor import SteadyPredictor

BASES = {"model", "queue_length_x_interval", "service_minutes"}
MODEL = WaitModel()


def with_model() -> LivePredictor:
    predictor = LivePredictor({"a": 5.0, "b": 8.0, "c": 8.0})
    predictor.adopt(ModelEngine(MODEL, Learned(), ModelState("shipped", "sha")), [])
    return predictor


def without_model() -> LivePredictor:
    return LivePredictor({"a": 5.0, "b": 8.0, "c": 8.0})


@pytest.fixture(params=[SteadyPredictor, without_model, with_model])
def predictor(request: pytest.FixtureRequest) -> WaitPredictor:
    make: Callable[[], WaitPredictor] = request.param
    return make()


def standing(at: datetime, ahead: int = 0, **more: bool) -> Standing:
    return Standing("a", ahead, ahead, 2, at, **more)


def busy_morning(people: int = 12) -> DayPlay:
    play = DayPlay()
    for _ in range(people):
        play.later(minutes=1)
        play.issue("a")
    for _ in range(3):
        play.later(minutes=2)
        play.call(1)
        play.at_counter(c.Start)
        play.later(minutes=3)
        play.at_counter(c.Finish)
    return play


def fair(said: Forecast) -> None:
    assert math.isfinite(said.p50_min)
    assert 0 <= said.p50_min <= said.p90_min < 24 * 60


def test_it_answers_before_it_has_seen_anything(predictor: WaitPredictor) -> None:
    fair(predictor.forecast(standing(EIGHT, arriving=True)))
    fair(predictor.forecast(standing(EIGHT, 40)))
    predictor.refresh(EIGHT)


def test_a_busy_line_is_forecast_for_everybody(predictor: WaitPredictor) -> None:
    play = busy_morning()
    predictor.take(1, play.events)
    predictor.refresh(play.at)
    for ahead in range(30):
        for more in ({}, {"priority": True}, {"arriving": True}):
            fair(predictor.forecast(standing(play.at, ahead, **more)))
    assert predictor.forecast(standing(play.at, 9)).p50_min > 0


def test_a_service_that_nobody_configured(predictor: WaitPredictor) -> None:
    predictor.take(1, busy_morning().events)
    fair(predictor.forecast(replace(standing(EIGHT, 3, arriving=True), service="new")))


def test_a_new_day_begins_with_empty_lines(predictor: WaitPredictor) -> None:
    predictor.take(1, busy_morning().events)
    tomorrow = DayPlay(at=EIGHT + timedelta(days=1))
    predictor.take(1000, tomorrow.events)
    predictor.refresh(tomorrow.at)
    fair(predictor.forecast(standing(tomorrow.at, arriving=True)))


def test_events_that_make_no_sense_do_not_stop_it(predictor: WaitPredictor) -> None:
    events: list[Event] = busy_morning().events
    predictor.take(1, [*events[3:], *events[:9], *events])
    predictor.refresh(EIGHT)
    fair(predictor.forecast(standing(EIGHT, arriving=True)))


def test_what_answers_is_said(predictor: WaitPredictor) -> None:
    state = predictor.state()
    assert (state.name is None) == (state.fault is not None)


# -- the real one ---------------------------------------------------------------------------------


def test_the_chain_goes_from_model_to_interval_to_service_minutes() -> None:
    predictor, play = with_model(), busy_morning()
    predictor.take(1, play.events)
    assert predictor.forecast(standing(play.at, arriving=True)).basis == "model"
    predictor.refuse("wrong hash")
    assert predictor.state() == ModelState(fault="wrong hash")
    assert predictor.forecast(standing(play.at, 3)).basis == "service_minutes"
    for _ in range(6):
        play.later(minutes=2)
        play.call(1)
        play.at_counter(c.Start)
        play.at_counter(c.Finish)
    predictor.take(5000, play.events[-30:])
    predictor.refresh(play.at)
    assert predictor.forecast(standing(play.at, 3)).basis == "queue_length_x_interval"


def test_a_model_that_fails_gives_way_to_the_formula(caplog: pytest.LogCaptureFixture) -> None:
    class Broken(ModelEngine):
        def ask(self, _looks: Sequence[Draft]) -> dict[tuple[str, float], LineTable]:
            raise RuntimeError("no more memory")

    predictor = LivePredictor({"a": 5.0})
    predictor.adopt(Broken(MODEL, Learned(), ModelState("broken", "sha")), [])
    predictor.take(1, busy_morning().events)
    assert predictor.forecast(standing(EIGHT, arriving=True)).basis in BASES - {"model"}
    assert predictor.state().fault == "the model failed: RuntimeError"
    assert "formulas answer" in caplog.text


def test_a_busy_lock_never_holds_the_writer() -> None:
    predictor = with_model()
    predictor.take(1, busy_morning().events)
    with predictor._lock:
        fair(predictor.forecast(standing(EIGHT, arriving=True)))


def test_adopting_late_knows_the_whole_day_once() -> None:
    """Events come while the store is read: none is lost, none is taken twice."""

    play = busy_morning()
    late, early = without_model(), with_model()
    early.take(1, play.events)
    early.refresh(play.at)
    half = len(play.events) // 2
    late.keep_events()
    late.take(1, play.events[: half + 3])
    late.refresh(play.at)
    late.take(half + 4, play.events[half + 3 :])
    stored = [StoredEvent(seq, event) for seq, event in enumerate(play.events[:half], 1)]
    late.adopt(ModelEngine(MODEL, Learned(), ModelState("shipped", "sha")), stored)
    late.refresh(play.at)
    for ahead in range(9):
        at = standing(play.at, ahead)
        assert late.forecast(at) == early.forecast(at)


def test_priority_people_have_a_forecast_of_their_own() -> None:
    predictor, play = with_model(), busy_morning()
    play.issue("a", PriorityClass.AGE_80)
    predictor.take(1, play.events)
    predictor.refresh(play.at)
    assert ("a", 1.0) in predictor._tables
    assert predictor.forecast(standing(play.at, 0, priority=True)).basis == "model"


def test_working_days_begin_with_what_was_learned() -> None:
    learned = Learned(until=date(2026, 5, 11))
    engine = ModelEngine(MODEL, learned, ModelState("shipped", "sha", learned.until))
    predictor = LivePredictor({"a": 5.0})
    predictor.adopt(engine, [])
    assert predictor.state().learned_until == date(2026, 5, 11)
