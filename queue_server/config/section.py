"""What every part of `motcua.toml` has in common: unknown keys are an error."""

from __future__ import annotations

from datetime import time
from typing import Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    WithJsonSchema,
    model_validator,
)

Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$")]
Minutes = Annotated[float, Field(ge=0, le=24 * 60)]


def _without_offset(at: time) -> time:
    """A clock on a wall has no offset, and times with and without one cannot be compared."""
    if at.tzinfo is not None:
        raise ValueError(
            "viết giờ tại cơ quan dạng giờ:phút, không kèm múi giờ / "
            "give the office's local time as HH:MM, without an offset"
        )
    return at


# JSON Schema's own "time" wants an offset.
LocalTime = Annotated[
    time,
    AfterValidator(_without_offset),
    WithJsonSchema({"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$"}),
]


class Section(BaseModel):
    """Unknown keys are an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Session(Section):
    """A part of the day, in local time: an opening session, or a break."""

    start: LocalTime
    end: LocalTime

    @model_validator(mode="after")
    def _in_order(self) -> Session:
        if self.start >= self.end:
            raise ValueError(
                f"giờ kết thúc phải sau giờ bắt đầu: {self.start} đến {self.end} / "
                f"a session must end after it starts: {self.start} to {self.end}"
            )
        return self


def unique(what: str, values: list[str] | list[int]) -> None:
    """Refuse a value that stands twice.

    Raises:
        ValueError: it names the value.
    """
    seen: set[str | int] = set()
    for value in values:
        if value in seen:
            raise ValueError(f"'{value}' bị dùng hai lần / {what} '{value}' is used twice")
        seen.add(value)
