"""What is asked to be written down about the office itself."""

from __future__ import annotations

from dataclasses import dataclass

from queue_server.domain.commands import Command
from queue_server.domain.office_record_events import RecordEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepRecord(Command):
    """Keep this decision; its time becomes that of the commit."""

    record: RecordEvent
