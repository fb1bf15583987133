"""The fault campaign: breaks everything on purpose and prints what came of it, as a table.

`poe campaign` is the short form (about five minutes), `poe campaign --long` kills the server a
thousand times and takes hours; `--only NAME …` plays some of them, `--out FILE` keeps the table.
A promise that was not kept ends the campaign with its reason and exit code 1.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.benchmarks.figures import machine
from tests.campaign import (
    at_the_counter,
    at_the_kiosk,
    broker_killed,
    damaged,
    network,
    power,
    power_filing,
    unruly_server,
)
from tests.campaign.found import Cannot, Found

Scenario = Callable[[Path, int], Found]
SCENARIOS: dict[str, tuple[str, Scenario, int, int]] = {
    "server": ("kill -9 of the server at work", unruly_server.killed, 20, 1000),
    "broker": ("kill -9 of the embedded broker", unruly_server.broker_killed, 3, 50),
    "mosquitto": (
        "kill -9 of mosquitto, its saved state kept or lost",
        broker_killed.mosquitto_killed,
        2,
        50,
    ),
    "kiosk": ("kill -9 of a kiosk's program at a touch", at_the_kiosk.kiosk_killed, 3, 200),
    "counter": ("kill -9 of a counter's program at a press", at_the_counter.counter_killed, 6, 200),
    "power-store": ("power cut at any write of the store", power.store_cut, 40, 3000),
    "power-kiosk": ("power cut at any write of a kiosk", power.journal_cut, 40, 3000),
    "power-filing": ("power cut at any write of a filing", power_filing.filing_cut, 40, 3000),
    "full": ("disk full for a while", unruly_server.disk_full, 3, 50),
    "read-only": ("disk read-only for a while", unruly_server.disk_read_only, 3, 50),
    "slow": ("300 ms an fsync, with kills", unruly_server.disk_slow, 2, 50),
    "clock": ("clock set by ±1 h and ±1 day, with kills", unruly_server.clock_set, 4, 40),
    "memory": ("out of memory, ended by the kernel", unruly_server.memory_ends, 2, 40),
    "network": ("8 % lost, 5 % doubled, reordered, cut", network.bad_network, 2, 40),
    "damage": ("64 bytes of the store changed", damaged.store_damaged, 4, 200),
}
"""Name: what it is, how it is played, how often in the short and in the long form."""

HEAD = "| what is broken | times | tickets promised | calls promised | kept | repeats | seen |"
LINE = "|---|---|---|---|---|---|---|"


def row(what: str, found: Found) -> str:
    """One line of the table; lost and doubled ones would have ended the campaign."""
    figures = (found.breaks, found.promised, found.calls, found.kept, found.repeats)
    return f"| {what} | " + " | ".join(f"{figure:,}" for figure in figures) + f" | {found.note} |"


def play(names: list[str], *, long: bool) -> Iterator[str]:
    """The table, line by line, as it is found."""
    yield HEAD
    yield LINE
    for name in names:
        what, scenario, short_form, long_form = SCENARIOS[name]
        began = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            try:
                line = row(what, scenario(Path(folder), long_form if long else short_form))
            except Cannot as reason:
                line = f"| {what} | not played: {reason} | | | | | |"
        sys.stderr.write(f"{name}: {time.monotonic() - began:.0f} s\n")
        yield line


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--long", action="store_true")
    parser.add_argument("--only", nargs="+", choices=list(SCENARIOS), default=list(SCENARIOS))
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    lines = [machine(), ""]
    sys.stdout.write(lines[0] + "\n\n")
    try:
        for line in play(options.only, long=options.long):
            lines.append(line)
            sys.stdout.write(line + "\n")
            sys.stdout.flush()
    except AssertionError as broken:
        sys.stdout.write(f"\nA promise was not kept: {broken}\n")
        raise
    lines += ["", "0 lost, 0 doubled, 0 in an illegal state; `motcua verify` agreed after each."]
    sys.stdout.write(lines[-1] + "\n")
    if options.out is not None:
        options.out.write_text("\n".join(lines) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
