"""The study in short, as it stands on the model's card: what was tested, how good, how sure.

usage: python -m edge_models.wait.measured STUDY.json [--cards edge_models/artifacts]
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import tomlkit

from edge_models.runtime.card import card_path
from edge_models.wait.model import NAMES, SHIPPED

DIGITS = 4


def in_short(name: str, figures: Mapping[str, Any]) -> dict[str, object]:
    """One row of the study: minutes, shares and their 95 % intervals by drawing queue-days."""
    model, ratios = figures["models"]["model"], figures["ratios"]["model"]
    row: dict[str, object] = {
        "tested_on": name,
        "tickets": figures["rows"],
        "queue_days": figures["truth"]["queue_days"],
        "mean_wait_min": figures["truth"]["mean_wait"],
        "mae_min": model["mae"],
        "mae_95": model["mae_interval"],
        "rmse_min": model["rmse"],
        "pinball_90_min": model["pinball_90"],
        "coverage_90": model["coverage_90"],
        "coverage_90_worst_office": model["coverage_90_worst_office"],
    }
    for key in ("mae_to_best", "rmse_to_best", "mae_to_les"):
        found = ratios[key]
        row |= {key: found["value"], f"{key}_95": [found["low"], found["high"]]}
        row[f"{key}_is"] = found["against"]
    return {key: _rounded(value) for key, value in row.items() if value is not None}


def _rounded(value: object) -> object:
    if isinstance(value, list):
        return [_rounded(each) for each in value]
    return round(value, DIGITS) if isinstance(value, float) else value


def write_metrics(study: Mapping[str, Mapping[str, Any]], folder: Path) -> None:
    """Put the study on both cards; the model files and their hashes stay as they are."""
    metrics = [in_short(name, figures) for name, figures in study.items()]
    for name in NAMES:
        path = card_path(folder / f"{name}.onnx")
        card = tomlkit.parse(path.read_text(encoding="utf-8")).unwrap()
        rest = {key: value for key, value in card.items() if key != "metrics"}
        path.write_text(tomlkit.dumps(rest | {"metrics": metrics}), encoding="utf-8")


def main() -> None:
    """Write from the command line."""
    asked = argparse.ArgumentParser(description="Put the figures of a study on the model's cards")
    asked.add_argument("study", type=Path)
    asked.add_argument("--cards", type=Path, default=SHIPPED, help="folder with the models")
    given = asked.parse_args()
    write_metrics(json.loads(given.study.read_text(encoding="utf-8")), given.cards)


if __name__ == "__main__":
    main()
