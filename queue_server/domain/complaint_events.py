"""What happens to complaints; they live in these events alone, with nothing that names a person."""

from __future__ import annotations

from dataclasses import dataclass

from queue_server.domain.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintFiled(Event):
    """A citizen complained or proposed something; `number` is the ticket, where there is one.

    `by` is who of the staff wrote it down.
    """

    complaint: str
    text: str
    source: str
    service: str | None = None
    number: str | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintMoved(Event):
    """A step was taken, by whom, and what was said."""

    complaint: str
    step: str
    by: str
    note: str = ""
