"""A shipped waiting-time model with a wrong hash is refused, and the formula answers instead."""

from __future__ import annotations

import json
import shutil
from functools import partial
from pathlib import Path

import pytest

from edge_models.wait.model import NAMES, SHIPPED, WaitModel
from queue_server.adapters.wait_models import WaitModels
from queue_server.adapters.wait_predictor import LivePredictor
from queue_server.bootstrap.forecast_side import ForecastSide
from queue_server.cli import wait
from queue_server.cli.app import motcua, run
from queue_server.use_cases.ports import Standing
from tests.fakes.office_days import EIGHT

HEAD = "service,date,arrived_at,called_at\n"


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """A copy of the shipped model of which one byte is another."""
    folder = tmp_path / "artifacts"
    folder.mkdir()
    for name in NAMES:
        for path in SHIPPED.glob(f"{name}.*"):
            shutil.copy(path, folder / path.name)
    path = folder / f"{NAMES[0]}.onnx"
    body = bytearray(path.read_bytes())
    body[len(body) // 2] ^= 1
    path.chmod(0o600)
    path.write_bytes(bytes(body))
    return folder


def test_the_server_refuses_it_and_the_formula_answers(changed: Path, tmp_path: Path) -> None:
    predictor, told = LivePredictor({"a": 5.0}), []
    side = ForecastSide(tmp_path, predictor, EIGHT.date, lambda: told.append("changed"))
    side._models, side._seen = WaitModels(tmp_path, changed), -1
    side.start()
    try:
        assert side.ready.wait(120)
    finally:
        side.stop()
    state = predictor.state()
    assert state.name is None
    assert str(state.fault).startswith("refused: shipped: ")
    assert "sha256" in str(state.fault)
    assert told == ["changed"]
    said = predictor.forecast(Standing("a", 3, 3, 2, EIGHT, arriving=True))
    assert said.basis == "service_minutes"
    assert 0 < said.p50_min < said.p90_min


def test_evaluate_says_so_and_measures_the_classics(
    changed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log, out = tmp_path / "log.csv", tmp_path / "out.json"
    log.write_text(HEAD + "".join(f"CT,2026-01-05,{480 + n},{485 + n * 2}\n" for n in range(60)))
    monkeypatch.setattr(wait, "WaitModel", partial(WaitModel, changed))
    asked = ["wait", "evaluate", "--tickets", str(log), "--test-from", "2026-01-05"]
    assert run(partial(motcua, [*asked, "--json", str(out)])) == 0
    report = json.loads(out.read_text())
    assert "sha256" in report["faults"]["models"]["shipped_model_refused"]
    assert "shipped" not in report["models"]
    assert {"les", "hol", "queue_length_x_interval"} <= set(report["models"])
