"""A number is no day and no moment, however it is sent; what ISO 8601 writes is."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from pydantic import TypeAdapter, ValidationError

from queue_server.contracts.written_times import Day, Moment

DAYS: TypeAdapter[date] = TypeAdapter(Day)
MOMENTS: TypeAdapter[datetime] = TypeAdapter(Moment)


@pytest.mark.parametrize("value", [0, 1.5, "0", "1780000000", "-1", "", "today"])
def test_a_number_or_a_word_is_neither(value: object) -> None:
    for adapter in (DAYS, MOMENTS):
        with pytest.raises(ValidationError):
            adapter.validate_python(value)


def test_what_is_written_is_read() -> None:
    assert DAYS.validate_python("2026-11-27") == date(2026, 11, 27)
    at = datetime(2026, 11, 27, 1, 30, tzinfo=UTC)
    for text in ("2026-11-27T08:30:00+07:00", "2026-11-27t01:30:00z", "2026-11-27 01:30:00Z"):
        assert MOMENTS.validate_python(text) == at
    assert MOMENTS.validate_python(at) == at


def test_a_moment_names_its_offset() -> None:
    with pytest.raises(ValidationError):
        MOMENTS.validate_python("2026-11-27T08:30:00")
