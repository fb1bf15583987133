"""`motcua replay`: starts the office, plays the log, compares the waits, verifies the store."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import httpx
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from queue_server.adapters.sqlite_history import verify_file
from queue_server.adapters.ticket_log import LoggedDay, read_day
from queue_server.bootstrap import RunningOffice
from queue_server.bootstrap.settings import settle
from queue_server.contracts.config_file import ConfigError
from queue_server.demo.replay.log_time import LogTime, RunningTime, SteppedTime
from queue_server.demo.replay.office import prepare
from queue_server.demo.replay.plan import Plan, Step
from queue_server.demo.replay.player import FAULTS_NAMED, Played, Player
from queue_server.demo.replay.report import Line, compare, table
from queue_server.use_cases.verify_store import Verdict

DONE, FAILED = 0, 1


@dataclass(frozen=True, slots=True)
class ReplayOrder:
    """What was asked for; `speed` None means as fast as the system answers."""

    log: Path
    data: Path
    speed: float | None
    office: str | None
    day: date | None
    as_json: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a replay led to."""

    played: Played
    lines: list[Line]
    took_s: float
    verdict: Verdict

    @property
    def code(self) -> int:
        """The exit code: everything was done and the store is sound, or not."""
        return FAILED if self.played.refused or not self.verdict.ok else DONE


def run(order: ReplayOrder) -> int:
    """Replay and report; the exit code.

    Raises:
        TicketLogError, ConfigError, NewOfficeError: with one line that says what to change.
    """
    words = Console(stderr=True)
    day = read_day(order.log, order.office, order.day)
    _tell_log(words, order.log, day)
    if not day.tickets:
        raise ConfigError(f"{order.log}: no usable row of {day.office} on {day.day}")
    plan, services = prepare(order.data, day)
    if plan.hurried:
        words.print(f"{plan.hurried} servings end early: the office has fewer counters.")
    outcome = _play(order, day, plan, services, words)
    if order.as_json:
        sys.stdout.write(json.dumps(_report(order, day, outcome), ensure_ascii=False) + "\n")
    else:
        Console().print(table(outcome.lines))
    _tell_end(words, order, outcome)
    return outcome.code


def _play(
    order: ReplayOrder, day: LoggedDay, plan: Plan, services: dict[str, str], words: Console
) -> Outcome:
    settings = settle(order.data, "127.0.0.1:0", "embedded")
    start = plan.steps[0].at
    time_of_log: LogTime = SteppedTime(start)
    if order.speed is not None:
        time_of_log = RunningTime(start, order.speed)
    with RunningOffice(settings, time_of_log) as office:
        secret = settings.credentials["admin"].secret
        address = f"{office.http_url}/api/v1"
        headers = {"Authorization": f"Bearer {secret}"}
        words.print(f"Playing {len(plan.steps)} steps over {address}")
        began_s = time.monotonic()
        with (
            httpx.Client(base_url=address, headers=headers, timeout=30) as client,
            _progress(words) as bar,
        ):
            task = bar.add_task("", total=len(plan.steps))

            def show(step: Step) -> None:
                bar.update(task, advance=1, description=f"{step.at:%H:%M}")

            time_of_log.begin()
            played = Player(client, services, time_of_log.bring_to).play(plan, show)
        took_s = time.monotonic() - began_s
        with office.live.look():
            lines = compare(day, services, office.live.figures)
    verdict = verify_file(order.data / "store" / "office.db")
    return Outcome(played, lines, took_s, verdict)


def _progress(words: Console) -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    return Progress(*columns, TimeElapsedColumn(), console=words)


def _tell_log(words: Console, log: Path, day: LoggedDay) -> None:
    words.print(f"{log.name}: office {day.office}, {day.day}, {len(day.tickets)} tickets")
    _tell_some(words, "rows left out", [f"line {f.line}: {f.why}" for f in day.faults])


def _tell_some(words: Console, what: str, faults: list[str]) -> None:
    if faults:
        words.print(f"{len(faults)} {what}:")
    for fault in faults[:FAULTS_NAMED]:
        words.print(f"  {fault}", markup=False)
    if len(faults) > FAULTS_NAMED:
        words.print(f"  and {len(faults) - FAULTS_NAMED} more")


def _tell_end(words: Console, order: ReplayOrder, outcome: Outcome) -> None:
    _tell_some(words, "steps refused", outcome.played.refused)
    verdict = outcome.verdict
    sound = "sound" if verdict.ok else f"NOT SOUND: {verdict.fault}"
    words.print(
        f"{outcome.played.done} steps in {outcome.took_s:.1f} s; "
        f"verify {order.data}: {verdict.events} events, {sound}",
        markup=False,
    )


def _report(order: ReplayOrder, day: LoggedDay, outcome: Outcome) -> dict[str, object]:
    return {
        "log": str(order.log),
        "office": day.office,
        "date": day.day.isoformat(),
        "tickets": len(day.tickets),
        "rows_left_out": [{"line": f.line, "why": f.why} for f in day.faults],
        "steps": outcome.played.done,
        "refused": outcome.played.refused,
        "seconds": round(outcome.took_s, 3),
        "waits": [line.as_dict() for line in outcome.lines],
        "verify": {"ok": outcome.verdict.ok, "fault": outcome.verdict.fault},
    }
