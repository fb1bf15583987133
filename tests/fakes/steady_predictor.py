"""A wait predictor that says the same minutes for each turn, whatever happens."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from queue_server.domain.events import Event
from queue_server.use_cases.ports import Forecast, ModelState, Standing

TURN_MIN = 4.0


class SteadyPredictor:
    def forecast(self, standing: Standing) -> Forecast:
        minutes = TURN_MIN * (standing.ahead + 1)
        return Forecast(minutes, 2 * minutes, "service_minutes")

    def take(self, first_seq: int, events: Sequence[Event]) -> None: ...

    def refresh(self, at: datetime) -> None: ...

    def state(self) -> ModelState:
        return ModelState(fault="a fake")
