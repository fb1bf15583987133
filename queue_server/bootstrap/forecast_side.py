"""The forecasts of a running office: loads the model beside the work, learns at night, follows.

One thread of its own. It is started last and imports the model's libraries itself, so a server is
as quickly there as without a model; until it is ready, and whenever no model can be trusted, the
formula answers and says so. Training runs in a child process with the lowest priority.
"""

from __future__ import annotations

import copy
import logging
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from queue_server.adapters.sqlite_reader import SqliteReader
from queue_server.adapters.wait_predictor import LivePredictor
from queue_server.use_cases.ports import ModelState, StoreUnavailable

if TYPE_CHECKING:
    from queue_server.adapters.line_forecasts import Learned, ModelEngine
    from queue_server.adapters.wait_models import Chosen, WaitModels

log = logging.getLogger(__name__)

LOOK_EVERY_S = 5.0
END_WITHIN_S = 10.0
SWITCHED_OFF = "the model is switched off in motcua.toml"


@dataclass(slots=True)
class ForecastSide:
    """`today` gives the working day, `changed` tells that forecasts are different now."""

    data: Path
    predictor: LivePredictor
    today: Callable[[], date]
    changed: Callable[[], None]
    with_model: bool = True
    retrain: bool = True
    ready: threading.Event = field(default_factory=threading.Event)
    _stop: threading.Event = field(default_factory=threading.Event)
    _wake: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None
    _child: subprocess.Popen[bytes] | None = None
    _night_of: date | None = None
    _seen: int = 0
    _models: WaitModels | None = None
    _engine: ModelEngine | None = None
    _chosen: Chosen | None = None
    _learned: Learned | None = None

    def start(self) -> None:
        """Load in the background."""
        if not self.with_model:
            self.predictor.refuse(SWITCHED_OFF)
            self.ready.set()
            return
        self._thread = threading.Thread(target=self._run, name="forecasts", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the thread and a training that runs."""
        self._stop.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join(END_WITHIN_S)
        if self._child is not None and self._child.poll() is None:
            self._child.terminate()
            self._child.wait(END_WITHIN_S)

    def look_now(self) -> None:
        """Notice a new day or another model without waiting."""
        self._wake.set()

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self._look()
            except StoreUnavailable as fault:
                log.warning("forecasts wait for the store: %s", fault)
            except Exception as fault:  # the office works on with formulas, whatever is wrong
                log.exception("forecasts: the model cannot be used, formulas answer")
                self.predictor.refuse(f"the model cannot be used: {type(fault).__name__}")
            self.ready.set()
            self._wake.wait(LOOK_EVERY_S)
            self._wake.clear()

    def _look(self) -> None:
        from queue_server.adapters.wait_models import WaitModels  # noqa: PLC0415 - see above

        if self._models is None:
            self._models = WaitModels(self.data)
            self._seen = -1
        if self._models.changed() != self._seen:
            self._seen = self._models.changed()
            self._load(self._models)
        if self._engine is not None and self.today() != self._night_of:
            self._night_of = self.today()
            self._learn()

    def _load(self, models: WaitModels) -> None:
        from edge_models.runtime.card import UntrustedModel  # noqa: PLC0415 - see above

        try:
            chosen = models.load()
        except UntrustedModel as fault:
            log.error("no waiting-time model can be trusted, formulas answer: %s", fault)  # noqa: TRY400 - the reason says all
            self._engine = None
            self.predictor.refuse(f"refused: {fault}")
            self.changed()
            return
        for refused in chosen.refused:
            log.error("a waiting-time model is refused, %s answers: %s", chosen.name, refused)
        self._chosen = chosen
        self._use(chosen, self._knowledge(chosen))
        self.changed()

    def _knowledge(self, chosen: Chosen) -> Learned:
        """What earlier days taught; the correction belongs to one model and goes with it."""
        from edge_models.wait.conformal import Conformal  # noqa: PLC0415 - see above
        from queue_server.adapters import learned_file  # noqa: PLC0415 - see above
        from queue_server.adapters.line_forecasts import Learned  # noqa: PLC0415 - see above

        learned = self._learned
        if learned is None:
            try:
                learned = learned_file.load(self.data)
            except learned_file.Unusable as fault:
                log.warning("%s; the last days of the store teach it anew", fault)
            learned = learned or Learned()
        sha256 = str(chosen.model.card["sha256"])
        if learned.model_sha256 != sha256:
            learned = copy.copy(learned)
            learned.conformal = chosen.correction or Conformal()
            learned.model_sha256 = sha256
        return learned

    def _use(self, chosen: Chosen, learned: Learned) -> None:
        from queue_server.adapters.line_forecasts import ModelEngine  # noqa: PLC0415 - see above

        self._learned = learned
        sha256 = str(chosen.model.card["sha256"])
        fault = f"refused: {'; '.join(chosen.refused)}" if chosen.refused else None
        state = ModelState(chosen.name, sha256, learned.until, fault)
        engine = self._engine
        if engine is not None:
            self.predictor.renew(lambda: engine.use(chosen.model, learned, state))
            return
        self.predictor.keep_events()
        self._engine = ModelEngine(chosen.model, learned, state)
        self.predictor.adopt(self._engine, SqliteReader(self._store).of_day(self.today()))

    @property
    def _store(self) -> Path:
        return self.data / "store" / "office.db"

    def _learn(self) -> None:
        """The nights since the last one that was learned from, at most as many as are kept."""
        from edge_models.wait.memory import DAYS_KEPT  # noqa: PLC0415 - see above
        from queue_server.adapters import learned_file  # noqa: PLC0415 - see above
        from queue_server.adapters.own_days import learn_nights  # noqa: PLC0415 - see above

        if self._learned is None or self._chosen is None:
            return
        until, today = self._learned.until or date.min, self.today()
        days = [day for day in SqliteReader(self._store).days() if until < day < today]
        if not days:
            return
        old = self._learned
        learned = copy.copy(old)  # numbers of services are shared: they only grow
        learned.memory, learned.conformal = copy.deepcopy((old.memory, old.conformal))
        learned.days = old.days.copy()
        kept_out = learn_nights(self.data, learned, self._chosen.model, days[-DAYS_KEPT:])
        log.info("learned from %s to %s; kept out: %s", days[0], days[-1], dict(kept_out))
        try:
            learned_file.save(self.data, learned)
        except OSError as fault:
            log.warning("what the days taught is not kept: %s", fault)
        self._use(self._chosen, learned)
        self.changed()
        if self.retrain:
            self._train()

    def _train(self) -> None:
        if self._child is not None and self._child.poll() is None:
            return
        command = [sys.executable, "-m", "queue_server", "wait", "retrain", str(self.data)]
        self._child = subprocess.Popen(  # noqa: S603 - our own program on our own folder
            [*command, "--calm", "--until", self.today().isoformat()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
