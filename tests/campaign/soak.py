"""A day and more of office traffic at high speed: memory, handles and answer times over its course.

`python -m tests.campaign.soak [--hours 24] [--speed 60] [--out FILE]` runs `motcua demo` and draws
one line a sample; hours are those of the demo's clock, which leaps over nights. FILE is a report in
Markdown, written anew with each sample, so that a soak that was stopped has one too.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

from tests.benchmarks.figures import machine
from tests.campaign.damaged import motcua
from tests.office_process import OfficeProcess, free_port, raw_get

SAMPLES = 48
TAKEN = 9
PAUSE_S = 0.2
MIB = 1024 * 1024
HEAD = (
    "| hour | memory, MiB | handles | processes | answer, ms | ticket p50, ms | ticket max, ms |",
    "|---|---|---|---|---|---|---|",
)


@dataclass(frozen=True, slots=True)
class Sample:
    """The whole family of processes at one moment; `ticket_*` are 0 where no line was open."""

    hour: float
    pss_mib: float
    handles: int
    processes: int
    answer_ms: float
    ticket_ms: float
    ticket_max_ms: float

    def row(self) -> str:
        """As a line of the report."""
        ticket = (self.ticket_ms, self.ticket_max_ms)
        times = " | ".join(f"{one:.1f}" if one else "-" for one in (self.answer_ms, *ticket))
        return (
            f"| {self.hour:.1f} | {self.pss_mib:.0f} | {self.handles} | {self.processes} "
            f"| {times} |"
        )


def sample(family: psutil.Process, office: OfficeProcess, hour: float) -> Sample:
    """One look: the answer time is the median of nine, and so is a durable ticket of our own."""
    members = [family, *family.children(recursive=True)]
    with office.client() as client:
        ready = [_timed(client, "GET", f"{office.url}/readyz")[0] for _ in range(TAKEN)]
        tickets = list(_tickets(client))
    return Sample(
        hour,
        sum(one.memory_full_info().pss for one in members) / MIB,
        sum(one.num_fds() for one in members),
        len(members),
        statistics.median(ready),
        statistics.median(tickets) if tickets else 0.0,
        max(tickets, default=0.0),
    )


def _tickets(client: httpx.Client) -> Iterator[float]:
    """Milliseconds of each number that was given; a line that is closed at noon gives none."""
    service = client.get("/services").json()[0]["id"]
    for _ in range(TAKEN):
        took, status = _timed(client, "POST", "/tickets", {"service": service})
        if status == httpx.codes.CREATED:
            yield took


def _timed(
    client: httpx.Client, method: str, url: str, body: dict[str, str] | None = None
) -> tuple[float, int]:
    key = {"Idempotency-Key": uuid.uuid4().hex}
    began = time.perf_counter()
    answer = client.request(method, url, json=body, headers=key)
    return 1000 * (time.perf_counter() - began), answer.status_code


def soak(data: Path, hours: float, speed: float) -> Iterator[Sample]:
    """Run the demo for so many hours of its clock; the samples in order."""
    port = free_port()
    demo = subprocess.Popen(
        [
            *(sys.executable, "-m", "queue_server", "demo", "--headless", "--past-days", "0"),
            *("--speed", str(speed), "--data", str(data), "--http", f"127.0.0.1:{port}"),
        ],
        stdout=subprocess.DEVNULL,
    )
    try:
        while raw_get(port, "/readyz") != httpx.codes.OK:
            assert demo.poll() is None, "the demo does not start"
            time.sleep(PAUSE_S)
        office = OfficeProcess(data)
        office.port = port
        for number in range(1, SAMPLES + 1):
            try:
                demo.wait(hours * 3600 / speed / SAMPLES)
            except subprocess.TimeoutExpired:
                yield sample(psutil.Process(demo.pid), office, number * hours / SAMPLES)
                continue
            raise SystemExit("the demo ended by itself")
    finally:
        demo.terminate()
        demo.wait(60)


def summary(samples: Sequence[Sample]) -> str:
    """First and last third beside each other."""
    third = max(len(samples) // 3, 1)
    parts = []
    for name in ("pss_mib", "handles", "answer_ms", "ticket_ms"):
        first, last = (
            statistics.median([getattr(one, name) for one in some if getattr(one, name)] or [0])
            for some in (samples[:third], samples[-third:])
        )
        parts.append(f"{name} {first:.1f} → {last:.1f}")
    return ", ".join(parts)


def report(samples: Sequence[Sample], ending: str, *, hours: float, speed: float) -> str:
    """The whole report as it stands."""
    lines = [
        f"# Soak: {hours:g} hours of the demo's clock, {speed:g} times as fast as the world",
        "",
        machine(),
        "",
        *HEAD,
        *(one.row() for one in samples),
        "",
        f"Median of the first third → of the last: {summary(samples)}." if samples else "",
        "",
        ending,
    ]
    return "\n".join(lines) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hours", type=float, default=24.0)
    parser.add_argument("--speed", type=float, default=60.0)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    samples: list[Sample] = []

    def keep(ending: str) -> None:
        if options.out is not None:
            text = report(samples, ending, hours=options.hours, speed=options.speed)
            options.out.write_text(text, "utf-8")

    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "office"
        for one in soak(data, options.hours, options.speed):
            samples.append(one)
            sys.stdout.write(f"{one.row()}\n")
            sys.stdout.flush()
            keep("Still running, or stopped before its end.")
        verdict = motcua("verify", data)
    ending = "`motcua verify` agreed: " if verdict.returncode == 0 else "NOT SOUND: "
    keep(ending + " ".join((verdict.stdout + verdict.stderr).split()))
    sys.stdout.write(f"{summary(samples)}\n{verdict.stdout}")
    return verdict.returncode


if __name__ == "__main__":
    raise SystemExit(main())
