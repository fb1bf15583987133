"""How fast days are folded into months, and how long a month's index takes when they are.

Offices as large as real ones: a ward has about 3,000 visits and 1,000 dossiers a month. Events of
so many offices and one month fill the disk, so `--offices` of them are written and folded, each
month that came of it is then copied until there are `--nation` (its own dossiers that run on and
all), and the index of all these is counted as `motcua hub month` does it.

    python -m tests.benchmarks.bench_month --offices 330 --dossiers 1000 --visits 3000
"""

from __future__ import annotations

import argparse
import asyncio
import resource
import statistics
import sys
import time
from datetime import UTC, date, datetime, timedelta

import psycopg

from queue_server.config.report_data import report_data
from queue_server.contracts.views import Words
from queue_server.hub.adapters import postgres_sql
from queue_server.hub.adapters.city_tables import upgrade
from queue_server.hub.adapters.postgres_months import PostgresMonths
from queue_server.hub.use_cases.city_board import Listed
from queue_server.hub.use_cases.city_months import month_view, read_month
from queue_server.hub.use_cases.fold_months import fold
from tests.benchmarks.figures import Row, machine
from tests.hub.database import Postgres

MONTH, LAST, OVER = date(2026, 5, 1), date(2026, 5, 31), date(2026, 6, 1)
NOW = datetime(2026, 6, 2, tzinfo=UTC)
DAY = timedelta(days=1)
PROVINCES = 34
MILLION = 1_000_000
GOAL_S = 60

LINE = """
INSERT INTO event (province, day, office, seq, at, stored_at, kind, ticket, counter, body, mark,
    prev)
SELECT lpad((o %% 34 + 1)::text, 2, '0'), d.day, 'vp-' || lpad(o::text, 4, '0'), {seq},
    d.day + time '09:00', now(), '{kind}', {ticket}, 1, {body}, 'm', 'p'
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


COPIES = """
INSERT INTO {table} SELECT {columns}
FROM {table} t, generate_series(%(offices)s, %(nation)s - 1) AS n
WHERE t.office = 'vp-' || lpad((n %% %(offices)s)::text, 4, '0')
"""
COPIED = {
    "sending": "'vp-' || lpad(n::text, 4, '0'), province, newest, mark, gaps, machine, heard_at, "
    "clock_off_s, set_aside, redo, folded",
    "office_month": "month, 'vp-' || lpad(n::text, 4, '0'), through, late, "
    "replace(body, office, 'vp-' || lpad(n::text, 4, '0'))",
}


def fill(dsn: str, offices: int, dossiers: int, visits: int) -> int:
    """A month of events; how many there are."""
    kinds = len(DOSSIERS) + len(VISITS) + 1
    reason = "jsonb_build_object('reason', jsonb_build_object('waited_s', 60 * (n % 40)))"
    score = "jsonb_build_object('score', 1 + n % 5)"
    lines = [
        (kind, "NULL", ABOUT.format(month=MONTH.month) + more + ")", later, only, dossiers)
        for kind, later, only, more in DOSSIERS
    ]
    lines += [(kind, "'t' || n", reason, 0, "", visits) for kind in VISITS]
    lines.append(("TicketRated", "'t' || n", score, 0, "AND n % 10 = 0", visits))
    with psycopg.connect(dsn, autocommit=True) as connection:
        for day in (MONTH + n * DAY for n in range(LAST.day)):
            for province in range(1, PROVINCES + 1):
                for statement in postgres_sql.make_rooms(day, f"{province:02}"):
                    connection.execute(statement.encode())
        for place, (kind, ticket, body, later, only, number) in enumerate(lines):
            seq = f"((d.day - '{MONTH}'::date) * 1000000 + n) * {kinds} + {place} + 1"
            said = LINE.format(seq=seq, kind=kind, ticket=ticket, body=body, later=later, only=only)
            asked = {"offices": offices, "first": MONTH, "last": LAST, "days": LAST.day}
            connection.execute(
                said.replace("% ", "%% ").replace("%%%", "%%").encode(), asked | {"number": number}
            )
        connection.execute(
            "INSERT INTO sending (office, province, newest) "
            "SELECT office, province, max(seq) FROM event GROUP BY office, province"
        )
        connection.execute("ANALYZE")
        ((events,),) = connection.execute("SELECT count(*) FROM event").fetchall()
        return int(events)


async def fold_days(dsn: str, most: int) -> list[float]:
    """Seconds for each of the last days of the month, after all before them were folded at once."""
    book, taken = PostgresMonths(dsn), []
    for today in (OVER - n * DAY for n in range(most, -1, -1)):
        began = time.perf_counter()
        await fold(book, today)
        taken.append(time.perf_counter() - began)
    return taken


def copy_offices(dsn: str, offices: int, nation: int) -> float:
    """Months of so many offices, each like one that was folded; the mean size of one in kB."""
    asked = {"offices": offices, "nation": nation}
    with psycopg.connect(dsn, autocommit=True) as connection:
        for table, columns in COPIED.items():
            connection.execute(COPIES.format(table=table, columns=columns).encode(), asked)
        ((size,),) = connection.execute("SELECT avg(length(body)) FROM office_month").fetchall()
    return float(size) / 1000


async def count(dsn: str, listed: list[Listed]) -> tuple[float, float]:
    """Seconds for the month as `motcua hub month` takes them; those of its own processor."""
    began, own = time.perf_counter(), time.process_time()
    read = await read_month(PostgresMonths(dsn), MONTH, listed, NOW)
    shown = month_view(read, report_data(), NOW)
    size = len(shown.model_dump_json())
    taken = time.perf_counter() - began, time.process_time() - own
    assert len(shown.index) == len(listed), "an office is missing"
    assert all(one.points for one in shown.index), "an office has no index"
    assert size > len(listed)
    return taken


def tell(line: object) -> None:
    """Print at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    """Print the rows."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--offices", type=int, default=110)
    parser.add_argument("--nation", type=int, default=3300)
    parser.add_argument("--dossiers", type=int, default=1000)
    parser.add_argument("--visits", type=int, default=3000)
    parser.add_argument("--days", type=int, default=5, help="How many are folded one by one")
    asked = parser.parse_args()
    tell(machine())
    listed = [
        Listed(f"vp-{i:04}", f"{i % PROVINCES + 1:02}", Words(vi=f"Phường {i}", en=f"Ward {i}"))
        for i in range(asked.nation)
    ]
    with Postgres() as postgres:
        dsn = postgres.new_database()
        upgrade(dsn)
        began = time.perf_counter()
        events = fill(dsn, asked.offices, asked.dossiers, asked.visits)
        tell(f"{events / MILLION:.2f} million events made in {time.perf_counter() - began:.0f} s")
        first, *each = asyncio.run(fold_days(dsn, asked.days))
        size = copy_offices(dsn, asked.offices, asked.nation)
        taken, own = asyncio.run(count(dsn, listed))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    month = f"{asked.dossiers} dossiers and {asked.visits} visits each"
    a_day, rate = statistics.median(each), events / LAST.day
    tell(
        Row(f"a month's index, {asked.nation} offices, {month}", f"≤ {GOAL_S} s", f"{taken:.1f} s")
    )
    tell(Row("processor time of the program in it, without PostgreSQL", "", f"{own:.1f} s"))
    tell(Row("an office's month as it is kept, mean", "", f"{size:.1f} kB"))
    tell(Row(f"a day of {asked.offices} offices folded, {rate:,.0f} events", "", f"{a_day:.1f} s"))
    tell(Row("events a second folded, a day at a time", "", f"{rate / a_day:,.0f}"))
    whole = rate * (LAST.day - asked.days)
    tell(Row("events a second folded, many days at once", "", f"{whole / first:,.0f}"))
    tell(Row("memory of the program at most", "", f"{peak:.0f} MiB"))


if __name__ == "__main__":
    main()
