"""When which office answered the hub, in PostgreSQL; its clock alone counts."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta

from queue_server.hub.adapters.postgres_line import PostgresLine
from queue_server.hub.use_cases.city_board import Contact

EVERY = timedelta(seconds=30)
"""How often each office is asked."""
AWAY_AFTER = timedelta(seconds=60)
"""A relay that starts anew, or a line that breaks for a moment, is not worth a word."""

LIST = """
INSERT INTO contact (office) SELECT id FROM office ON CONFLICT (office) DO NOTHING
"""
DUE = """
UPDATE contact SET again_at = now() + %(every)s FROM (
    SELECT c.office, o.province FROM contact c JOIN office o ON o.id = c.office
    WHERE c.again_at <= now() AND (%(province)s::text IS NULL OR o.province = %(province)s)
    ORDER BY c.again_at LIMIT %(most)s FOR UPDATE OF c SKIP LOCKED
) AS turn WHERE contact.office = turn.office RETURNING turn.office, turn.province
"""
ANSWERED = "UPDATE contact SET heard_at = now(), missed_since = NULL WHERE office = ANY(%s)"
MISSED = """
UPDATE contact SET missed_since = coalesce(missed_since, now()) WHERE office = ANY(%s)
"""
WORTH_A_WORD = """
SELECT c.office, c.heard_at, coalesce(c.missed_since < now() - %s, false) AS away
FROM contact c LEFT JOIN sending s ON s.office = c.office
WHERE c.missed_since IS NOT NULL OR s.newest IS NULL OR s.newest = 0
"""


class PostgresContacts:
    """Used by one task; `province` None: offices of all."""

    def __init__(
        self,
        dsn: str,
        province: str | None = None,
        every: timedelta = EVERY,
        away_after: timedelta = AWAY_AFTER,
    ) -> None:
        self._line = PostgresLine(dsn)
        self._province = province
        self._every, self._away_after = every, away_after

    async def close(self) -> None:
        """Give the connection back."""
        await self._line.close()

    async def list_all(self) -> None:
        """Let offices that were listed lately be asked, too."""
        await self._line.tell(LIST, ())

    async def due(self, most: int) -> Sequence[tuple[str, str]]:
        """Offices that nobody asked lately, with their province; nobody else gets them now."""
        asked = {"every": self._every, "province": self._province, "most": most}
        return [(office, province) for office, province in await self._line.ask(DUE, asked)]

    async def answered(self, offices: Collection[str]) -> None:
        """These are there."""
        await self._line.tell(ANSWERED, (list(offices),))

    async def missed(self, offices: Collection[str]) -> None:
        """These did not answer."""
        await self._line.tell(MISSED, (list(offices),))

    async def worth_a_word(self) -> Mapping[str, Contact]:
        """Offices that are away, and those without an event, with when they answered last."""
        rows = await self._line.ask(WORTH_A_WORD, (self._away_after,))
        return {office: Contact(heard_at, away) for office, heard_at, away in rows}
