"""Days and moments as clients write them: ISO 8601, as their schemas say, and never a bare number.

Pydantic alone takes a number, also one in quotes, for seconds since 1970: a slip of a client would
become a day that nobody meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

from pydantic import AwareDatetime, BeforeValidator

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MOMENT = re.compile(DAY.pattern + r"[Tt ].+")


def _written(shape: re.Pattern[str], words: str) -> Callable[[Any], Any]:
    def checked(value: Any) -> Any:
        bare = isinstance(value, int | float)
        if bare or (isinstance(value, str) and not shape.fullmatch(value)):
            raise ValueError(words)
        return value

    return checked


Day = Annotated[
    date, BeforeValidator(_written(DAY, "ngày viết là YYYY-MM-DD / a day is written YYYY-MM-DD"))
]
Moment = Annotated[
    AwareDatetime,
    BeforeValidator(
        _written(MOMENT, "lúc viết là YYYY-MM-DDThh:mm:ss+07:00 / a moment is written so")
    ),
]
