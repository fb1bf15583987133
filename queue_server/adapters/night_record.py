"""Reads what the nights decided about the waiting-time model, without loading what trains it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FOLDER = Path("models") / "wait"
"""Where an office keeps what its nights learned."""
RECORD = "record.jsonl"


def nights(data: Path) -> list[dict[str, Any]]:
    """The record, oldest night first; a line that a power cut tore is left out."""
    try:
        lines = (data / FOLDER / RECORD).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    found = []
    for line in lines:
        try:
            found.append(json.loads(line))
        except ValueError:
            continue
    return [one for one in found if isinstance(one, dict)]
