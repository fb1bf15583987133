"""The keypad's firmware on this machine: its rules compiled here, its YAML read by ESPHome."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "firmware_configs" / "counter_keypad"
ESPHOME = ROOT / ".venv-esphome" / "bin" / "esphome"
DAY = Path(__file__).parent / "unit" / "counter_pad_day.cpp"
FLAGS = ("-std=gnu++20", "-Wall", "-Wextra", "-Werror", f"-I{FOLDER}")


class Ring(IntEnum):
    """The order of `Ring` in counter_signs.h."""

    AWAY = 0
    CLOSED = 1
    PAUSED = 2
    FREE = 3
    WAITING = 4
    CALLED = 5
    SERVING = 6
    SENT = 7
    NOBODY = 8
    REFUSED = 9
    HELP = 10


@dataclass(frozen=True)
class Seen:
    """What came of one command: messages sent, sign of four and of eight digits, ring, tune."""

    sent: list[dict[str, Any]]
    sign4: str
    sign8: str
    ring: Ring
    tune: str


class PadOnPc:
    """The firmware's rules as a program; `play` is one day from the start of the device."""

    def __init__(self, program: Path) -> None:
        self._program = program

    def play(self, *commands: str) -> list[Seen]:
        done = subprocess.run(
            [self._program],
            input="\n".join(commands) + "\n",
            capture_output=True,
            text=True,
            check=True,
            timeout=30,
        )
        return [_seen(line) for line in done.stdout.splitlines()]


def _seen(line: str) -> Seen:
    said, sign4, sign8, ring, tune = line.split("|")
    sent = [json.loads(one) for one in said.split("\t") if one]
    return Seen(sent, sign4, sign8, Ring(int(ring)), tune)


def compiler() -> str:
    """The C++ compiler of this machine; tests without one are skipped."""
    found = shutil.which("g++") or shutil.which("clang++")
    if found is None:
        pytest.skip("no C++ compiler: the keypad's rules cannot be run here")
    return found


def build_pad(folder: Path) -> PadOnPc:
    """Compile the firmware's rules with every warning an error."""
    program = folder / "pad"
    subprocess.run([compiler(), *FLAGS, "-O1", str(DAY), "-o", str(program)], check=True)
    return PadOnPc(program)


def esphome(*arguments: str, folder: Path) -> str:
    """Run ESPHome in `folder`.

    Returns:
        What it wrote; a failure fails the test with it. Skipped without `.venv-esphome`.
    """
    if not ESPHOME.exists():
        pytest.skip("no .venv-esphome: `.ci/setup test` installs ESPHome")
    done = subprocess.run(
        [ESPHOME, *arguments], cwd=folder, capture_output=True, text=True, check=False, timeout=100
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr
