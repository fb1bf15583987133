"""Every SQL statement of the store; the tables themselves are made in `migrations/`."""

from __future__ import annotations

from queue_server.adapters.table_rows import (
    APPOINTMENTS,
    BLOCKS,
    COUNTERS,
    DOSSIERS,
    PEOPLE,
    SERIES,
    TICKETS,
    VISITS,
)


def _names(columns: tuple[str, ...]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


def _upsert(table: str, keys: tuple[str, ...], columns: tuple[str, ...]) -> str:
    """A statement whose conflicts on any other unique column still fail: they are faults."""
    kept = ", ".join(f'"{c}" = excluded."{c}"' for c in columns if c not in keys)
    marks = ", ".join("?" * len(columns))
    return (  # the names are our own columns
        f"INSERT INTO {table} ({_names(columns)}) VALUES ({marks}) "  # noqa: S608 - own names
        f"ON CONFLICT ({_names(keys)}) DO UPDATE SET {kept}"
    )


def _of_day(table: str, columns: tuple[str, ...], order: str) -> str:
    return f'SELECT {_names(columns)} FROM {table} WHERE day = ? ORDER BY "{order}"'  # noqa: S608 - own names


PUT_TICKET = _upsert("ticket", ("day", "serial"), ("day", *TICKETS.columns))
PUT_COUNTER = _upsert("counter", ("day", "number"), ("day", *COUNTERS.columns))
PUT_SERIES = _upsert("number_series", ("day", "service"), ("day", *SERIES.columns))
PUT_BLOCK = _upsert("leased_block", ("day", "service", "first"), ("day", *BLOCKS.columns))
PUT_APPOINTMENT = _upsert("appointment", ("day", "id"), ("day", *APPOINTMENTS.columns))
PUT_VISIT = _upsert("home_visit", ("day", "id"), ("day", *VISITS.columns))
PUT_CARD = _upsert("appointment_card", ("appointment",), ("appointment", "card"))
FORGET_CARD = "DELETE FROM appointment_card WHERE appointment = ?"
PUT_TICKET_CARD = _upsert("ticket_card", ("ticket",), ("ticket", "day", "card"))
PUT_CONTACT = _upsert("home_visit_contact", ("visit",), ("visit", "on", "sealed"))
PUT_DOSSIER = _upsert("dossier", ("id",), DOSSIERS.columns)
PUT_PART = _upsert("dossier_part", ("dossier", "part"), ("dossier", "part", "sealed"))
FORGET_PART = "DELETE FROM dossier_part WHERE dossier = ? AND part = ?"
FORGET_PARTS = "DELETE FROM dossier_part WHERE dossier = ?"
PUT_DOSSIER_PERSON = _upsert("dossier_person", ("dossier",), ("dossier", "person"))
FORGET_DOSSIER_PERSON = "DELETE FROM dossier_person WHERE dossier = ?"
FORGET_CONTACT = "DELETE FROM home_visit_contact WHERE visit = ?"
PUT_PERSON = _upsert("person", ("name",), PEOPLE.columns)
FORGET_PERSON = "DELETE FROM person WHERE name = ?"
ALL_PEOPLE = f"SELECT {_names(PEOPLE.columns)} FROM person ORDER BY name"  # noqa: S608 - own names
PUT_DAY = _upsert("working_day", ("day",), ("day", "opened", "closed", "office"))
PUT_ANSWER = "INSERT INTO kept_answer (key, fingerprint, body, at) VALUES (?, ?, ?, ?)"
ADD_EVENT = (
    "INSERT INTO event (seq, day, at, kind, ticket, counter, body, prev, hash) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)

TICKETS_OF_DAY = _of_day("ticket", TICKETS.columns, "serial")
COUNTERS_OF_DAY = _of_day("counter", COUNTERS.columns, "number")
SERIES_OF_DAY = _of_day("number_series", SERIES.columns, "service")
BLOCKS_OF_DAY = _of_day("leased_block", BLOCKS.columns, "first")
APPOINTMENTS_OF_DAY = _of_day("appointment", APPOINTMENTS.columns, "id")
VISITS_OF_DAY = _of_day("home_visit", VISITS.columns, "id")

_OPEN = "SELECT id FROM appointment WHERE day = (SELECT max(day) FROM working_day)"
CARDS = f"SELECT appointment, card FROM appointment_card WHERE appointment IN ({_OPEN})"  # noqa: S608 - own text
PERSONS = "SELECT ticket, card FROM ticket_card WHERE day = ?"
FORGET_PERSONS = "DELETE FROM ticket_card WHERE day < (SELECT max(day) FROM working_day)"
FORGET_CARDS = (
    "DELETE FROM appointment_card WHERE appointment NOT IN "  # noqa: S608 - own text
    f"({_OPEN} AND state = 'booked')"
)
_DOSSIERS = f"SELECT {_names(DOSSIERS.columns)} FROM dossier"  # noqa: S608 - own names
ALL_DOSSIERS = f"{_DOSSIERS} ORDER BY started_at, id"
# What ended on an earlier day is not held in memory.
SHELF = (
    f"{_DOSSIERS} WHERE finished_at IS NULL "
    "OR substr(filed_at, 1, 10) = ? OR substr(finished_at, 1, 10) = ? ORDER BY started_at, id"
)
DOSSIER = f"{_DOSSIERS} WHERE id = ? OR holder = ? OR code = ?"
DOSSIERS_FILED = f"{_DOSSIERS} WHERE filed_at >= ? AND filed_at < ? ORDER BY filed_at, code"
DOSSIERS_OF_PERSON = (
    f"{_DOSSIERS} WHERE id IN (SELECT dossier FROM dossier_person WHERE person = ?) "  # noqa: S608 - own names
    "AND filed_at >= ? ORDER BY filed_at DESC, id LIMIT 20"
)
PARTS = "SELECT part, sealed FROM dossier_part WHERE dossier = ? ORDER BY part"
PART = "SELECT sealed FROM dossier_part WHERE dossier = ? AND part = ?"
PART_NAMES = "SELECT part FROM dossier_part WHERE dossier = ? ORDER BY part"
ALL_PARTS = "SELECT dossier, part, sealed FROM dossier_part ORDER BY dossier, part"
RESEAL_PART = "UPDATE dossier_part SET sealed = ? WHERE dossier = ? AND part = ? AND sealed = ?"
ALL_CONTACTS = "SELECT visit, sealed FROM home_visit_contact ORDER BY visit"
RESEAL = "UPDATE home_visit_contact SET sealed = ? WHERE visit = ? AND sealed = ?"
FORGET_CONTACTS = 'DELETE FROM home_visit_contact WHERE "on" < ?'
FORGETTING = frozenset(
    {
        *(FORGET_PART, FORGET_PARTS, FORGET_DOSSIER_PERSON, FORGET_CONTACT),
        *(FORGET_CARD, FORGET_CARDS, FORGET_PERSONS, FORGET_CONTACTS),
    }
)
"""What is personal goes with these."""
COUNTS = {
    one: one.replace("DELETE", "SELECT count(*)", 1)
    for one in (FORGET_CARDS, FORGET_PERSONS, FORGET_CONTACTS)
}
"""How much each of these would take away."""
PERSONAL = FORGETTING | {PUT_PART, PUT_CONTACT, PUT_CARD, PUT_DOSSIER_PERSON}
"""What is personal is written, replaced or taken away with these."""
ALL_CARDS = "SELECT appointment, card FROM appointment_card ORDER BY appointment"
REHASH_CARD = "UPDATE appointment_card SET card = ? WHERE appointment = ? AND card = ?"
ALL_TICKET_CARDS = "SELECT ticket, card FROM ticket_card ORDER BY ticket"
REHASH_TICKET_CARD = "UPDATE ticket_card SET card = ? WHERE ticket = ? AND card = ?"
ALL_DOSSIER_PERSONS = "SELECT dossier, person FROM dossier_person ORDER BY dossier"
REHASH_DOSSIER_PERSON = "UPDATE dossier_person SET person = ? WHERE dossier = ? AND person = ?"
OUTLIVED = (
    f"{_DOSSIERS} WHERE finished_at < ? AND erased_at IS NULL ORDER BY finished_at, id LIMIT ?"
)
EVENTS_OF_DOSSIER = (
    "SELECT seq, at, kind, ticket, counter, body FROM event "
    "WHERE kind >= 'Dossier' AND kind < 'Dossies' AND json_extract(body, '$.dossier') = ? "
    "ORDER BY seq"
)
_OF_DOSSIERS = "FROM event WHERE seq > ? AND kind >= 'Dossier' AND kind < 'Dossies'"
DOSSIER_EVENTS = f"SELECT seq, at, kind, ticket, counter, body {_OF_DOSSIERS} ORDER BY seq LIMIT ?"
FILING_STEPS = (
    "SELECT seq, at, kind, ticket, counter, body FROM event "
    "WHERE day = ? AND kind IN ('DossierSaved', 'DossierFiled') ORDER BY seq"
)
COUNT_DOSSIER_EVENTS = f"SELECT count(*) {_OF_DOSSIERS}"
COUNT_FILED = "SELECT count(filed_at) FROM dossier"
DECLARATIONS = (
    f"SELECT p.sealed, {', '.join(f'd.{name}' for name in DOSSIERS.columns)} "  # noqa: S608 - own names
    "FROM dossier_part p JOIN dossier d ON d.id = p.dossier WHERE p.part = 'answers' ORDER BY d.id"
)
CARDED = "SELECT appointment FROM appointment_card WHERE card = ? ORDER BY appointment"
HAS_CARD = "SELECT 1 FROM appointment_card WHERE appointment = ?"
NUMBERS_OF_CARD = (
    "SELECT t.label FROM ticket_card c JOIN ticket t ON t.id = c.ticket AND t.day = c.day "
    "WHERE c.card = ? ORDER BY t.label"
)
_NEWEST = "WHERE id = ? OR code = ? ORDER BY day DESC LIMIT 1"
ANY_APPOINTMENT = f"SELECT {_names(APPOINTMENTS.columns)} FROM appointment {_NEWEST}"  # noqa: S608 - own names
ANY_VISIT = f"SELECT {_names(VISITS.columns)} FROM home_visit {_NEWEST}"  # noqa: S608 - own names
_KEPT = "FROM dossier_part p JOIN dossier d ON d.id = p.dossier WHERE p.part = 'answers' AND"
KEPT_KINDS = {
    "drafts": f"SELECT count(*), min(d.changed_at) {_KEPT} d.state = 'draft'",
    "dossiers_open": (
        f"SELECT count(*), min(d.filed_at) {_KEPT} d.state <> 'draft' AND d.finished_at IS NULL"
    ),
    "dossiers_ended": f"SELECT count(*), min(d.finished_at) {_KEPT} d.finished_at IS NOT NULL",
    "cards": (
        "SELECT count(*), (SELECT min(a.booked_at) FROM appointment a "
        "JOIN appointment_card c ON c.appointment = a.id) FROM appointment_card"
    ),
    "tickets": "SELECT count(*), min(day) FROM ticket_card",
    "contacts": 'SELECT count(*), min("on") FROM home_visit_contact',
    "answers": "SELECT count(*), datetime(min(at), 'unixepoch') FROM kept_answer",
}
FORGOTTEN = (
    "SELECT seq, at, kind, ticket, counter, body FROM event "
    "WHERE kind IN ('PersonalPurged', 'SubjectErased', 'DossierErased') ORDER BY seq DESC LIMIT ?"
)
CONTACT = "SELECT sealed FROM home_visit_contact WHERE visit = ?"

NEWEST_DAY = "SELECT day, opened, closed, office FROM working_day ORDER BY day DESC LIMIT 1"
ONE_DAY = "SELECT day, opened, closed, office FROM working_day WHERE day = ?"
ALL_DAYS = "SELECT day FROM working_day UNION SELECT day FROM event ORDER BY day"
LAST_AT = "SELECT at FROM event WHERE day = ? ORDER BY seq DESC LIMIT 1"

FIND_ANSWER = "SELECT fingerprint, body FROM kept_answer WHERE key = ?"
FORGET_ANSWERS = "DELETE FROM kept_answer WHERE at < ?"

_LINK = "SELECT seq, day, at, kind, ticket, counter, body, prev, hash FROM event"
LAST_LINKS = f"{_LINK} ORDER BY seq DESC LIMIT 2"
ALL_LINKS = f"{_LINK} ORDER BY seq"
LAST_SEQ = "SELECT coalesce(max(seq), 0) FROM event"
EVENTS_OF_TICKET = (
    "SELECT seq, at, kind, ticket, counter, body FROM event WHERE ticket = ? ORDER BY seq"
)
EVENTS_OF_DAY = "SELECT seq, at, kind, ticket, counter, body FROM event WHERE day = ? ORDER BY seq"
COMPLAINT_EVENTS = (
    "SELECT seq, at, kind, ticket, counter, body FROM event "
    "WHERE kind >= 'Complaint' AND kind < 'Complainu' ORDER BY seq"
)
APPEAL_EVENTS = (
    "SELECT seq, at, kind, ticket, counter, body FROM event "
    "WHERE kind IN ('AppealFiled', 'AppealAnswered') ORDER BY seq"
)
RATINGS_OF_DAY = (
    "SELECT seq, at, kind, ticket, counter, body FROM event "
    "WHERE day = ? AND kind = 'TicketRated' ORDER BY seq"
)

HEAD_BEFORE = "SELECT day, seq, hash FROM event WHERE day < ? ORDER BY seq DESC LIMIT 1"
EVENTS_BEFORE = (
    "SELECT seq, at, kind, ticket, counter, body FROM event WHERE seq < ? ORDER BY seq DESC LIMIT ?"
)

RECORDS = (
    "SELECT seq, at, kind, ticket, counter, body FROM event WHERE kind IN "
    "('SettingsChanged', 'CatalogueChanged', 'DeviceChanged', 'LogoChanged', 'ReportStepTaken') "
    "ORDER BY seq DESC LIMIT ?"
)

NEWEST_LOGO = (
    "SELECT seq, at, kind, ticket, counter, body FROM event WHERE kind = 'LogoChanged' "
    "ORDER BY seq DESC LIMIT 1"
)

REPORT_STEPS = (
    "SELECT seq, at, kind, ticket, counter, body FROM event WHERE kind = 'ReportStepTaken' "
    "ORDER BY seq"
)

KEEP_FORECAST = (
    "INSERT INTO given_forecast (day, ticket, given_at, p50_min, p90_min, basis) "
    "VALUES (?, ?, ?, ?, ?, ?)"
)
FORECASTS_OF_DAY = (
    "SELECT ticket, given_at, p50_min, p90_min, basis FROM given_forecast WHERE day = ?"
)
KEEP_SCORE = (
    "INSERT INTO forecast_score (day, basis, n, error_min, abs_error_min, covered) "
    "VALUES (?, ?, ?, ?, ?, ?)"
)
LATEST_SCORES = (
    "SELECT day, basis, n, error_min, abs_error_min, covered FROM forecast_score "
    "WHERE day IN (SELECT DISTINCT day FROM forecast_score ORDER BY day DESC LIMIT ?) "
    "ORDER BY day DESC, basis"
)

PROBE = "UPDATE probe SET filler = zeroblob(65536)"
COPY_TO = "VACUUM INTO ?"
DAMAGE = "PRAGMA quick_check(1)"

TICKETS_ISSUED = (
    "SELECT day, service, issued_at FROM ticket "
    "WHERE day >= ? AND day < ? AND state <> 'void' ORDER BY day, serial"
)
TIMES_SERVED = (
    "SELECT service, served_s FROM ticket "
    "WHERE day >= ? AND day < ? AND state = 'finished' AND accurate ORDER BY day, serial"
)
NO_SHOWS = (
    "SELECT count(called_first_at), coalesce(sum(state = 'no_show'), 0) FROM ticket "
    "WHERE day >= ? AND day < ?"
)
DAYS_BETWEEN = "SELECT day, office FROM working_day WHERE day >= ? AND day <= ? ORDER BY day"
SMILE_EVENTS = (
    "SELECT at, kind, ticket, counter, body FROM event WHERE day >= ? AND day <= ? "
    "AND kind IN ('SmilesCounted', 'CameraCalibrated') ORDER BY seq"
)
