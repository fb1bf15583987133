"""`poe study-wait`: the tables of the README, by models that never saw the tested rows.

usage: python -m edge_models.wait.study --waits FOLDER --out OUT.json
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

from edge_models.wait import evaluate as measuring
from edge_models.wait import reference, sources
from edge_models.wait.baselines import Lesson, join, nothing
from edge_models.wait.build import SEED, shared_lesson
from edge_models.wait.evaluate import Model
from edge_models.wait.metrics import Forecasts
from edge_models.wait.nightly import Train, calibrated, lesson_before, nights
from edge_models.wait.training import Boosters, Trainer

WARSAW_FROM = date(2020, 1, 13).toordinal()
BANK_FROM = date(1999, 1, 18).toordinal()
# Every third office by name, so that large and small ones are on both sides.
FOLDS = 3


def later_days(case: measuring.Case, ours: Train) -> dict[str, object]:
    """Our recipe, trained once and every night, and the reference, beside the classics."""
    train = cache(ours)
    once = measuring.forecast(
        case, train(int(case.day[case.wanted].min())), calibrated(case, train)
    )
    nightly = measuring.rolled(case, measuring.with_own_lines(case, nights(case, train)))
    said = {"model": once, "nightly": nightly, "reference": plain(case)}
    return measuring.report(case, measuring.classics(case), said).as_dict()


def plain(case: measuring.Case, before: Lesson | None = None) -> Forecasts:
    """What the reference of the plan says, learning every night where nights teach."""
    train = lived(case, before)
    if case.learning:
        return measuring.rolled(case, nights(case, train))
    return measuring.forecast(case, train(int(case.day[case.wanted].min())))


def lived(case: measuring.Case, before: Lesson | None = None) -> Train:
    """The reference of everything before a day, from features as they were then."""
    lesson = case.lesson

    def train(day: int) -> Model:
        known = lesson.part(lesson.day < (day if case.learning else 0))
        return reference.train(join(before or nothing(), known))

    return train


def warsaw_seen(waits: Path, made: Lesson) -> Iterator[tuple[str, dict[str, object]]]:
    """The same offices, later days."""
    real = sources.warsaw(waits)
    case = measuring.prepare(real.log, real.counters, measuring.Asked(WARSAW_FROM))

    def ours(day: int) -> Boosters:
        return Trainer().train(*shared_lesson([lesson_before(case, day)], made))

    yield "seen offices, later days", later_days(case, ours)


def warsaw_unseen(waits: Path, made: Lesson) -> Iterator[tuple[str, dict[str, object]]]:
    """Offices the model never saw, all their days; over the folds each office is unseen once."""
    real = sources.warsaw(waits)
    for fold in range(FOLDS):
        unseen = real.log.office % FOLDS == fold
        rest, own = real.only(~unseen), real.only(unseen)
        model = Trainer().train(*shared_lesson([rest.mature()], made))
        for learning, name in ((True, "learning nightly"), (False, "no learning")):
            asked = measuring.Asked(0, learning=learning)
            case = measuring.prepare(own.log, own.counters, asked)
            before = rest.lesson(learning=learning)
            said = {"model": measuring.forecast(case, model), "reference": plain(case, before)}
            classic = measuring.classics(case, before)
            yield (
                f"unseen offices, {name}, fold {fold + 1}",
                measuring.report(case, classic, said).as_dict(),
            )


def bank(waits: Path, _made: Lesson) -> Iterator[tuple[str, dict[str, object]]]:
    """The call centre's second half of January, learned from its first half."""
    real = sources.bank(waits)
    for only_waited, name in ((False, "all served"), (True, "calls that queued")):
        asked = measuring.Asked(BANK_FROM, only_waited=only_waited)
        case = measuring.prepare(real.log, real.counters, asked)

        def ours(day: int, case: measuring.Case = case) -> Boosters:
            return Trainer().train(lesson_before(case, day))

        yield f"bank, {name}", later_days(case, ours)


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
    made = sources.simulated(SEED)
    for study in (warsaw_seen, bank, warsaw_unseen):
        for name, figures in study(given.waits, made):
            found[name] = figures
            given.out.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
            print(name, json.dumps(figures["ratios"]), flush=True)  # noqa: T201 - a command


if __name__ == "__main__":
    main()
