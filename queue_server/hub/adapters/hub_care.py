"""What a person at the hub looks after: what is missed, set aside or wrong, and deciding a fork."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import psycopg

from queue_server.hub.adapters.postgres_city import PostgresTaking, faults_named, open_connection
from queue_server.hub.adapters.postgres_contacts import AWAY_AFTER
from queue_server.hub.contracts.event_message import EventMessage
from queue_server.hub.domain.chain import Gap, Head
from queue_server.hub.domain.clock_off import is_wrong
from queue_server.hub.domain.fork import ForkKind
from queue_server.hub.use_cases.collect import take
from queue_server.hub.use_cases.ports import OfficeState, Received

TROUBLES = """
SELECT office, coalesce(s.newest, 0), coalesce(s.gaps, '{}'), coalesce(s.set_aside, 0),
    coalesce(s.clock_off_s, 0), f.kind, f.words_vi, f.words_en, c.heard_at, c.missed_since
FROM sending s FULL JOIN contact c USING (office) LEFT JOIN fork f USING (office)
WHERE f.ended_at IS NULL AND (s.gaps <> '{}' OR s.set_aside > 0 OR abs(s.clock_off_s) > 60
    OR c.missed_since < now() - %s) ORDER BY office
"""
OPEN_FORK = """
SELECT seq, kind, words_en FROM fork WHERE office = %s AND ended_at IS NULL
ORDER BY found_at LIMIT 1
"""
ASIDE = """
SELECT stored_at, message FROM event_set_aside WHERE office = %s AND message ->> 'machine' <> ''
ORDER BY seq, stored_at
"""
KEEP_OLD = """
WITH gone AS (DELETE FROM event WHERE office = %s AND seq >= %s RETURNING *)
INSERT INTO event_set_aside (office, seq, mark, prev, machine, stored_at, message)
SELECT office, seq, mark, prev, '', stored_at, jsonb_build_object(
    'machine', '', 'day', day, 'at', at, 'kind', kind, 'ticket', ticket, 'counter', counter,
    'body', body, 'province', province) FROM gone
ON CONFLICT (office, seq, mark) DO NOTHING
"""
LATE = """
INSERT INTO day_late AS known (office, day, times)
SELECT DISTINCT office, day, 1 FROM event WHERE office = %s AND seq >= %s
ON CONFLICT (office, day) DO UPDATE SET times = known.times + 1
"""
FORGET = "DELETE FROM event_set_aside WHERE office = %s AND seq = ANY(%s) AND machine <> ''"
DECIDED = "UPDATE fork SET ended_at = now() WHERE office = %s AND ended_at IS NULL"


class NothingToDecide(Exception):  # noqa: N818 - a state, said in one line
    """There is no fork of this office, or none that may be accepted."""


async def troubles(dsn: str, away_after: timedelta = AWAY_AFTER) -> Sequence[dict[str, Any]]:
    """The offices that somebody should look at, and why."""
    with faults_named():
        async with await psycopg.AsyncConnection.connect(dsn, connect_timeout=5) as connection:
            rows = await (await connection.execute(TROUBLES, (away_after,))).fetchall()
    found = []
    for office, newest, gaps, aside, off, kind, vi, en, heard_at, missed in rows:
        one: dict[str, Any] = {"office": office, "newest": newest}
        if gaps:
            one["missing"] = list(zip(gaps[::2], gaps[1::2], strict=True))
        if aside:
            one |= {"set_aside": aside, "why": kind, "vi": vi, "en": en}
        if is_wrong(timedelta(seconds=off)):
            one["clock_off_s"] = round(off)
        if missed:
            one["answers_no_longer_since"] = (heard_at or missed).isoformat(timespec="seconds")
        if len(one) > 2:  # noqa: PLR2004 - more than its name and number
            found.append(one)
    return found


async def accept(dsn: str, office: str) -> str:
    """Let what was set aside be the truth from the fork on; one line of what was done.

    Raises:
        NothingToDecide: no fork is open, or it is of a store that shares no past.
        CityStoreAway: nothing was changed.
    """
    with faults_named():
        async with await open_connection(dsn) as connection, connection.transaction():
            fork = await (await connection.execute(OPEN_FORK, (office,))).fetchone()
            if fork is None:
                raise NothingToDecide(f"{office}: nothing is set aside")
            seq, kind, words = fork
            if kind == ForkKind.STRANGER:
                raise NothingToDecide(f"{office}: {words}")
            return await _accept(connection, office, int(str(seq)))


async def _accept(connection: psycopg.AsyncConnection[Any], office: str, seq: int) -> str:
    taking = PostgresTaking(connection)
    (state,) = (await taking.states({office: ""})).values()
    aside = await (await connection.execute(ASIDE, (office,))).fetchall()
    new = [Received(at, EventMessage.model_validate(message), None) for at, message in aside]
    await connection.execute(LATE, (office, seq))
    old = (await connection.execute(KEEP_OLD, (office, seq))).rowcount
    await taking.put([await _before(taking, state, seq)], late={office})
    taken = await take(_Within(taking), new)
    await connection.execute(FORGET, (office, [one.said.seq for one in new]))
    await connection.execute(DECIDED, (office,))
    return (
        f"{office}: from event {seq} on, {taken.new} new events stand, "
        f"{old} old ones are kept aside, {taken.set_aside} did not fit"
    )


async def _before(taking: PostgresTaking, state: OfficeState, seq: int) -> OfficeState:
    """What was known of the office just before the fork."""
    gaps = tuple((first, min(last, seq - 1)) for first, last in state.head.gaps if first < seq)
    links = await taking.links(state.office, state.province, {seq - 1})
    mark = links[seq - 1].mark if seq - 1 in links else ""
    return replace(state, head=Head(seq - 1, mark, gaps), set_aside=0)


class _Within:
    """The store within one commit that is under way already."""

    def __init__(self, taking: PostgresTaking) -> None:
        self._taking = taking

    @asynccontextmanager
    async def taking(self, _days: Collection[tuple[date, str]]) -> AsyncIterator[PostgresTaking]:
        """The commit that is under way."""
        yield self._taking

    async def gaps(self, _most: int) -> Sequence[tuple[str, str, Gap]]:
        """Nobody is asked meanwhile."""
        return []
