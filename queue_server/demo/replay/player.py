"""Sends the steps of a plan to the running system over HTTP, one after another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import httpx

from queue_server.contracts.requests import Priority
from queue_server.demo.replay.plan import Act, Plan, Step

FAULTS_NAMED = 5
PRIORITIES = frozenset(Priority)
"""What else a log calls a priority is nobody's class here; it counts as none."""

SetTime = Callable[[datetime], None]


@dataclass(slots=True)
class Played:
    """How it went; `refused` says what the system would not do, by line of the log."""

    done: int = 0
    refused: list[str] = field(default_factory=list)


class Player:
    """Knows which number the system gave for which ticket of the log."""

    def __init__(self, client: httpx.Client, services: dict[str, str], set_time: SetTime) -> None:
        """Get ready.

        Args:
            client: signed in, with the API as its base address.
            services: the office's service for each service of the log.
            set_time: brings the office's clock to an instant, or waits until it is there.
        """
        self._client = client
        self._services = services
        self._set_time = set_time
        self._given: dict[int, tuple[str, str]] = {}

    def play(self, plan: Plan, on_step: Callable[[Step], None]) -> Played:
        """Do every step at its time.

        Raises:
            httpx.HTTPError: the system does not answer.
        """
        played = Played()
        for step in plan.steps:
            self._set_time(step.at)
            refusal = self._do(step)
            played.done += refusal is None
            if refusal is not None:
                played.refused.append(f"line {step.ticket.line}, {step.act}: {refusal}")
            on_step(step)
        return played

    def _do(self, step: Step) -> str | None:
        """Send one step; why it was refused, or None."""
        line = step.ticket.line
        if step.act is Act.ISSUE:
            return self._issue(step)
        if line not in self._given:
            return "it was never issued"
        ticket, label = self._given[line]
        if step.act is Act.LEAVE:
            return _refusal(self._post(f"/tickets/{ticket}/cancel", step, {}))
        body: dict[str, str] = {}
        if step.act is Act.CALL:
            body = {"number": label}
        elif step.act is Act.FINISH and step.ticket.outcome:
            body = {"outcome": step.ticket.outcome[:40]}
        return _refusal(self._post(f"/counters/{step.counter}/{step.act}", step, body))

    def _issue(self, step: Step) -> str | None:
        body = {"service": self._services[step.ticket.service], "channel": "replay"}
        if step.ticket.priority in PRIORITIES:
            body["priority"] = step.ticket.priority
        response = self._post("/tickets", step, body)
        if response.is_success:
            answer = response.json()
            self._given[step.ticket.line] = answer["id"], answer["number"]
        return _refusal(response)

    def _post(self, path: str, step: Step, body: dict[str, str]) -> httpx.Response:
        # One log is played once into a day, so its line names the step for good.
        key = f"replay-{step.at:%Y-%m-%d}-{step.ticket.line}-{step.act}"
        return self._client.post(path, json=body, headers={"Idempotency-Key": key})


def _refusal(response: httpx.Response) -> str | None:
    if response.is_success:
        return None
    body = response.json()
    return f"{body.get('title', response.status_code)} {body.get('detail') or ''}".strip()
