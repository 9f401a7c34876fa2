"""Rows that figures are read from, a million of them, made by the database itself.

They belong to no calls and no bookings: whoever adds up does not look at those.
"""

import sqlite3
from contextlib import closing
from datetime import datetime, timezone

import attrs

from benchmarks.stages import Stage
from tests.servers import administrator

BEGAN = datetime(2026, 1, 1, tzinfo=timezone.utc)
YEAR = 365 * 86_400
HORIZON = 40
"""Nobody books for later than after so many days."""

CALLS = """
INSERT INTO call_figures (organization_id, id, started_at, asked_at, answered_at, ended_at,
    started_quarter, asked_quarter, answered_quarter, ended_quarter, inbound, status, escalated,
    agent_id, template, waited_ms, stayed_ms, talked_ms, held_ms, score, sentiment, issues)
WITH {numbers}, timed AS (
    SELECT n, {began} + {seconds} * n / {many} AS began,
        n * 7919 % 1000 AS dice, n * 104729 % 997 AS other, n * 1299709 % 37 AS agent
    FROM numbers
), lasting AS (
    SELECT *, dice < 800 AS answered, 1 + other * other / 20000 AS waits, 30 + other AS talks
    FROM timed
)
SELECT {organization}, {id}, {at:began}, {at:began},
    CASE WHEN answered THEN {at:began + waits} END,
    {at:began + waits + CASE WHEN answered THEN talks ELSE 0 END},
    began / 900, began / 900, CASE WHEN answered THEN (began + waits) / 900 END,
    (began + waits + CASE WHEN answered THEN talks ELSE 0 END) / 900,
    {true}, CASE WHEN answered THEN 'completed' ELSE 'cancelled' END, dice % 20 = 0,
    {agent}, 'template ' || (other % 6), CASE WHEN answered THEN waits * 1000 END,
    CASE WHEN NOT answered THEN waits * 1000 END, CASE WHEN answered THEN talks * 1000 END,
    CASE WHEN answered THEN 0 END, CASE WHEN dice < 560 THEN other END,
    CASE WHEN dice < 560 THEN other - 500 END, ''
FROM lasting
"""
BOOKINGS = """
INSERT INTO booking_facts (organization_id, id, resource_id, kind, state, by_company, starts_at,
    starts_quarter, first_day, days, units, people, lead_days, total_minor, worth_minor, currency,
    booked_at, booked_quarter, confirmed_at, paid_at)
WITH {numbers}, timed AS (
    SELECT n, {began} + {seconds} * n / {many} AS booked, n * 7919 % 1000 AS dice,
        n * 104729 % {horizon} AS lead, n * 1299709 % 100 AS place
    FROM numbers
), lasting AS (SELECT *, (booked / 86400 + lead) * 86400 + 50400 AS starts FROM timed)
SELECT {organization}, {id}, {place}, 'hotel',
    CASE WHEN dice < 700 THEN 'completed' WHEN dice < 850 THEN 'confirmed'
        WHEN dice < 950 THEN 'cancelled' ELSE 'expired' END, {false}, {at:starts}, starts / 900,
    {day:starts}, 1 + place % 3, 1, 1 + place % 4, lead, 9900 * (1 + place % 3),
    9900 * (1 + place % 3), CASE WHEN place < 80 THEN 'EUR' ELSE 'USD' END, {at:booked},
    booked / 900, CASE WHEN dice < 950 THEN {at:booked + 60} END,
    CASE WHEN dice < 800 THEN {at:booked + 90} END
FROM lasting
"""
DAYS = """
INSERT INTO booking_days (organization_id, day, booking_id, resource_id, state, units, people,
    worth_minor, currency)
SELECT organization_id, {later}, id, resource_id, state, units, people, 9900, currency
FROM booking_facts, (SELECT 0 AS night UNION ALL SELECT 1 UNION ALL SELECT 2) AS nights
WHERE night < days
"""
PLACES = """
INSERT INTO resources (organization_id, id, version, kind, name, zone, sold_by_day, offering)
WITH {numbers} SELECT {organization}, {id}, 1, 'hotel', 'room type ' || n, 'Europe/Lisbon',
    {true}, {document}
FROM numbers
"""
POOLS = """
INSERT INTO pools (organization_id, id, resource_id, day, capacity, allowance, taken, closed)
WITH {numbers}, dated AS (SELECT n, n % 100 AS place, {began} + n / 100 * 86400 AS day
    FROM numbers)
SELECT {organization}, 'pool ' || n, {place}, {day:day}, 60, 0, n % 61, {false} FROM dated
"""
MANY_PLACES, MANY_POOLS = 100, 100 * (365 + HORIZON)


@attrs.frozen
class Spelling:
    """The few things that the two databases say differently."""

    numbers: str
    organization: str
    id: str
    booking: str
    reference: str
    agent: str
    place: str
    true: str
    false: str
    later: str
    document: str
    at: str
    day: str

    def say(self, statement: str, many: int) -> str:
        for name, pattern in (("at", self.at), ("day", self.day)):
            head, *parts = statement.split(f"{{{name}:")
            for part in parts:
                seconds, _, rest = part.partition("}")
                head += pattern.replace("SECONDS", seconds) + rest
            statement = head
        return statement.format(
            **{name: value for name, value in attrs.asdict(self).items() if name != "numbers"},
            numbers=self.numbers.replace("MANY", str(many)),
            many=many,
            began=int(BEGAN.timestamp()),
            seconds=YEAR,
            horizon=HORIZON,
        )


def on_sqlite(organization: str) -> Spelling:
    return Spelling(
        numbers="RECURSIVE numbers (n) AS"
        " (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < MANY)",
        organization=f"'{organization.replace('-', '')}'",
        id="printf('%032x', n)",
        booking="printf('%032x', booking)",
        reference="substr(id, -16)",
        agent="printf('%032x', agent)",
        place="printf('%032x', place)",
        true="1",
        false="0",
        document="'{}'",
        later="date(first_day, '+' || night || ' days')",
        at="strftime('%Y-%m-%d %H:%M:%S.000000', SECONDS, 'unixepoch')",
        day="date(SECONDS, 'unixepoch')",
    )


def on_postgres(organization: str) -> Spelling:
    return Spelling(
        numbers="numbers AS (SELECT generate_series(0, MANY - 1)::BIGINT AS n)",
        organization=f"'{organization}'::UUID",
        id="lpad(to_hex(n), 32, '0')::UUID",
        booking="lpad(to_hex(booking), 32, '0')::UUID",
        reference="right(replace(id::TEXT, '-', ''), 16)",
        agent="lpad(to_hex(agent), 32, '0')::UUID",
        place="lpad(to_hex(place), 32, '0')::UUID",
        true="TRUE",
        false="FALSE",
        document="'{}'::JSONB",
        later="first_day + night",
        at="to_timestamp(SECONDS)",
        day="(to_timestamp(SECONDS) AT TIME ZONE 'UTC')::DATE",
    )


async def make(on: Stage, url: str, many: int, *statements: str) -> None:
    """As whoever owns the tables, and without a look at what rows refer to."""
    of = str(on.actor.organization_id)
    owner: str | None = on.container.settings().database_owner_url
    if owner is None:
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection, connection:
            for statement in statements:
                connection.execute(on_sqlite(of).say(statement, many))
        return
    async with administrator(owner) as connection:
        await connection.execute("SET session_replication_role = replica")
        for statement in statements:
            await connection.execute(on_postgres(of).say(statement, many), timeout=3600)
        await connection.execute("VACUUM ANALYZE")
