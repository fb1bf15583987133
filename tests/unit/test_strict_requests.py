"""A request is what its schema says: numbers without quotes, true and false and nothing else."""

from __future__ import annotations

from typing import Annotated, Any

import pytest
from pydantic import Field, ValidationError

from queue_server.contracts.requests import Strict


class Asked(Strict):
    """One field of each kind."""

    count: Annotated[int, Field(ge=0)] | None = None
    share: float = 0.0
    sure: bool = True
    text: str | None = None
    either: int | str = 0


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("count", True),
        ("count", "1"),
        ("share", False),
        ("share", "0.5"),
        ("sure", 1),
        ("sure", "yes"),
        ("text", 1),
        ("more", 1),
    ],
)
def test_what_the_schema_does_not_say_is_refused(field: str, value: Any) -> None:
    with pytest.raises(ValidationError):
        Asked.model_validate({field: value})


def test_what_it_says_is_taken() -> None:
    body = {"count": 1, "share": 1, "sure": False, "text": "1", "either": "1"}
    assert Asked.model_validate(body).model_dump() == {**body, "share": 1.0}
    assert Asked.model_validate({"count": None}).count is None
