"""Puts the month of a city together: figures from the database, steps of people into it."""

from __future__ import annotations

from datetime import date

from queue_server.config.report_data import report_data
from queue_server.domain.office import ZONE
from queue_server.domain.office_record_events import ReportStepTaken
from queue_server.hub.adapters.postgres_board import PostgresBoard
from queue_server.hub.adapters.postgres_months import PostgresMonths
from queue_server.hub.adapters.postgres_publications import PostgresPublications
from queue_server.hub.bootstrap.relay_process import utc_now
from queue_server.hub.contracts.month_views import CityMonth
from queue_server.hub.use_cases.city_months import month_view, read_month
from queue_server.hub.use_cases.city_publication import CityPublications


async def city_month(dsn: str, first: date) -> CityMonth:
    """The figures of the month that begins on `first`, as the database has them now.

    Raises:
        CityStoreAway: the database does not answer.
    """
    board, now = PostgresBoard(dsn), utc_now()
    try:
        listed = await board.listed()
    finally:
        await board.close()
    read = await read_month(PostgresMonths(dsn), first, listed, now)
    return month_view(read, report_data(), now)


def publications(dsn: str) -> CityPublications:
    """What goes public from this database."""
    return CityPublications(
        PostgresPublications(dsn), lambda first: city_month(dsn, first), new_step
    )


def new_step(  # noqa: PLR0913 - the facts of one event
    *, step: str, first: date, last: date, digest: str, by: str, note: str, content: str
) -> ReportStepTaken:
    """A step that is taken now."""
    return ReportStepTaken(
        at=utc_now().astimezone(ZONE),
        by=by,
        changes=(),
        step=step,
        first=first,
        last=last,
        digest=digest,
        note=note,
        content=content,
    )
