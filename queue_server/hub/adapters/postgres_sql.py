"""Every statement of the hub's database; the tables themselves are made in `migrations/`."""

from __future__ import annotations

from datetime import date, timedelta

KNOW = """
INSERT INTO sending (office, province)
SELECT * FROM unnest(%s::text[], %s::text[]) ON CONFLICT (office) DO NOTHING
"""
LOCK = """
SELECT office, province, newest, mark, gaps, machine, heard_at, clock_off_s, set_aside
FROM sending WHERE office = ANY(%s) ORDER BY office FOR UPDATE
"""
LINKS = """
SELECT seq, mark, prev FROM event WHERE office = %s AND province = %s AND seq = ANY(%s)
"""
STRANGE = "SELECT seq, mark FROM event_set_aside WHERE office = %s AND seq = ANY(%s)"
ARRIVED = "CREATE TEMP TABLE arrived (LIKE event) ON COMMIT DELETE ROWS"
COPY = """
COPY arrived (province, day, office, seq, at, stored_at, kind, ticket, counter, body, mark, prev)
FROM STDIN
"""
APPEND = """
INSERT INTO event SELECT * FROM arrived ON CONFLICT (office, seq, day, province) DO NOTHING
"""
LATE = """
INSERT INTO day_late AS known (office, day, times)
SELECT DISTINCT a.office, a.day, 1 FROM arrived a JOIN sending s USING (office)
WHERE a.day <= s.folded
ON CONFLICT (office, day) DO UPDATE SET times = known.times + 1
"""
"""Days that are folded into months already: what was made from them holds no longer."""
SET_ASIDE = """
INSERT INTO event_set_aside (office, seq, mark, prev, machine, stored_at, message)
VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT (office, seq, mark) DO NOTHING
"""
EXPLAIN = """
INSERT INTO fork (office, found_at, kind, seq, newest, machine, words_vi, words_en)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT (office, found_at) DO NOTHING
"""
PUT = """
UPDATE sending SET newest = new.newest, mark = new.mark, gaps = new.gaps::bigint[],
    machine = new.machine, heard_at = new.heard_at, clock_off_s = new.clock_off_s,
    set_aside = new.set_aside, redo = sending.redo + new.late, changed = pg_current_xact_id()
FROM unnest(%s::text[], %s::bigint[], %s::text[], %s::text[], %s::text[], %s::timestamptz[],
    %s::float8[], %s::bigint[], %s::int[])
    AS new (office, newest, mark, gaps, machine, heard_at, clock_off_s, set_aside, late)
WHERE sending.office = new.office
"""
GAPS = """
SELECT office, province, gaps[1], gaps[2] FROM sending WHERE gaps <> '{}' ORDER BY office LIMIT %s
"""
PARTITIONS_LOCK = "SELECT pg_advisory_xact_lock(7706606)"
PAST, FUTURE = timedelta(days=800), timedelta(days=7)


def day_table(day: date) -> str:
    """The partition of a day."""
    return f"event_{day:%Y%m%d}"


def make_rooms(day: date, province: str) -> tuple[str, str]:
    """Statements that make the partition of a day and, in it, that of a province (two digits)."""
    table, next_day = day_table(day), day + timedelta(days=1)
    whole = (
        f"CREATE TABLE IF NOT EXISTS {table} PARTITION OF event FOR VALUES "
        f"FROM ('{day.isoformat()}') TO ('{next_day.isoformat()}') PARTITION BY LIST (province)"
    )
    part = (
        f"CREATE TABLE IF NOT EXISTS {table}_{province} PARTITION OF {table} "
        f"FOR VALUES IN ('{province}')"
    )
    return whole, part
