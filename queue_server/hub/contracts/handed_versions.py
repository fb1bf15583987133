"""What the hub sets for its offices: a catalogue or targets, each as a version with a number."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from queue_server.config.section import Minutes

CATALOGUE, TARGETS = "catalogue", "targets"
"""Kinds of what is handed down, beside the wishes of people."""

LONGEST_SHEET = 60_000
"""Bytes as JSON in UTF-8, where a Vietnamese letter has up to three: an office's server takes
64 KiB in one request, and 60,000 letters of a sheet."""


class Handed(BaseModel):
    """Numbers of a kind only rise, so an office never goes back.

    `over`: the city's stands everywhere, also where the office changed something by its own hand.
    `by` is the login of who published it at the hub.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: int = Field(ge=1, lt=2**31)
    by: str = Field(min_length=1, max_length=64)
    over: bool = False


class HandedCatalogue(Handed):
    """The procedures as CSV, in the columns of an office's own sheet."""

    csv: str = Field(max_length=LONGEST_SHEET)


class HandedTargets(Handed):
    """Mean wait in minutes: good below the first, over the limit above the second."""

    good_min: Minutes
    limit_min: Minutes

    @model_validator(mode="after")
    def _rising(self) -> HandedTargets:
        if self.good_min > self.limit_min:
            raise ValueError("good is more than the limit")
        return self


def too_long(csv: str) -> bool:
    """Whether an office's server would not take this sheet."""
    return len(json.dumps(csv, ensure_ascii=False).encode()) > LONGEST_SHEET


Kind = TypeVar("Kind", bound=Handed)


def read_handed(model: type[Kind], body: Mapping[str, Any]) -> Kind | None:
    """The body of a request as what it is; None where this office cannot read it."""
    try:
        return model.model_validate(dict(body))
    except ValidationError:
        return None
