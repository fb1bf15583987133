"""What Ciw, a queueing simulator by others, says about four offices: writes ciw_reference.json.

Ciw puts a package `tests` in front of ours, so it lives in an environment of its own:

    python -m venv ciw && ciw/bin/pip install ciw==3.2.7
    ciw/bin/python tests/simulation/ciw_reference.py

Each figure is the mean over runs with its standard error. `test_ciw_reference.py` plays the same
offices with our simulator and compares.
"""

from __future__ import annotations

import json
import math
import statistics
from collections.abc import Callable
from pathlib import Path
from typing import Any

TARGET = Path(__file__).with_suffix(".json")
RUNS = 80
LONG, WARM = 6000.0, 500.0
MINUTES, CV = 12.0, 0.8
RATE, COUNTERS = 0.2, 3
URGENT = 0.2
IMPATIENT, PATIENCE = 0.4, (20.0, 60.0)
# Arrivals a minute in each half hour; the office stays open until nobody is left.
RUSH = (0.5, 0.45, 0.35, 0.25, 0.15, 0.1)

Figures = dict[str, float]


def lognormal(ciw: Any) -> Any:
    spread = math.sqrt(math.log(1 + CV**2))
    return ciw.dists.Lognormal(math.log(MINUTES) - spread**2 / 2, spread)


def served(records: list[Any]) -> list[Any]:
    return [r for r in records if r.record_type == "service" and r.arrival_date > WARM]


def plain(ciw: Any) -> Any:
    return ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(RATE)],
        service_distributions=[lognormal(ciw)],
        number_of_servers=[COUNTERS],
    )


def plain_figures(records: list[Any]) -> Figures:
    return {"wait": statistics.fmean(r.waiting_time for r in served(records))}


def priority(ciw: Any) -> Any:
    return ciw.create_network(
        arrival_distributions={
            "urgent": [ciw.dists.Exponential(RATE * URGENT)],
            "ordinary": [ciw.dists.Exponential(RATE * (1 - URGENT))],
        },
        service_distributions={"urgent": [lognormal(ciw)], "ordinary": [lognormal(ciw)]},
        number_of_servers=[COUNTERS],
        priority_classes={"urgent": 0, "ordinary": 1},
    )


def priority_figures(records: list[Any]) -> Figures:
    return {
        name: statistics.fmean(r.waiting_time for r in served(records) if r.customer_class == name)
        for name in ("urgent", "ordinary")
    }


def impatient(ciw: Any) -> Any:
    never = ciw.dists.Deterministic(10 * LONG)
    leaves = ciw.dists.MixtureDistribution(
        [ciw.dists.Uniform(*PATIENCE), never], [IMPATIENT, 1 - IMPATIENT]
    )
    return ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(RATE * 1.15)],
        service_distributions=[lognormal(ciw)],
        number_of_servers=[COUNTERS],
        reneging_time_distributions=[leaves],
    )


def impatient_figures(records: list[Any]) -> Figures:
    left = [r for r in records if r.record_type == "renege" and r.arrival_date > WARM]
    came = served(records)
    share = len(left) / (len(left) + len(came))
    return {"wait": statistics.fmean(r.waiting_time for r in came), "left": share}


def rush(ciw: Any) -> Any:
    ends = [30.0 * (slot + 1) for slot in range(len(RUSH))]
    arrivals = ciw.dists.PoissonIntervals(
        rates=[*RUSH, 1e-12], endpoints=[*ends, LONG], max_sample_date=LONG
    )
    return ciw.create_network(
        arrival_distributions=[arrivals],
        service_distributions=[lognormal(ciw)],
        number_of_servers=[COUNTERS],
    )


def rush_figures(records: list[Any]) -> Figures:
    came = [r for r in records if r.arrival_date < 30 * len(RUSH)]
    return {"wait": statistics.fmean(r.waiting_time for r in came), "people": float(len(came))}


CASES: dict[str, tuple[Callable[[Any], Any], Callable[[list[Any]], Figures]]] = {
    "plain": (plain, plain_figures),
    "priority": (priority, priority_figures),
    "impatient": (impatient, impatient_figures),
    "rush": (rush, rush_figures),
}


def main() -> None:
    import ciw  # noqa: PLC0415 - only where it was installed by hand

    found: dict[str, dict[str, dict[str, float]]] = {}
    for name, (network, figures) in CASES.items():
        runs: list[Figures] = []
        for seed in range(RUNS):
            ciw.seed(seed)
            simulation = ciw.Simulation(network(ciw))
            simulation.simulate_until_max_time(LONG)
            runs.append(figures(simulation.get_all_records()))
        found[name] = {
            figure: {
                "mean": statistics.fmean(run[figure] for run in runs),
                "error": statistics.stdev(run[figure] for run in runs) / math.sqrt(RUNS),
            }
            for figure in runs[0]
        }
    body = {"ciw": ciw.__version__, "runs": RUNS, "cases": found}
    TARGET.write_text(json.dumps(body, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
