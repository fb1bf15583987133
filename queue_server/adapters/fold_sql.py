"""The tables of folded days: a file of its own that can be thrown away and is made again."""

from __future__ import annotations

VERSION = 5
"""Another way of counting has another number; a file of an older one is emptied."""

TABLES = """
CREATE TABLE IF NOT EXISTS folded_day (
    day TEXT PRIMARY KEY, head BLOB NOT NULL, issued INTEGER NOT NULL, waited INTEGER NOT NULL,
    wait_s REAL NOT NULL, inaccurate INTEGER NOT NULL, facts BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS folded_count (
    day TEXT NOT NULL, visits TEXT NOT NULL, dimension TEXT NOT NULL, value TEXT NOT NULL,
    n INTEGER NOT NULL, PRIMARY KEY (day, visits, dimension, value)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS folded_times (
    day TEXT NOT NULL, visits TEXT NOT NULL, dimension TEXT NOT NULL, value TEXT NOT NULL,
    n INTEGER NOT NULL, total_s REAL NOT NULL, seconds BLOB NOT NULL,
    PRIMARY KEY (day, visits, dimension, value)
);
CREATE TABLE IF NOT EXISTS folded_tally (
    day TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, amount REAL NOT NULL,
    PRIMARY KEY (day, name, value)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS folded_dossier (
    seq INTEGER PRIMARY KEY, day TEXT NOT NULL, dossier TEXT NOT NULL, what TEXT NOT NULL,
    at TEXT NOT NULL, code TEXT, service TEXT NOT NULL, channel TEXT NOT NULL, due_at TEXT,
    in_time INTEGER NOT NULL, procedure TEXT NOT NULL, stage TEXT NOT NULL,
    assisted INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS folded_dossier_end ON folded_dossier (dossier, day)
    WHERE what IN ('finished', 'refused', 'stopped');
"""
NAMES = ("folded_day", "folded_count", "folded_times", "folded_tally", "folded_dossier")

HEADS = "SELECT day, head FROM folded_day WHERE day BETWEEN ? AND ?"
DAYS = (
    "SELECT day, issued, waited, wait_s, inaccurate FROM folded_day "
    "WHERE day BETWEEN ? AND ? ORDER BY day"
)
COUNTS = (
    "SELECT visits, dimension, value, sum(n) FROM folded_count "
    "WHERE day BETWEEN ? AND ? GROUP BY visits, dimension, value"
)
TIMES = (
    "SELECT visits, dimension, value, n, total_s, seconds FROM folded_times "
    "WHERE day BETWEEN ? AND ?"
)
TOTALS = f"{TIMES} AND dimension IN ('', 'appointment')"
"""Of a period that is only compared with: no group of it is shown."""
TALLIES = (
    "SELECT name, value, sum(amount) FROM folded_tally WHERE day BETWEEN ? AND ? "
    "GROUP BY name, value"
)
DAYS_WITH = (
    "SELECT day, n FROM folded_count WHERE visits = ? AND dimension = ? AND value = ? "
    "AND day BETWEEN ? AND ? ORDER BY day"
)
DOSSIERS_UNTIL = (
    "SELECT seq, day, dossier, what, at, code, service, channel, due_at, in_time, "
    "procedure, stage, assisted "
    "FROM folded_dossier WHERE day <= ? AND dossier NOT IN (SELECT dossier FROM folded_dossier "
    "WHERE what IN ('finished', 'refused', 'stopped') AND day < ?) ORDER BY seq"
)
FACTS = "SELECT facts FROM folded_day WHERE day = ?"

PUT_DAY = "INSERT INTO folded_day VALUES (?, ?, ?, ?, ?, ?, ?)"
PUT_COUNT = "INSERT INTO folded_count VALUES (?, ?, ?, ?, ?)"
PUT_TIMES = "INSERT INTO folded_times VALUES (?, ?, ?, ?, ?, ?, ?)"
PUT_TALLY = "INSERT INTO folded_tally VALUES (?, ?, ?, ?)"

PUT_DOSSIER = "INSERT INTO folded_dossier VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"

STORE_DAYS = "SELECT DISTINCT day FROM event WHERE day BETWEEN ? AND ? ORDER BY day"
STORE_HEAD = "SELECT hash FROM event WHERE day = ? ORDER BY seq DESC LIMIT 1"
