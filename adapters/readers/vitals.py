"""How PostgreSQL does, from its own views; SQLite has no transactions of others, and no replicas.

Who is not a member of `pg_monitor` sees transactions of their own role only, and no replicas.
"""

from datetime import timedelta

from sqlalchemy import Connection, text

from adapters.sql.server_clock import NOW
from application.kernel.care import Vitals

BEGUN = "CAST(extract(epoch FROM min(xact_start)) * 1000000 AS BIGINT)"
ASKED = text(f"""
    SELECT
        (SELECT {NOW["postgresql"]} - {BEGUN} FROM pg_stat_activity
            WHERE datname = current_database() AND backend_type = 'client backend'
                AND pid <> pg_backend_pid()),
        (SELECT max(age(datfrozenxid)) FROM pg_database),
        (SELECT max(extract(epoch FROM replay_lag)) FROM pg_stat_replication)
""")  # noqa: S608  (words of our own)


def vitals_of(connection: Connection) -> Vitals:
    if connection.dialect.name != "postgresql":
        return Vitals()
    longest, numbers, behind = connection.execute(ASKED).one()
    return Vitals(
        longest_transaction=timedelta(microseconds=max(longest or 0, 0)),
        numbers_used=numbers,
        replica_behind=timedelta(seconds=float(behind or 0)),
    )
