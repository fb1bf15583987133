"""What the use cases need from the outside world."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from queue_server.contracts.views import BoardDevice
from queue_server.domain.appointment import Appointment
from queue_server.domain.dossier import Dossier
from queue_server.domain.events import Event, TicketRated
from queue_server.domain.office_day import Changes, OfficeDay
from queue_server.use_cases.event_chain import Link


class Clock(Protocol):
    """The server's time: aware, and calm when the machine's clock jumps."""

    def now(self) -> datetime:
        """The present instant."""
        ...

    def take_jump(self) -> float:
        """Seconds by which the clock was corrected since the last question; 0.0 if it was not."""
        ...


class StoreUnavailable(Exception):  # noqa: N818 - the fault of the disk, said as a state
    """The store could not write or read; nothing of the piece of work was kept."""


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """The answer to an earlier try of the same command."""

    fingerprint: str
    body: str


@dataclass(frozen=True, slots=True)
class Forecast:
    """Minutes until the first call: median, a bound that holds nine times of ten, and why."""

    p50_min: float
    p90_min: float
    basis: str


@dataclass(frozen=True, slots=True)
class GivenForecast:
    """What a ticket was told when it was issued."""

    ticket: str
    given_at: datetime
    forecast: Forecast


@dataclass(frozen=True, slots=True)
class ForecastScore:
    """How good the forecasts of one day and basis were, over `n` called tickets.

    Sums and not means, so that days and bases can be put together; an error is forecast minus
    actual wait in minutes, `covered` counts the waits that stayed within the P90.
    """

    day: date
    basis: str
    n: int
    error_min: float
    abs_error_min: float
    covered: int


@dataclass(frozen=True, slots=True)
class PeopleForgotten:
    """How much that leads to people goes with a commit, by kind."""

    cards: int
    tickets: int
    contacts: int

    def __bool__(self) -> bool:
        """Whether anything goes."""
        return bool(self.cards or self.tickets or self.contacts)


class Transaction(Protocol):
    """One commit in the making; all of it is kept, or nothing."""

    def find_answer(self, key: str) -> KeptAnswer | None:
        """What was answered to this key, in this transaction or before."""
        ...

    def keep_answer(self, key: str, answer: KeptAnswer, at: datetime) -> None:
        """Remember the answer to a key."""
        ...

    def forget_people(self, contacts_before: date) -> PeopleForgotten:
        """Drop the cards of appointments that are over, and contacts of visits before this day."""
        ...

    def write(self, day: OfficeDay, changes: Changes) -> int:
        """Append the events and write the changed rows; the sequence number of the last event."""
        ...

    def keep_forecasts(self, day: date, given: Sequence[GivenForecast]) -> None:
        """Remember what newcomers were told."""
        ...

    def keep_scores(self, scores: Sequence[ForecastScore]) -> None:
        """Remember how good the forecasts of a day were."""
        ...


class Store(Protocol):
    """Where the truth lives. Every method may raise `StoreUnavailable`."""

    def load_day(self) -> OfficeDay | None:
        """The newest day as stored, with the office as it was configured then; None if new."""
        ...

    def last_seq(self) -> int:
        """Sequence number of the newest event; 0 in a new store."""
        ...

    def transaction(self) -> AbstractContextManager[Transaction]:
        """Begin; commit durably on leaving, roll back on an exception."""
        ...

    def given_forecasts(self, day: date) -> Mapping[str, GivenForecast]:
        """What the tickets of a day were told when they were issued, by ticket."""
        ...

    def forget_answers(self, before: datetime) -> int:
        """Drop answers older than this; how many were dropped."""
        ...

    def dossiers_outlived(self, ended_before: date, most: int) -> Sequence[Dossier]:
        """Dossiers that ended before this day and still hold what leads to their citizens."""
        ...


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """An event with its sequence number."""

    seq: int
    event: Event


class EventReader(Protocol):
    """Reading what happened, beside the writer. Every method may raise `StoreUnavailable`."""

    def of_ticket(self, ticket: str) -> Sequence[StoredEvent]:
        """Everything that happened to a ticket, in order; empty when it is unknown."""
        ...

    def of_day(self, day: date) -> Iterator[StoredEvent]:
        """Everything that happened on a day, in order."""
        ...

    def days(self) -> Sequence[date]:
        """Every day on which anything happened, in order."""
        ...

    def appointments(self, day: date) -> Sequence[Appointment]:
        """The appointments that a working day knew, as it left them."""
        ...

    def contact(self, visit: str) -> bytes | None:
        """How to find the citizen of a home visit, sealed; None when it was forgotten."""
        ...


class RatingReader(Protocol):
    """Reading what citizens said. May raise `StoreUnavailable`."""

    def ratings(self, day: date) -> Sequence[TicketRated]:
        """Every verdict of a day, in order."""
        ...


class ScoreReader(Protocol):
    """Reading the scores of past days. Every method may raise `StoreUnavailable`."""

    def forecast_scores(self, latest: int) -> Sequence[ForecastScore]:
        """The scores of the latest scored days, newest day first."""
        ...


class DossierReader(Protocol):
    """Reading dossiers beside the writer. Every method may raise `StoreUnavailable`."""

    def dossier(self, code: str) -> Dossier | None:
        """The dossier with this id, official code or holder's code; also one that has ended."""
        ...

    def dossiers_filed(self, start: date, end: date) -> Sequence[Dossier]:
        """The dossiers filed from `start` to before `end`, in order."""
        ...

    def dossiers_of_person(self, person: str, since: date) -> Sequence[Dossier]:
        """The newest dossiers of the citizen with this keyed hash, filed since a day."""
        ...

    def parts(self, dossier: str) -> Mapping[str, bytes]:
        """What is kept sealed of a dossier, by name; empty when it was forgotten."""
        ...

    def part(self, dossier: str, name: str) -> bytes | None:
        """One sealed part; None where there is none."""
        ...

    def part_names(self, dossier: str) -> Sequence[str]:
        """The names of what is kept sealed, in order: scanned pages may be many megabytes."""
        ...

    def filing_steps(self, day: date) -> Sequence[StoredEvent]:
        """The saves and filings of dossiers on a day, in order."""
        ...

    def of_dossier(self, dossier: str) -> Sequence[StoredEvent]:
        """Everything that happened to a dossier, in order."""
        ...


class StoreHistory(Protocol):
    """All days and all events at one moment, for whoever checks them."""

    def days(self) -> Sequence[date]:
        """Every day that has tables or events, in order."""
        ...

    def load(self, day: date) -> OfficeDay | None:
        """A day as its tables say; None when it has none."""
        ...

    def dossiers(self) -> Sequence[Dossier]:
        """Every dossier as its table says."""
        ...

    def links(self) -> Iterator[Link]:
        """Every event as it stands there, by sequence number."""
        ...

    def event_of(self, link: Link) -> Event:
        """The event of a link.

        Raises:
            LookupError, TypeError, ValueError: no event can be written like this.
        """
        ...


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody stands in a line, as a forecast needs it.

    `ahead` will probably be called before; `of_class` are those of the same priority or a higher
    one who came before. `counts_from` is when the wait begins to count. `arriving` says that they
    join at this moment: the best forecast is worth its work only then.
    """

    service: str
    ahead: int
    of_class: int
    counters_open: int
    counts_from: datetime
    priority: bool = False
    arriving: bool = False


@dataclass(frozen=True, slots=True)
class ModelState:
    """Which model answers: `name` with its sha256, or None and `fault` says why a formula does."""

    name: str | None = None
    sha256: str | None = None
    learned_until: date | None = None
    fault: str | None = None


class WaitPredictor(Protocol):
    """Says how long people wait. May be asked from any thread; never raises."""

    def forecast(self, standing: Standing) -> Forecast:
        """The wait of somebody who stands there, from `counts_from` on. Never blocks."""
        ...

    def take(self, first_seq: int, events: Sequence[Event]) -> None:
        """These events were committed, in this order; returns at once."""
        ...

    def refresh(self, at: datetime) -> None:
        """Bring the forecasts of all lines up to `at`; may take some milliseconds."""
        ...

    def state(self) -> ModelState:
        """Which model answers now."""
        ...


class DeviceList(Protocol):
    """Which devices are there, and whether they can be relied on now."""

    def devices(self) -> list[BoardDevice]:
        """All configured devices, in order of the configuration."""
        ...


class CardHash(Protocol):
    """Turns an identity number into what may be kept of it."""

    def of(self, number: str) -> str:
        """The keyed hash of a number."""
        ...
