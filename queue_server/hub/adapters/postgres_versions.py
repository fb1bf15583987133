"""Catalogues and targets for offices in PostgreSQL; an office has a row of the newest only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from psycopg.types.json import Jsonb

from queue_server.contracts.views import Words
from queue_server.hub.adapters.postgres_city import faults_named
from queue_server.hub.adapters.postgres_line import PostgresLine, connect, rows
from queue_server.hub.adapters.postgres_wishes import TAKEN_FOR
from queue_server.hub.contracts.downward import OfficeAnswer
from queue_server.hub.use_cases.hand_down import Unanswered, Wish
from queue_server.hub.use_cases.hand_versions import Aim, OfficeHas

LOOKED_AFTER = timedelta(hours=1)
"""An office that answered is asked again: its store may be a restored one, or changed by hand."""
NEVER_OVER = datetime(9999, 1, 1, tzinfo=UTC)

LOCK = "SELECT pg_advisory_xact_lock(7706607)"
NEXT = """
SELECT 1 + greatest(
    (SELECT max(version) FROM handed_version WHERE kind = %(kind)s),
    (SELECT max(has) FROM handed_to WHERE kind = %(kind)s), 0)
"""
UNLISTED = "SELECT name FROM unnest(%s::text[]) AS name WHERE name NOT IN (SELECT id FROM office)"
KEEP = """
INSERT INTO handed_version (kind, version, at, by_whom, province, offices, body)
VALUES (%s, %s, %s, %s, %s, %s, %s)
"""
SPREAD = """
INSERT INTO handed_to (kind, office, version, key, again_at)
SELECT DISTINCT ON (v.kind, o.id)
    v.kind, o.id, v.version, md5(concat_ws('/', v.kind, o.id, v.version, v.at)), %s
FROM handed_version v JOIN office o ON (v.province IS NULL OR v.province = o.province)
    AND (v.offices IS NULL OR o.id = ANY(v.offices))
ORDER BY v.kind, o.id, v.version DESC
ON CONFLICT (kind, office) DO UPDATE SET version = excluded.version, key = excluded.key,
    again_at = excluded.again_at, state = 'open', tries = 0, nobody = false, words = NULL
WHERE handed_to.version < excluded.version
"""
FOR_HOW_MANY = "SELECT count(*) FROM handed_to WHERE kind = %s AND version = %s"
DUE = """
WITH taken AS (
    UPDATE handed_to SET again_at = %(at)s + %(taken)s WHERE (kind, office) IN (
        SELECT t.kind, t.office FROM handed_to t JOIN office o ON o.id = t.office
        WHERE t.again_at <= %(at)s
            AND (%(province)s::text IS NULL OR o.province = %(province)s)
        ORDER BY t.again_at LIMIT %(most)s FOR UPDATE OF t SKIP LOCKED
    ) RETURNING kind, office, version, key, tries
)
SELECT t.key, t.office, o.province, t.kind,
    v.body || jsonb_build_object('version', v.version, 'by', v.by_whom), %(until)s, t.tries
FROM taken t JOIN office o ON o.id = t.office
    JOIN handed_version v ON v.kind = t.kind AND v.version = t.version
"""
HAS = """
UPDATE handed_to SET state = CASE WHEN %(has)s >= version THEN 'has' ELSE 'open' END,
    has = %(has)s, answer = %(answer)s, words = NULL, tries = 0,
    since = CASE WHEN has = %(has)s THEN since ELSE %(at)s END,
    nobody = false, again_at = %(again_at)s
WHERE key = %(key)s
"""
REFUSED = """
UPDATE handed_to SET state = 'refused', words = %s, tries = 0, nobody = false, again_at = %s
WHERE key = %s
"""
UNANSWERED = "UPDATE handed_to SET tries = tries + 1, nobody = %s, again_at = %s WHERE key = %s"
STATE = """
SELECT office, version, state, has, since, tries, nobody, answer, words
FROM handed_to WHERE kind = %s ORDER BY office
"""


class PostgresVersions:
    """`Versions` and `OpenWishes`; any task of one loop may ask. `province` None: of all."""

    def __init__(self, dsn: str, province: str | None = None) -> None:
        self._dsn = dsn
        self._line = PostgresLine(dsn)
        self._province = province

    async def close(self) -> None:
        """Give the connection back."""
        await self._line.close()

    async def publish(
        self, kind: str, body: Mapping[str, Any], by: str, aim: Aim, at: datetime
    ) -> tuple[int, int]:
        """Keep a new version and end older ones that are on their way.

        Raises:
            LookupError: an office that is named is not listed, or there is none.
        """
        named = list(aim.offices) or None
        with faults_named():
            async with await connect(self._dsn) as connection, connection.transaction():
                await connection.execute(LOCK)
                unlisted = await rows(connection, UNLISTED, (named,))
                if unlisted:
                    raise LookupError(", ".join(str(name) for (name,) in unlisted))
                ((version,),) = await rows(connection, NEXT, {"kind": kind})
                row = (kind, version, at, by, aim.province, named, Jsonb(dict(body)))
                await connection.execute(KEEP.encode(), row)
                await connection.execute(SPREAD.encode(), (at,))
                ((offices,),) = await rows(connection, FOR_HOW_MANY, (kind, version))
                if not offices:
                    raise LookupError("no office is listed for it; see `motcua hub offices`")
        return version, offices

    async def spread(self, at: datetime) -> None:
        """Give offices that were listed since the newest version that is for them."""
        await self._line.tell(SPREAD, (at,))

    async def state(self, kind: str) -> Sequence[OfficeHas]:
        """Every office for which there is a version, by id."""
        found = []
        for row in await self._line.ask(STATE, (kind,)):
            one = OfficeHas(*row)
            words = None if row[-1] is None else Words(**row[-1])
            found.append(replace(one, words=words))
        return found

    async def due(self, at: datetime, most: int) -> Sequence[Wish]:
        """Take offices whose time to ask has come."""
        asked = {"at": at, "taken": TAKEN_FOR, "province": self._province, "most": most}
        asked["until"] = NEVER_OVER
        return [Wish(*row) for row in await self._line.ask(DUE, asked)]

    async def answered(self, answer: OfficeAnswer, at: datetime) -> None:
        """Keep what the office says; one about an older version has no row any more."""
        again_at = at + LOOKED_AFTER
        if answer.outcome != "done":
            words = None if answer.words is None else Jsonb(answer.words.model_dump())
            await self._line.tell(REFUSED, (words, again_at, answer.key))
            return
        has, body = int(answer.body["version"]), Jsonb(answer.body)
        row = {"has": has, "answer": body, "at": at, "again_at": again_at, "key": answer.key}
        await self._line.tell(HAS, row)

    async def unanswered(self, wish: Wish, why: Unanswered, again_at: datetime) -> None:
        """Ask again at that time."""
        await self._line.tell(UNANSWERED, (why is Unanswered.NOBODY, again_at, wish.key))

    async def lapse(self, key: str, at: datetime) -> None:
        """Never: a version is wanted until a newer one is."""
