"""Decisions about the office are kept as they are: whoever may take them was asked before."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from queue_server.domain.happening import happen
from queue_server.domain.office_day import OfficeDay
from queue_server.domain.office_record_commands import KeepRecord


def keep_record(day: OfficeDay, command: KeepRecord, at: datetime) -> None:
    """Write the decision into the chain."""
    happen(day, replace(command.record, at=at))
