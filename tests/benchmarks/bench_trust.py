"""What trust costs: tickets per second with and without TLS, and one credential checked.

Run `python -m tests.benchmarks.bench_trust [--runs N] [--seconds S]`. Both servers stand side
by side and are asked in turns, so that a noisy minute hits both; clients keep their connections.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Any

from queue_server.api.access import Access, Principal, Role
from tests.benchmarks.bench_tickets import take
from tests.benchmarks.figures import Row, machine, spread
from tests.fakes.secure_ward import secure_ward
from tests.office_process import OfficeProcess

CLIENTS = 32
CHECKS = 20_000
DEVICES = 200


def rows(folder: Path, runs: int, seconds: float) -> Iterator[Row]:
    """The cost of TLS as a share of tickets, then the two checks."""
    plain = OfficeProcess(folder / "plain")
    secure = OfficeProcess(secure_ward(folder / "secure"))
    root = folder / "secure" / "tls" / "ca.pem"
    shares, said = [], {"plain": list[float](), "TLS": list[float]()}
    with plain:
        secure.start_unseen()
        try:
            if not secure.first_line():
                raise SystemExit(secure.log.read_text("utf-8")[-2000:])
            take(plain, 8, 1)
            take(secure, 8, 1, root)
            for _ in range(runs):
                without: dict[str, Any] = take(plain, CLIENTS, seconds)
                with_tls: dict[str, Any] = take(secure, CLIENTS, seconds, root)
                said["plain"].append(without["per_s"])
                said["TLS"].append(with_tls["per_s"])
                shares.append(100 * (1 - with_tls["per_s"] / without["per_s"]))
        finally:
            secure.stop()
    both = f"{median(said['plain']):,.0f}/s plain, {median(said['TLS']):,.0f}/s TLS"
    yield Row(f"TLS takes of {CLIENTS} clients' tickets", "≤ 15 %", f"{spread(shares)} %; {both}")
    yield from checks()


def checks() -> Iterator[Row]:
    """A secret and a cookie among two hundred devices."""
    known = [(Principal(f"kiosk-{n}", Role.KIOSK), f"secret {n} " * 4) for n in range(DEVICES)]
    access = Access(known)
    secret = known[DEVICES // 2][1]
    opened = access.open_session(secret)
    if opened is None:
        raise SystemExit("the credential of this bench is not known")
    cookie = opened[0]
    for what, work in (
        ("a credential checked from memory", lambda: access.by_secret(secret)),
        ("a cookie checked from memory", lambda: access.by_session(cookie)),
    ):
        yield Row(what, "≤ 50 µs", f"{each_us(work):.1f} µs")


def each_us(work: Callable[[], object]) -> float:
    """Microseconds of one call, median of five rounds."""
    rounds = []
    for _ in range(5):
        began = time.perf_counter()
        for _ in range(CHECKS):
            work()
        rounds.append((time.perf_counter() - began) / CHECKS * 1e6)
    return median(rounds)


def main() -> int:
    """Print the rows with the machine and the probes."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--runs", type=int, default=5)
    asked.add_argument("--seconds", type=float, default=4.0)
    wanted = asked.parse_args()
    sys.stdout.write(f"{machine()}\n")
    with tempfile.TemporaryDirectory() as folder:
        for row in rows(Path(folder), wanted.runs, wanted.seconds):
            sys.stdout.write(f"{row}\n")
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
