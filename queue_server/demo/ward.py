"""Reads what the people of the demo ward do: shares, times and patience, as data."""

from __future__ import annotations

from datetime import time
from importlib.resources import as_file, files
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from queue_server.contracts.config_file import read_config
from queue_server.contracts.requests import Priority

Share = Annotated[float, Field(ge=0, le=1)]
Positive = Annotated[float, Field(gt=0)]

ROUNDING = 1e-6


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Visits(_Section):
    """How many come, and how many of them stand before the door."""

    mean_per_day: Positive
    daily_cv: Share
    share_before_opening: Share
    before_opening_min: Positive


class ServiceMix(_Section):
    """One service: its share of the visits and its service time in minutes, lognormal."""

    share: Share
    mean_min: Positive
    cv: Positive


class People(_Section):
    """Priority, absence and patience."""

    priority_share: Share
    no_show_share: Share
    patience_min: tuple[Positive, Positive]
    walk_min: Positive
    priority: dict[Priority, Share]


class Clerks(_Section):
    """The simple rules of the virtual staff."""

    absent_wait_min: Positive
    overtime_min: Positive
    look_again_min: Positive


class Ward(_Section):
    """`ward.toml`; arrivals are weights of half hours, named by their beginning."""

    visits: Visits
    arrivals: dict[time, Share]
    services: dict[str, ServiceMix]
    people: People
    clerks: Clerks

    @model_validator(mode="after")
    def _shares_add_up(self) -> Self:
        for name, shares in (
            ("arrivals", list(self.arrivals.values())),
            ("services", [one.share for one in self.services.values()]),
            ("people.priority", list(self.people.priority.values())),
        ):
            if abs(sum(shares) - 1) > ROUNDING:
                raise ValueError(f"the shares of {name} add up to {sum(shares):.4f}, not to 1")
        return self


def read_ward() -> Ward:
    """The ward that the project ships."""
    with as_file(files("queue_server.demo") / "ward.toml") as path:
        return read_config(path, Ward)
