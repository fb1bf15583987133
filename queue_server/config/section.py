"""What every part of `motcua.toml` has in common: unknown keys are an error."""

from __future__ import annotations

from datetime import time
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$")]
Minutes = Annotated[float, Field(ge=0, le=24 * 60)]


class Section(BaseModel):
    """Unknown keys are an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Session(Section):
    """A part of the day, in local time: an opening session, or a break."""

    start: time
    end: time

    @model_validator(mode="after")
    def _in_order(self) -> Session:
        if self.start >= self.end:
            raise ValueError(f"a session must end after it starts: {self.start} to {self.end}")
        return self


def unique(what: str, values: list[str] | list[int]) -> None:
    """Refuse a value that stands twice.

    Raises:
        ValueError: it names the value.
    """
    seen: set[str | int] = set()
    for value in values:
        if value in seen:
            raise ValueError(f"{what} '{value}' is used twice")
        seen.add(value)
