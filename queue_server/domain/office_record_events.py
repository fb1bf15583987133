"""What the office decided about itself: settings, catalogue, published reports; who and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from queue_server.domain.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordEvent(Event):
    """A decision about the office; `by` is who signed in, `changes` says in words what is other."""

    by: str
    changes: tuple[str, ...] = ()


MADE_UP = "made-up"
"""Who a day that never was says it is by; such a record names no file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsChanged(RecordEvent):
    """The configuration file is another one now; `before` and `after` are its digests."""

    before: str
    after: str

    @property
    def marks_made_up(self) -> bool:
        """Whether it changes nothing, and says that its whole day was made up for a demo."""
        return self.by == MADE_UP and not self.before and not self.after


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueChanged(RecordEvent):
    """The catalogue has a new version; `what` is `imported` or `confirmed`."""

    what: str
    version: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LogoChanged(RecordEvent):
    """The office shows this picture, PNG in base64, from now on; none where `content` is empty."""

    digest: str
    content: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceChanged(RecordEvent):
    """A device's proof: `what` is `code`, `enrolled`, `renewed` or `revoked`."""

    device: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportStepTaken(RecordEvent):
    """A report of a period went one step towards publication; `digest` is that of its content.

    The first step, `drafted`, holds the content itself, as JSON.
    """

    step: str
    first: date
    last: date
    digest: str
    note: str = ""
    content: str = ""
