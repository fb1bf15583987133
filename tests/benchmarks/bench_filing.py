"""Measures handing in: `python -m tests.benchmarks.bench_filing [--count N]`.

From the touch of "agree" to the receipt's facts at the kiosk: the kiosk's own gateway, HTTP, the
check of the declaration, the seal, the commit after its fsync, and the answer. Before each of them
the draft is saved as the screen saves it, and timed by itself. Kiosk and server run in one process.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from kiosk.adapters.http_filing import HttpFilingGateway
from kiosk.adapters.http_gateway import HttpTicketGateway
from kiosk.config.credentials import read_credentials
from kiosk.domain.words import Language
from kiosk.use_cases.filing import Filing, Place
from queue_server.bootstrap import RunningOffice
from queue_server.contracts.forms import shipped_forms
from tests.benchmarks.figures import machine, probe_row, share, timed_ms
from tests.fakes.filings import answered
from tests.fakes.offices import running

GOAL_MS = 300


def measure(office: RunningOffice, count: int) -> dict[str, list[float]]:
    """Milliseconds of each saved draft and of each dossier handed in, all forms in turn."""
    secret = office.settings.data / "credentials" / "kiosk-1.json"
    gateway = HttpTicketGateway(office.http_url, read_credentials(secret))
    way, taken = HttpFilingGateway(gateway.ask), {"save a draft": [], "hand in": []}
    forms = list(shipped_forms().values())
    try:
        for number in range(count):
            form = forms[number % len(forms)]
            papers = (("Giấy tờ mẫu", True),)
            filing = Filing(form, f"bench-{number}", papers, answers=answered(form))
            filing = replace(filing, place=Place.REVIEW)
            filing = replace(filing, code=way.save(filing, Language.VI))
            taken["save a draft"] += timed_ms(lambda one=filing: way.save(one, Language.VI), 1)
            taken["hand in"] += timed_ms(lambda one=filing: way.hand_in(one, Language.VI), 1)
    finally:
        gateway.close()
    return taken


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200)
    count = parser.parse_args().count
    with tempfile.TemporaryDirectory() as name, running(Path(name) / "ward") as office:
        sys.stdout.write(f"{machine()}\n{probe_row(Path(name))}\n")
        for what, taken in measure(office, count).items():
            sys.stdout.write(
                f"{what}, n = {len(taken)}, ms: p50 {share(taken, 0.5):.1f}, "
                f"p99 {share(taken, 0.99):.1f}, most {max(taken):.1f} (goal {GOAL_MS})\n"
            )


if __name__ == "__main__":
    main()
