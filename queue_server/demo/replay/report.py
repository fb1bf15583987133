"""The waits that a replay produced beside the log's own, in words and as JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from rich.box import SIMPLE_HEAD
from rich.table import Table

from queue_server.adapters.ticket_log import LoggedDay
from queue_server.use_cases.day_figures import DayFigures, Waits

ALL = "all"


@dataclass(frozen=True, slots=True)
class WaitFigures:
    """Minutes; None while nobody was called."""

    called: int
    mean_min: float | None
    p50_min: float | None
    p90_min: float | None

    @classmethod
    def of(cls, waits: Waits) -> WaitFigures:
        """The figures as the board defines them."""
        return cls(len(waits), waits.mean_min(), waits.quantile_min(0.5), waits.quantile_min(0.9))


@dataclass(frozen=True, slots=True)
class Line:
    """One service of the log, or all together."""

    service: str
    log: WaitFigures
    replay: WaitFigures

    @property
    def difference_min(self) -> float | None:
        """Mean of the replay minus mean of the log."""
        if self.log.mean_min is None or self.replay.mean_min is None:
            return None
        return self.replay.mean_min - self.log.mean_min

    def as_dict(self) -> dict[str, object]:
        """For the JSON report."""
        return {**asdict(self), "difference_min": self.difference_min}


def compare(day: LoggedDay, services: dict[str, str], figures: DayFigures) -> list[Line]:
    """All together first, then each service."""
    logged = {name: Waits() for name in (ALL, *services)}
    for ticket in day.tickets:
        if ticket.called_at is not None:
            wait = (ticket.called_at - ticket.arrived_at).total_seconds()
            logged[ALL].add(wait)
            logged[ticket.service].add(wait)
    return [
        Line(ALL, WaitFigures.of(logged[ALL]), WaitFigures.of(figures.all)),
        *(
            Line(name, WaitFigures.of(logged[name]), WaitFigures.of(figures.of_service(wanted)))
            for name, wanted in services.items()
        ),
    ]


def table(lines: list[Line]) -> Table:
    """The comparison for people."""
    shown = Table(title="Waits in minutes", box=SIMPLE_HEAD, pad_edge=False, padding=0)
    shown.add_column("\nservice")
    for whose in ("log", "replay"):
        for above, figure in ((whose, "called"), ("", "mean"), ("", "P50"), ("", "P90")):
            shown.add_column(f"{above}\n{figure}", justify="right")
    shown.add_column("mean\ndiffers", justify="right")
    for line in lines:
        cells = [*_cells(line.log), *_cells(line.replay), _minutes(line.difference_min, "+.3f")]
        shown.add_row(line.service, *cells)
    return shown


def _cells(figures: WaitFigures) -> list[str]:
    waits = (figures.mean_min, figures.p50_min, figures.p90_min)
    return [str(figures.called), *(_minutes(wait, ".2f") for wait in waits)]


def _minutes(value: float | None, form: str) -> str:
    # Adding zero turns a rounded -0.0 into 0.0.
    return "–" if value is None else format(round(value, 3) + 0.0, form)
