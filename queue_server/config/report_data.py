"""What reports are made of besides events, as data: figures, index 766, online targets."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, model_validator

from queue_server.config.filing_facts import read_filing_facts
from queue_server.config.section import Section
from queue_server.contracts.config_file import read_config
from queue_server.contracts.report_views import Unit
from queue_server.contracts.views import Words

HERE = Path(__file__).parent


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FigureText(_Data):
    """A figure in words; `missing` is a key of the reasons for which it cannot be measured."""

    unit: Unit
    source: str
    label: Words
    formula: Words
    missing: str | None = None


class FiguresFile(_Data):
    """Every figure, section and reason."""

    reasons: dict[str, Words]
    sections: dict[str, Words]
    figures: dict[str, FigureText]

    @model_validator(mode="after")
    def _reasons_are_there(self) -> FiguresFile:
        for name, figure in self.figures.items():
            if figure.missing is not None and figure.missing not in self.reasons:
                raise ValueError(f"figure {name}: no reason '{figure.missing}'")
        return self


class IndexGroup(_Data):
    """A group of index 766 with the points it can give."""

    id: str
    points: float
    name: Words


class IndexMetric(_Data):
    """A metric of index 766; `points` is None where it is shown and not scored."""

    id: str
    group: str
    name: Words
    formula: Words
    needs: str
    points: float | None = None
    full_at: float | None = None


class IndexFile(_Data):
    """Index 766."""

    group: tuple[IndexGroup, ...]
    metric: tuple[IndexMetric, ...]


class AgencyTarget(_Data):
    """What one agency reached and has to reach, in per cent of its dossiers."""

    name: str
    reached_2023: float
    target: float


class OnlineTargetsFile(_Data):
    """The online targets of all agencies; `other` holds for those not in the table."""

    source: str
    other: float
    agency: tuple[AgencyTarget, ...]

    def target_of(self, agency: str | None) -> float:
        """The share from 0 to 1 that this agency has to reach."""
        found = (one.target for one in self.agency if one.name == agency)
        return next(found, self.other) / 100


class ReportData(_Data):
    """All of it; `procedures` are the names of those that can be filed, by code."""

    texts: FiguresFile
    index: IndexFile
    online: OnlineTargetsFile
    procedures: dict[str, Words]


class ReportsSection(Section):
    """What the figures of a report are held against; an office sets what its plan says."""

    staff: int | None = None
    per_clerk_year: Literal[800, 1200, 1600, 1800] = 1800
    year_days: int = 250
    service_min: float = 30
    service_direction: Literal["at_most", "at_least"] = "at_most"
    agency: str | None = None
    fewest: int = 30


@cache
def report_data() -> ReportData:
    """The shipped data, read once.

    Raises:
        ConfigError: a file cannot be used.
    """
    return ReportData(
        texts=read_config(HERE / "report_figures.toml", FiguresFile),
        index=read_config(HERE / "index766.toml", IndexFile),
        online=read_config(HERE / "online_targets.toml", OnlineTargetsFile),
        procedures={code: fact.name for code, fact in read_filing_facts().items()},
    )
