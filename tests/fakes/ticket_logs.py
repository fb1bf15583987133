"""Ticket logs as files, spelled as the contract spells them."""

from __future__ import annotations

from pathlib import Path

HEADER = (
    "office,service,date,ticket,arrived_at,called_at,"
    "started_at,finished_at,counter,priority,outcome"
)


def log_of(folder: Path, *rows: str, header: str = HEADER) -> Path:
    """A log of these rows in `folder`."""
    path = folder / "log.csv"
    path.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    return path
