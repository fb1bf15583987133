"""A month's index 766 for the communes of a nation: from events in PostgreSQL to every figure.

Run `python -m tests.benchmarks.bench_month [--offices N] [--dossiers N] [--visits N]`. The events
are made inside PostgreSQL as collectors would have put them there: for each office and month so
many dossiers (filed, a tenth asked for papers, finished some days later or still running) and so
many visits (five events each, a tenth rated). The month before is there too; what it leaves open
is counted first and apart, because a hub has done that a month ago.
"""

from __future__ import annotations

import argparse
import asyncio
import resource
import sys
import time
from datetime import UTC, date, datetime, timedelta

import psycopg

from queue_server.config.report_data import report_data
from queue_server.contracts.views import Words
from queue_server.hub.adapters import postgres_sql
from queue_server.hub.adapters.city_tables import upgrade
from queue_server.hub.adapters.postgres_ledger import PostgresLedger
from queue_server.hub.use_cases.city_board import Listed
from queue_server.hub.use_cases.city_months import month_view, read_month
from tests.benchmarks.figures import Row, machine
from tests.hub.database import Postgres

BEFORE, MONTH, LAST = date(2026, 4, 1), date(2026, 5, 1), date(2026, 5, 31)
NOW = datetime(2026, 6, 2, tzinfo=UTC)
PROVINCE = "92"
MILLION = 1_000_000
GOAL_S = 60

LINE = """
INSERT INTO event (province, day, office, seq, at, stored_at, kind, ticket, counter, body, mark,
    prev)
SELECT '92', d.day, 'vp-' || lpad(o::text, 4, '0'), {seq}, d.day + time '09:00', now(), '{kind}',
    {ticket}, 1, {body}, 'm', 'p'
FROM generate_series(0, %(offices)s - 1) AS o, generate_series(0, %(number)s - 1) AS n,
    LATERAL (SELECT %(first)s::date + (n %% %(days)s + {later})::int AS day) AS d
WHERE d.day <= %(last)s {only}
"""
ABOUT = "jsonb_build_object('dossier', '{month}d' || n"
DOSSIERS = (
    ("DossierFiled", 0, "", ", 'reused', n % 2, 'channel', 'kiosk', 'due_at', d.day + 5"),
    ("DossierSupplementAsked", 1, "AND n % 10 = 0", ", 'open_days', 3"),
    ("DossierSupplementGiven", 2, "AND n % 10 = 0", ", 'due_at', d.day + 5"),
    ("DossierFinished", 3, "AND n % 7 > 0", ", 'in_time', n % 9 > 0"),
)
VISITS = ("TicketReserved", "TicketConfirmed", "TicketCalled", "ServingStarted", "TicketFinished")


def fill(dsn: str, offices: int, dossiers: int, visits: int) -> int:
    """Two months of events; how many there are."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        day = BEFORE
        while day <= LAST + timedelta(days=1):
            for statement in postgres_sql.make_rooms(day, PROVINCE):
                connection.execute(statement.encode())
            day += timedelta(days=1)
        kinds = len(DOSSIERS) + len(VISITS) + 1
        for first, last in ((BEFORE, MONTH - timedelta(days=1)), (MONTH, LAST)):
            asked = {"offices": offices, "first": first, "last": LAST, "days": last.day}
            month = first.month
            lines = [
                (kind, "NULL", ABOUT.format(month=month) + more + ")", later, only, dossiers)
                for kind, later, only, more in DOSSIERS
            ]
            reason = "jsonb_build_object('reason', jsonb_build_object('waited_s', 60 * (n % 40)))"
            score = "jsonb_build_object('score', 1 + n % 5)"
            lines += [(kind, f"'{month}t' || n", reason, 0, "", visits) for kind in VISITS]
            lines.append(("TicketRated", f"'{month}t' || n", score, 0, "AND n % 10 = 0", visits))
            for place, (kind, ticket, body, later, only, number) in enumerate(lines):
                seq = f"({month} * 1000000 + n) * {kinds} + {place}"
                said = LINE.format(
                    seq=seq, kind=kind, ticket=ticket, body=body, later=later, only=only
                )
                connection.execute(
                    said.replace("% ", "%% ").replace("%%%", "%%").encode(),
                    asked | {"number": number},
                )
        connection.execute(
            "INSERT INTO sending (office, province, newest) "
            "SELECT office, '92', max(seq) FROM event GROUP BY office"
        )
        connection.execute("ANALYZE")
        ((events,),) = connection.execute("SELECT count(*) FROM event").fetchall()
        return int(events)


async def count(dsn: str, month: date, listed: list[Listed]) -> tuple[tuple[float, float], int]:
    """Seconds for the month as `motcua hub month` takes them, those of its processor; offices."""
    began, own = time.perf_counter(), time.process_time()
    read = await read_month(PostgresLedger(dsn), month, listed, NOW)
    shown = month_view(read, report_data(), NOW)
    size = len(shown.model_dump_json())
    taken = time.perf_counter() - began, time.process_time() - own
    assert all(one.points for one in shown.index), "an office has no index"
    assert size > len(listed)
    return taken, len(shown.index)


def tell(line: object) -> None:
    """Print at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    """Print the rows."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--offices", type=int, default=3300)
    parser.add_argument("--dossiers", type=int, default=150)
    parser.add_argument("--visits", type=int, default=150)
    asked = parser.parse_args()
    tell(machine())
    listed = [
        Listed(f"vp-{i:04}", PROVINCE, Words(vi=f"Phường {i}", en=f"Ward {i}"))
        for i in range(asked.offices)
    ]
    with Postgres() as postgres:
        dsn = postgres.new_database()
        upgrade(dsn)
        began = time.perf_counter()
        events = fill(dsn, asked.offices, asked.dossiers, asked.visits)
        tell(f"{events / MILLION:.2f} million events made in {time.perf_counter() - began:.0f} s")
        (before, _), _ = asyncio.run(count(dsn, BEFORE, listed))
        (taken, own), offices = asyncio.run(count(dsn, MONTH, listed))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    each = f"{asked.dossiers} dossiers and {asked.visits} visits each"
    tell(Row(f"a month's index, {offices} offices, {each}", f"≤ {GOAL_S} s", f"{taken:.1f} s"))
    tell(Row("the month before it, counted in the same way", "", f"{before:.1f} s"))
    tell(Row("processor time of the program in it, without PostgreSQL", "", f"{own:.1f} s"))
    tell(Row("memory of the program at most", "", f"{peak:.0f} MiB"))


if __name__ == "__main__":
    main()
