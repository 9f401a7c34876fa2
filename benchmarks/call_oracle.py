"""`uv run --no-project --with duckdb --with pytz python benchmarks/call_oracle.py LINES`.

What figures about a bank's calls have to be, recomputed by DuckDB. It shares no code with the
program, which never imports it.
"""

import json
import sys
from typing import Any

import duckdb  # type: ignore[import-not-found]

READ = """
    CREATE TABLE calls AS
    SELECT *, (answered_at IS NOT NULL) AS answered,
        greatest(0, 1000 * date_diff('second', queued_at, coalesce(answered_at, ended_at)))
            AS waited,
        1000 * date_diff('second', answered_at, ended_at) AS talked
    FROM (
        SELECT *, row_number() OVER () AS line FROM read_json(
        ?, format = 'newline_delimited', columns = {
            key: 'VARCHAR', status: 'VARCHAR', started_at: 'TIMESTAMP', queued_at: 'TIMESTAMP',
            answered_at: 'TIMESTAMP', ended_at: 'TIMESTAMP', agent: 'VARCHAR', template: 'VARCHAR'
        })
    )
    WHERE started_at <= coalesce(queued_at, started_at)
        AND coalesce(queued_at, started_at) <= ended_at
        AND (answered_at IS NULL OR answered_at BETWEEN started_at AND ended_at)
        AND (status = 'completed') = (answered_at IS NOT NULL)
        AND (answered_at IS NULL OR agent IS NOT NULL)
    QUALIFY row_number() OVER (PARTITION BY key ORDER BY line) = 1
"""
# An offered call is one that was queued or answered; who is answered without a queue waits 0.
FIGURES = """
    count(*) AS calls,
    count(*) FILTER (status = 'completed'),
    count(*) FILTER (status <> 'completed'),
    count(*) FILTER (offered),
    count(*) FILTER (offered AND answered),
    count(*) FILTER (offered AND NOT answered),
    count(*) FILTER (offered AND NOT answered) / nullif(count(*) FILTER (offered), 0),
    count(*) FILTER (offered AND answered AND wait <= 20000)
        / nullif(count(*) FILTER (offered), 0),
    count(*) FILTER (offered AND answered AND wait <= 20000)
        / nullif(count(*) FILTER (offered)
            - count(*) FILTER (offered AND NOT answered AND wait <= 5000), 0),
    (sum(wait) FILTER (offered AND answered))::BIGINT
        / nullif(1000 * count(*) FILTER (offered AND answered), 0),
    sum(talked)::BIGINT / nullif(1000 * count(talked), 0)
"""
OFFERED = """
    SELECT *, (queued_at IS NOT NULL OR answered) AS offered, coalesce(waited, 0) AS wait
    FROM calls
"""
ASKED = "SELECT {by}, {figures} FROM ({offered}) GROUP BY ALL ORDER BY 1 NULLS FIRST"
LASTED = """
    SELECT count({of}), sum({of})::BIGINT / (1000 * count({of})),
        quantile_cont({of}::DOUBLE, 0.5) / 1000, quantile_cont({of}::DOUBLE, 0.75) / 1000,
        quantile_cont({of}::DOUBLE, 0.9) / 1000, quantile_cont({of}::DOUBLE, 0.95) / 1000,
        quantile_cont({of}::DOUBLE, 0.99) / 1000
    FROM ({offered}) WHERE offered AND answered
"""
HOURS_OF_WEEK = """
    SELECT isodow(started_at), hour(started_at), count(*), count(*) FILTER (offered)
    FROM ({offered}) GROUP BY ALL ORDER BY 3 DESC, 1, 2
"""


def recomputed(path: str) -> dict[str, Any]:
    bank = duckdb.connect()
    bank.execute("SET TimeZone = 'UTC'")
    bank.execute(READ, [path])

    def asked(question: str) -> list[list[Any]]:
        return [list(row) for row in bank.execute(question).fetchall()]

    def by(key: str) -> list[list[Any]]:
        return asked(ASKED.format(by=key, figures=FIGURES, offered=OFFERED))

    return {
        "all": by("'all'"),
        "hour": by("strftime(date_trunc('hour', started_at), '%Y-%m-%dT%H:%M:%SZ')"),
        "day": by("strftime(date_trunc('day', started_at), '%Y-%m-%dT%H:%M:%SZ')"),
        "week": by(
            "strftime(greatest(date_trunc('week', started_at), TIMESTAMP '1999-01-01'),"
            " '%Y-%m-%dT%H:%M:%SZ')"
        ),
        "type": by("template"),
        "agent": by("agent"),
        "talk": asked(LASTED.format(of="talked", offered=OFFERED)),
        "wait": asked(LASTED.format(of="wait", offered=OFFERED)),
        "hours of the week": asked(HOURS_OF_WEEK.format(offered=OFFERED)),
    }


if __name__ == "__main__":
    print(json.dumps(recomputed(sys.argv[1])))
