"""The study of a year from the hub's database to the paper, beside the hub's other work."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

from queue_server.hub.adapters.decision_paper import decision_paper
from queue_server.hub.adapters.duckdb_year import DuckYear
from queue_server.hub.adapters.office_trials import attempt
from queue_server.hub.adapters.postgres_year import copy_out
from queue_server.hub.use_cases.decision_support import study

Told = Callable[[str, int, int], None]


def year_study(
    dsn: str, span: tuple[date, date], place: str, limit_min: float, told: Told
) -> tuple[bytes, int]:
    """The paper as PDF, and how many offices it is about.

    Args:
        dsn: The hub's database.
        span: First day, and the day after the last.
        place: Whose offices these are.
        limit_min: Mean wait that should not be exceeded.
        told: Hears "months" or "offices", how many are done, and of how many.

    Raises:
        CityStoreAway: the database does not answer.
        OSError: there is no room for the copied events.
    """
    with tempfile.TemporaryDirectory(prefix="motcua-year-") as name:
        folder = Path(name)
        copied = copy_out(dsn, span, folder, lambda done, of: told("months", done, of))
        files = asyncio.run(copied)
        with closing(DuckYear(files, folder)) as year:
            found = study(
                year, span, limit_min, attempt, lambda done, of: told("offices", done, of)
            )
    return decision_paper(found, place), len(found.tried)
