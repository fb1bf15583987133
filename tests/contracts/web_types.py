"""Writes the contract views as TypeScript: `python -m tests.contracts.web_types`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from queue_server.contracts.appointment_views import (
    AppointmentBooked,
    AppointmentDay,
    AppointmentOffer,
    AppointmentView,
    HalfDayView,
    HomeVisitView,
    SlotDay,
)
from queue_server.contracts.console_views import (
    ConsoleView,
    OutcomeView,
    ProcedureView,
    SlipView,
)
from queue_server.contracts.problems import Problem
from queue_server.contracts.views import (
    BoardView,
    CounterView,
    DisplayView,
    FollowView,
    HistoryEntry,
    ServiceView,
    SignedIn,
    WhyView,
)

TARGET = Path(__file__).parents[2] / "queue_server" / "web" / "src" / "contract.ts"
SHOWN: tuple[type[BaseModel], ...] = (
    AppointmentBooked,
    AppointmentDay,
    AppointmentOffer,
    AppointmentView,
    BoardView,
    ConsoleView,
    CounterView,
    DisplayView,
    FollowView,
    HalfDayView,
    HistoryEntry,
    HomeVisitView,
    OutcomeView,
    Problem,
    ProcedureView,
    ServiceView,
    SignedIn,
    SlipView,
    SlotDay,
    WhyView,
)
PLAIN = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean"}


def render() -> str:
    """The file that the pages import: one interface for each view they show."""
    _, schema = models_json_schema([(m, "serialization") for m in SHOWN])
    parts = ["// What the server sends. Written by tests/contracts/web_types.py, not by hand."]
    parts += [_interface(name, body) for name, body in sorted(schema["$defs"].items())]
    return "\n\n".join(parts) + "\n"


def _interface(name: str, body: dict[str, Any]) -> str:
    if "enum" in body:
        return f"export type {name} =\n  | " + "\n  | ".join(f'"{v}"' for v in body["enum"]) + ";"
    required = set(body.get("required", ()))
    lines = [
        f"  {field}{'' if field in required else '?'}: {_type(shape)};"
        for field, shape in body["properties"].items()
    ]
    return "\n".join([f"export interface {name} {{", *lines, "}"])


def _type(shape: dict[str, Any]) -> str:
    if "$ref" in shape:
        return str(shape["$ref"]).rsplit("/", 1)[1]
    if "anyOf" in shape:
        return " | ".join(_type(one) for one in shape["anyOf"])
    if "enum" in shape:
        return " | ".join(f'"{value}"' for value in shape["enum"])
    if shape["type"] == "array":
        return f"{_type(shape['items'])}[]"
    return "null" if shape["type"] == "null" else PLAIN[shape["type"]]


if __name__ == "__main__":
    TARGET.write_text(render(), encoding="utf-8")
