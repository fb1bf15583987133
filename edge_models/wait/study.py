"""`poe study-wait`: the tables of the README, by models that never saw the tested rows.

usage: python -m edge_models.wait.study --waits FOLDER --out OUT.json
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from edge_models.wait import evaluate as measuring
from edge_models.wait import sources
from edge_models.wait.baselines import Lesson
from edge_models.wait.build import SEED, shared_lesson
from edge_models.wait.conformal import Conformal
from edge_models.wait.nightly import calibrated, lesson_before
from edge_models.wait.training import Trainer

WARSAW_FROM = date(2020, 1, 13).toordinal()
BANK_FROM = date(1999, 1, 18).toordinal()
# Every third office by name, so that large and small ones are on both sides.
FOLDS = 3


def compared(
    case: measuring.Case, model: measuring.Model, before: Lesson | None, start: Conformal | None
) -> dict[str, object]:
    """A model beside the classics, which also learn from `before`."""
    said = {"model": measuring.forecast(case, model, start)}
    return measuring.report(case, measuring.classics(case, before), said).as_dict()


def warsaw_seen(waits: Path) -> Iterator[tuple[str, dict[str, object]]]:
    """The same offices, later days."""
    real = sources.warsaw(waits)
    case = measuring.prepare(real.log, real.counters, measuring.Asked(WARSAW_FROM))
    lesson, weight = shared_lesson([lesson_before(case, WARSAW_FROM)], SEED)
    model = Trainer().train(lesson, weight)
    yield "seen offices, later days", compared(case, model, None, calibrated(case, Trainer()))


def warsaw_unseen(waits: Path) -> Iterator[tuple[str, dict[str, object]]]:
    """Offices the model never saw, all their days; over the folds each office is unseen once."""
    real = sources.warsaw(waits)
    for fold in range(FOLDS):
        unseen = real.log.office % FOLDS == fold
        rest, own = real.only(~unseen), real.only(unseen)
        lesson, weight = shared_lesson([rest.mature()], SEED)
        model = Trainer().train(lesson, weight)
        for learning, name in ((True, "learning nightly"), (False, "no learning")):
            asked = measuring.Asked(0, learning=learning)
            case = measuring.prepare(own.log, own.counters, asked)
            others = rest.lesson(learning=learning)
            yield f"unseen offices, {name}, fold {fold + 1}", compared(case, model, others, None)


def bank(waits: Path) -> Iterator[tuple[str, dict[str, object]]]:
    """The call centre's second half of January, learned from its first half."""
    real = sources.bank(waits)
    for only_waited, name in ((False, "all served"), (True, "calls that queued")):
        asked = measuring.Asked(BANK_FROM, only_waited=only_waited)
        case = measuring.prepare(real.log, real.counters, asked)
        model = Trainer().train(lesson_before(case, BANK_FROM))
        yield f"bank, {name}", compared(case, model, None, calibrated(case, Trainer()))


def main() -> None:
    """Measure from the command line; each figure is said as soon as it is known."""
    asked = argparse.ArgumentParser(description="Measure the recipe on rows it did not learn from")
    asked.add_argument("--waits", type=Path, required=True, help="folder with the real logs")
    asked.add_argument("--out", type=Path, required=True, help="JSON with every figure")
    given = asked.parse_args()
    missing = [n for n in (*sources.WARSAW, sources.BANK) if not (given.waits / n).is_file()]
    if missing:
        asked.error(f"{given.waits} lacks {', '.join(missing)}: see the waits README of the design")
    found: dict[str, object] = {}
    for study in (warsaw_seen, bank, warsaw_unseen):
        for name, figures in study(given.waits):
            found[name] = figures
            given.out.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
            print(name, json.dumps(figures["ratios"]), flush=True)  # noqa: T201 - a command


if __name__ == "__main__":
    main()
