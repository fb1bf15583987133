"""The card of a model tells its figures with their intervals, and keeps vouching for the file."""

from __future__ import annotations

import shutil
from pathlib import Path

from edge_models.runtime.card import read_verified
from edge_models.wait import evaluate as measuring
from edge_models.wait.measured import in_short, write_metrics
from edge_models.wait.metrics import Forecasts
from edge_models.wait.model import SHIPPED, WaitModel
from tests.unit.edge_models.wait_logs import FIRST_DAY, busy_log


def study() -> dict[str, dict[str, object]]:
    case = measuring.prepare(
        busy_log(days=4), measuring.OpenCounters(), measuring.Asked(FIRST_DAY + 2)
    )
    said = {"model": Forecasts(case.lesson.wait[case.wanted], case.lesson.wait[case.wanted] + 1)}
    return {"a small office": measuring.report(case, measuring.classics(case), said).as_dict()}


def test_a_study_on_the_card_leaves_the_model_as_it_is(tmp_path: Path) -> None:
    shutil.copytree(SHIPPED, tmp_path, dirs_exist_ok=True)
    before = WaitModel(tmp_path).card["sha256"]
    write_metrics(study(), tmp_path)
    body, card = read_verified(tmp_path / "wait_p90.onnx")
    assert body
    assert WaitModel(tmp_path).card["sha256"] == before
    assert card["metrics"][0]["tested_on"] == "a small office"
    assert card["metrics"][0]["mae_min"] == 0.0


def test_every_figure_of_a_ratio_has_its_interval_and_its_rival() -> None:
    ((name, figures),) = study().items()
    row = in_short(name, figures)
    for key in ("mae_to_best", "rmse_to_best", "mae_to_les"):
        assert {key, f"{key}_95", f"{key}_is"} <= set(row)
    assert "coverage_90_worst_office" not in row
