"""Every question of the year's study in DuckDB's SQL; minutes are of the local day."""

from __future__ import annotations

EVENTS = """
CREATE TABLE event AS SELECT * FROM read_csv([{files}], header = false, columns = {{
    'office': 'VARCHAR', 'province': 'VARCHAR', 'day': 'DATE', 'seq': 'BIGINT',
    'moment': 'TIMESTAMP',
    'kind': 'VARCHAR', 'ticket': 'VARCHAR', 'counter': 'INTEGER', 'body': 'JSON'}})
"""
NO_EVENTS = """
CREATE TABLE event (office VARCHAR, province VARCHAR, day DATE, seq BIGINT, moment TIMESTAMP,
    kind VARCHAR, ticket VARCHAR, counter INTEGER, body JSON)
"""
TICKETS = """
CREATE TABLE ticket AS
SELECT office, any_value(province) AS province, day, ticket,
    min(moment) FILTER (WHERE kind = 'TicketReserved') AS issued,
    any_value(body ->> 'service') FILTER (WHERE kind = 'TicketReserved') AS service,
    any_value(body ->> 'procedure') FILTER (WHERE kind = 'TicketReserved')
        AS procedure,
    any_value(body -> 'papers') FILTER (WHERE kind = 'TicketReserved') AS papers,
    count(*) FILTER (WHERE kind = 'TicketReserved' AND body ->> 'priority' <> 'normal') > 0
        AS urgent,
    count(*) FILTER (WHERE body ->> 'appointment_at' IS NOT NULL) > 0 AS booked,
    arg_min((body -> 'reason' ->> 'waited_s')::DOUBLE, seq)
        FILTER (WHERE kind = 'TicketCalled') / 60 AS waited,
    arg_min(counter, seq) FILTER (WHERE kind = 'TicketCalled') AS counter,
    min(moment) FILTER (WHERE kind = 'TicketCalled') AS called,
    max(moment) FILTER (WHERE kind = 'TicketFinished') AS finished,
    count(*) FILTER (WHERE kind = 'TicketHeld') AS held,
    coalesce(bool_or(kind = 'TicketNoShow'), false) AS absent
FROM event WHERE ticket IS NOT NULL GROUP BY office, day, ticket
HAVING min(moment) FILTER (WHERE kind = 'TicketReserved') IS NOT NULL
"""
DOSSIERS = """
CREATE TABLE dossier AS
SELECT office, body ->> 'dossier' AS dossier,
    any_value(body ->> 'procedure') FILTER (WHERE kind = 'DossierFiled') AS procedure,
    min(moment) FILTER (WHERE kind = 'DossierFiled') AS filed,
    min(moment) FILTER (WHERE kind = 'DossierReceived') AS received,
    min(moment) FILTER (WHERE kind = 'DossierSupplementAsked') AS asked,
    min(moment) FILTER (WHERE kind = 'DossierSupplementGiven') AS given,
    max(moment) FILTER (WHERE kind = 'DossierFinished') AS finished,
    count(*) FILTER (WHERE kind = 'DossierSupplementGiven') AS again,
    count(*) FILTER (WHERE kind IN ('DossierRefused', 'DossierStopped')) > 0 AS refused
FROM event WHERE kind LIKE 'Dossier%' GROUP BY office, body ->> 'dossier'
HAVING min(moment) FILTER (WHERE kind = 'DossierFiled') IS NOT NULL
"""
RETURNED = """
SELECT procedure, count(*), count(asked), count(*) FILTER (WHERE refused), sum(again)::BIGINT
FROM dossier GROUP BY procedure ORDER BY count(asked) / count(*) DESC, procedure
"""
# Which papers there are is told by who had them along: one that nobody ever had is not seen.
MISSING = """
WITH had AS (
    SELECT procedure, office, day, ticket, unnest(from_json(papers, '["INTEGER"]')) + 1 AS place
    FROM ticket WHERE papers IS NOT NULL AND procedure IS NOT NULL
), declared AS (
    SELECT procedure, count(*) AS n FROM ticket
    WHERE papers IS NOT NULL AND procedure IS NOT NULL GROUP BY procedure
)
SELECT procedure, place, any_value(n), any_value(n) - count(*) AS missing
FROM had JOIN declared USING (procedure) GROUP BY procedure, place
ORDER BY missing / any_value(n) DESC, procedure, place
"""
STEPS = """
WITH step AS (
    SELECT 1 AS place, 'check' AS step, date_diff('second', filed, coalesce(asked, received)) AS s
    FROM dossier WHERE coalesce(asked, received) IS NOT NULL
    UNION ALL SELECT 2, 'supplement', date_diff('second', asked, given) FROM dossier
    WHERE asked IS NOT NULL AND given IS NOT NULL
    UNION ALL SELECT 3, 'work', date_diff('second', coalesce(given, received, filed), finished)
    FROM dossier WHERE finished IS NOT NULL
)
SELECT step, count(*), median(s) / 86400, quantile_cont(s, 0.9) / 86400
FROM step WHERE s >= 0 GROUP BY place, step ORDER BY place
"""
CONFIGURED = """
SELECT office, arg_max(body -> 'office', seq)::VARCHAR FROM event
WHERE kind = 'OfficeConfigured' GROUP BY office
"""
OFFICES = """
WITH per_day AS (
    SELECT office, day, count(*) AS n FROM ticket GROUP BY office, day
), monday AS (
    SELECT office, avg(n) FILTER (WHERE isodow(day) = 1)
        / avg(n) FILTER (WHERE isodow(day) > 1) AS monday
    FROM per_day GROUP BY office
)
SELECT office, any_value(province), count(DISTINCT day), count(*),
    coalesce(any_value(monday), 1.0), coalesce(avg(waited), 0.0),
    count(*) FILTER (WHERE waited > ?), count(called), count(*) FILTER (WHERE absent),
    count(*) FILTER (WHERE urgent), count(*) FILTER (WHERE booked), sum(held)::BIGINT
FROM ticket JOIN monday USING (office) GROUP BY office ORDER BY office
"""
LINES = """
SELECT office, service, count(called),
    coalesce(avg(date_diff('second', called, finished)) FILTER (WHERE finished > called) / 60, 0.0),
    coalesce(stddev_samp(date_diff('second', called, finished)) FILTER (WHERE finished > called)
        / avg(date_diff('second', called, finished)) FILTER (WHERE finished > called), 0.6)
FROM ticket GROUP BY office, service HAVING count(called) > 0 ORDER BY office, service
"""
COUNTERS = """
WITH usual AS (
    SELECT office, median(n)::INTEGER AS n FROM (
        SELECT office, day, count(DISTINCT counter) AS n FROM ticket
        WHERE counter IS NOT NULL GROUP BY office, day
    ) GROUP BY office
), served AS (
    SELECT office, counter, service, count(*) AS n,
        count(*) / sum(count(*)) OVER (PARTITION BY office, counter) AS part
    FROM ticket WHERE counter IS NOT NULL GROUP BY office, counter, service
), ranked AS (
    SELECT office, counter, list(service ORDER BY service) FILTER (WHERE part >= ?) AS services,
        row_number() OVER (PARTITION BY office ORDER BY sum(n) DESC, counter) AS place
    FROM served GROUP BY office, counter
)
SELECT office, counter, services FROM ranked JOIN usual USING (office)
WHERE place <= usual.n ORDER BY office, place
"""
HALF_HOURS = """
SELECT office, (hour(issued) * 60 + minute(issued) // 30 * 30)::INTEGER AS half, count(*)
FROM ticket GROUP BY office, half ORDER BY office, half
"""
