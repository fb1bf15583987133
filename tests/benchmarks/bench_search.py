"""Search in everyday words over the 46 procedures, and over a catalogue fifty times as large.

Run `python -m tests.benchmarks.bench_search`. Each of the queries is what a finger types, letter
by letter: the time is that of one answer, as the screen asks for it after each key.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import replace
from functools import partial
from pathlib import Path

from kiosk.adapters.catalogue_files import read_catalogue, shipped_catalogue
from kiosk.domain.catalogue import Catalogue
from kiosk.domain.search import ProcedureSearch
from tests.benchmarks.figures import machine, probe_row, share, timed_ms

QUERIES = ("giấy khai sinh", "so do", "mat can cuoc", "birth certificate", "rut bhxh mot lan")
TIMES = 200
COPIES = 50
GOAL_MS = 50


def typed() -> list[str]:
    """What stands in the field after each key."""
    return [query[:n] for query in QUERIES for n in range(1, len(query) + 1)]


def larger(catalogue: Catalogue) -> Catalogue:
    """The same procedures again and again under other codes."""
    return Catalogue(
        replace(
            service,
            procedures=tuple(
                replace(one, code=f"{one.code}-{n}")
                for n in range(COPIES)
                for one in service.procedures
            ),
        )
        for service in catalogue.services
    )


def main() -> None:
    """Print the figures."""
    shipped = read_catalogue(Path(str(shipped_catalogue())))
    sys.stdout.write(f"{machine()}\n")
    with tempfile.TemporaryDirectory() as name:
        sys.stdout.write(f"{probe_row(Path(name))}\n")
    for catalogue, times in ((shipped, TIMES), (larger(shipped), 3)):
        find = ProcedureSearch(catalogue).find
        taken = [ms for text in typed() for ms in timed_ms(partial(find, text), times)]
        sys.stdout.write(
            f"search over {len(catalogue.procedures):,} procedures, {len(taken):,} answers, ms: "
            f"p50 {share(taken, 0.5):.2f}, p99 {share(taken, 0.99):.2f}, most {max(taken):.2f} "
            f"(goal {GOAL_MS})\n"
        )


if __name__ == "__main__":
    main()
