"""Statements that count days of offices and keep their months; the tables are in `migrations/`.

`%(offices)s` and `%(afters)s` are offices of one province with the day behind which each is asked
for; `%(first)s` and `%(upto)s` are the first and the last day at all, so that only their
partitions are looked at.
"""

from __future__ import annotations

from typing import LiteralString

FACTS: dict[str, LiteralString] = {
    "tickets": "kind = 'TicketConfirmed'",
    "no_shows": "kind = 'TicketNoShow'",
    "ratings": "kind = 'TicketRated'",
    "good": "kind = 'TicketRated' AND (body ->> 'score')::int >= %(happy)s",
    "filed": "kind = 'DossierFiled'",
    "reusing": "kind = 'DossierFiled' AND (body ->> 'reused')::int > 0",
    "online": "kind = 'DossierFiled' AND body ->> 'channel' = %(online)s",
    "supplements": "kind = 'DossierSupplementAsked'",
    "finished": "kind = 'DossierFinished'",
    "in_time": "kind = 'DossierFinished' AND (body ->> 'in_time')::bool",
    "visits_finished": "kind = 'TicketFinished'",
    "disliked": "kind = 'TicketRated' AND (body ->> 'score')::int <= %(low)s",
    "complaints": "kind = 'ComplaintFiled' AND body ->> 'source' <> %(rating)s",
}
"""What is counted of an office's events, in the order of `Counted`."""
HAPPENED: LiteralString = """
FROM event e JOIN unnest(%(offices)s::text[], %(afters)s::date[]) AS asked (office, after)
    ON e.office = asked.office AND e.day > asked.after
WHERE e.province = %(province)s AND e.day >= %(first)s AND e.day <= %(upto)s
"""
# By day first: an office's events need not be sorted to know on how many days there were any.
COUNT = f"""
WITH first_calls AS (
    SELECT DISTINCT ON (e.office, e.day, e.ticket)
        e.office, (e.body -> 'reason' ->> 'waited_s')::float8 / 60 AS waited
    {HAPPENED} AND e.kind = 'TicketCalled' ORDER BY e.office, e.day, e.ticket, e.seq
), waits AS (
    SELECT office, count(*) AS called, sum(waited) AS waited,
        count(*) FILTER (WHERE waited > %(good)s) AS over_15,
        count(*) FILTER (WHERE waited > %(limit)s) AS over_30
    FROM first_calls GROUP BY office
), of_day AS (
    SELECT e.office, {", ".join(f"count(*) FILTER (WHERE {r}) AS {n}" for n, r in FACTS.items())}
    {HAPPENED} GROUP BY e.office, e.day
), facts AS (
    SELECT office, count(*) AS days, {", ".join(f"sum({n})::bigint AS {n}" for n in FACTS)}
    FROM of_day GROUP BY office
)
SELECT office, days, tickets, coalesce(called, 0), coalesce(waited, 0), coalesce(over_15, 0),
    coalesce(over_30, 0), {", ".join(list(FACTS)[1:])}
FROM facts LEFT JOIN waits USING (office)
"""  # noqa: S608 - names and rules of this file
STEPS = f"""
SELECT e.office, e.seq, e.day, e.at, e.kind, coalesce(e.body ->> 'dossier', e.body ->> 'complaint'),
    (e.body ->> 'due_at')::timestamptz, (e.body ->> 'in_time')::boolean, e.body ->> 'step'
{HAPPENED} AND e.kind = ANY(%(kinds)s) ORDER BY e.office, e.seq
"""
TOLD = f"""
SELECT DISTINCT ON (e.office) e.office, (e.body -> 'office') - '{{services,counters}}'::text[]
{HAPPENED} AND e.kind = 'OfficeConfigured' ORDER BY e.office, e.day DESC, e.seq DESC
"""
LATE: LiteralString = """
(SELECT coalesce(sum(d.times), 0)::bigint FROM day_late d WHERE d.office = m.office
    AND d.day <= m.through)
"""
BASES = f"""
SELECT m.office, m.body FROM office_month m
JOIN unnest(%(offices)s::text[], %(afters)s::date[]) AS asked (office, after) USING (office)
WHERE m.month = CASE WHEN asked.after < %(month)s THEN %(before)s ELSE %(month)s END::date
    AND m.through = asked.after AND m.late = {LATE}
"""  # noqa: S608 - the same
LATE_UNTIL = """
SELECT office, sum(times)::bigint FROM day_late
WHERE office = ANY(%(offices)s) AND day <= %(upto)s GROUP BY office
"""
BEHIND = f"""
SELECT s.province, s.office, coalesce(kept.through, %(first)s::date - 1)
FROM sending s LEFT JOIN LATERAL (
    SELECT m.through FROM office_month m
    WHERE m.month = %(first)s AND m.office = s.office AND m.late = {LATE}
) AS kept ON true
WHERE s.newest > 0 AND (kept.through IS NULL OR kept.through < %(upto)s) ORDER BY 1, 2
"""  # noqa: S608 - the same
LOCK = "SELECT FROM sending WHERE office = ANY(%(offices)s) ORDER BY office FOR UPDATE"
ANNOUNCE = """
UPDATE sending SET folded = %(upto)s
WHERE office = ANY(%(offices)s) AND (folded IS NULL OR folded < %(upto)s)
"""
KEEP = """
INSERT INTO office_month (month, office, through, late, body) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (month, office) DO UPDATE
SET through = excluded.through, late = excluded.late, body = excluded.body
"""
SO_FAR = "SELECT body FROM office_month WHERE month = %(month)s"
ANY_EVENT = "SELECT EXISTS (SELECT FROM event WHERE day >= %(first)s AND day < %(end)s)"
ROOM = "SET work_mem = '128MB'"
"""A day of a province is sorted in memory."""
