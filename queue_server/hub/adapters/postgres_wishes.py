"""What people ask of offices, in PostgreSQL: kept before it is sent, until the answer is old."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from psycopg.types.json import Jsonb

from queue_server.contracts.views import Words
from queue_server.hub.adapters.postgres_line import PostgresLine
from queue_server.hub.contracts.downward import OfficeAnswer
from queue_server.hub.use_cases.hand_down import Unanswered, Wish
from queue_server.hub.use_cases.wishes import KeptWish

TAKEN_FOR = timedelta(seconds=8)
"""Longer than an office is waited for: whoever took a wish and died gives it back by this."""
KEPT_FOR = timedelta(days=2)

KEEP = """
INSERT INTO wish (key, office, province, kind, body, asked_at, until, again_at)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT (key) DO NOTHING
"""
FIND = """
SELECT key, office, kind, body, asked_at, until, state, tries, perhaps, nobody, answer, words
FROM wish WHERE key = %s
"""
DUE = """
UPDATE wish SET again_at = %(at)s + %(taken)s WHERE key IN (
    SELECT key FROM wish WHERE state = 'open' AND again_at <= %(at)s
        AND (%(province)s::text IS NULL OR province = %(province)s)
    ORDER BY again_at LIMIT %(most)s FOR UPDATE SKIP LOCKED
) RETURNING key, office, province, kind, body, until, tries, perhaps
"""
ANSWERED = """
UPDATE wish SET state = %s, answer = %s, words = %s, answered_at = %s
WHERE key = %s AND state = 'open'
"""
UNANSWERED = """
UPDATE wish SET tries = tries + 1, perhaps = perhaps OR %s, nobody = %s, again_at = %s
WHERE key = %s AND state = 'open'
"""
LAPSE = "UPDATE wish SET state = 'never', answered_at = %s WHERE key = %s AND state = 'open'"
GIVE_UP = (
    "UPDATE wish SET until = least(until, %s), again_at = %s WHERE key = %s AND state = 'open'"
)
FORGET = "DELETE FROM wish WHERE state <> 'open' AND answered_at < %s"


class PostgresWishes:
    """Any task of one loop may ask; `province` None: wishes of all."""

    def __init__(self, dsn: str, province: str | None = None) -> None:
        self._line = PostgresLine(dsn)
        self._province = province

    async def close(self) -> None:
        """Give the connection back."""
        await self._line.close()

    async def keep(self, wish: Wish, at: datetime) -> KeptWish:
        """Keep it durably, once for its key; what is kept under the key."""
        row = (wish.key, wish.office, wish.province, wish.kind, Jsonb(wish.body))
        await self._line.tell(KEEP, (*row, at, wish.until, at))
        found = await self.find(wish.key)
        assert found is not None  # noqa: S101 - it was put there
        return found

    async def find(self, key: str) -> KeptWish | None:
        """The wish with this key; None where there is none, or no more."""
        rows = await self._line.ask(FIND, (key,))
        if not rows:
            return None
        *row, words = rows[0]
        row.append(None if words is None else Words(**words))
        return KeptWish(*row)

    async def give_up(self, key: str, at: datetime) -> None:
        """Who asked waits no longer."""
        await self._line.tell(GIVE_UP, (at, at, key))

    async def due(self, at: datetime, most: int) -> Sequence[Wish]:
        """Take wishes whose time to ask has come."""
        asked = {"at": at, "taken": TAKEN_FOR, "province": self._province, "most": most}
        return [Wish(*row) for row in await self._line.ask(DUE, asked)]

    async def answered(self, answer: OfficeAnswer, at: datetime) -> None:
        """Keep what the office decided."""
        words = None if answer.words is None else Jsonb(answer.words.model_dump())
        row = (answer.outcome, Jsonb(answer.body), words, at, answer.key)
        await self._line.tell(ANSWERED, row)

    async def unanswered(self, wish: Wish, why: Unanswered, again_at: datetime) -> None:
        """Ask again at that time."""
        nobody = why is Unanswered.NOBODY
        await self._line.tell(UNANSWERED, (not nobody, nobody, again_at, wish.key))

    async def lapse(self, key: str, at: datetime) -> None:
        """It never arrived and never will."""
        await self._line.tell(LAPSE, (at, key))

    async def forget(self, at: datetime) -> None:
        """Drop what was answered days ago: an answer opens a place in a line."""
        await self._line.tell(FORGET, (at - KEPT_FOR,))
