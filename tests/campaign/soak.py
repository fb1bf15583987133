"""A day and more of office traffic at high speed: memory, handles and answer times over its course.

`python -m tests.campaign.soak [--hours 24] [--speed 60]` runs `motcua demo` and draws one line a
sample; hours are those of the demo's clock.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

from tests.campaign.damaged import motcua
from tests.office_process import free_port

SAMPLES = 48
MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Sample:
    """The whole family of processes at one moment."""

    hour: float
    pss_mib: float
    handles: int
    answer_ms: float


def sample(family: psutil.Process, url: str, hour: float) -> Sample:
    """One look; the answer time is the median of nine."""
    members = [family, *family.children(recursive=True)]
    taken = []
    with httpx.Client() as client:
        for _ in range(9):
            began = time.perf_counter()
            client.get(f"{url}/readyz").raise_for_status()
            taken.append(1000 * (time.perf_counter() - began))
    memory = sum(one.memory_full_info().pss for one in members) / MIB
    handles = sum(one.num_fds() for one in members)
    return Sample(hour, memory, handles, statistics.median(taken))


def soak(data: Path, hours: float, speed: float) -> list[Sample]:
    """Run the demo for so many hours of its clock; the samples in order."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    demo = subprocess.Popen(
        [
            *(sys.executable, "-m", "queue_server", "demo", "--headless"),
            *("--speed", str(speed), "--data", str(data), "--http", f"127.0.0.1:{port}"),
        ],
        stdout=subprocess.DEVNULL,
    )
    samples = []
    try:
        for number in range(1, SAMPLES + 1):
            try:
                demo.wait(hours * 3600 / speed / SAMPLES)
            except subprocess.TimeoutExpired:
                samples.append(sample(psutil.Process(demo.pid), url, number * hours / SAMPLES))
                sys.stdout.write(f"{samples[-1]}\n")
                continue
            raise SystemExit("the demo ended by itself")
    finally:
        demo.terminate()
        demo.wait(60)
    return samples


def summary(samples: list[Sample]) -> str:
    """First and last third beside each other."""
    third = len(samples) // 3
    parts = []
    for name in ("pss_mib", "handles", "answer_ms"):
        first = statistics.median(getattr(one, name) for one in samples[:third])
        last = statistics.median(getattr(one, name) for one in samples[-third:])
        parts.append(f"{name} {first:.1f} → {last:.1f}")
    return ", ".join(parts)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hours", type=float, default=24.0)
    parser.add_argument("--speed", type=float, default=60.0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "office"
        samples = soak(data, options.hours, options.speed)
        verdict = motcua("verify", data)
        sys.stdout.write(f"{summary(samples)}\n{verdict.stdout}")
        return verdict.returncode


if __name__ == "__main__":
    raise SystemExit(main())
