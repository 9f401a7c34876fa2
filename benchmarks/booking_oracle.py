"""`uv run --no-project --with duckdb python benchmarks/booking_oracle.py LINES CAPACITY AT`.

What figures about a hotel's bookings must be, by DuckDB and without any code of the product: of
the lines that were imported, with so many rooms of each type on sale. Prints JSON.
"""

import json
import sys
from typing import Any

import duckdb  # type: ignore[import-not-found]

READ = """
    CREATE TABLE stays AS SELECT
        resource_key AS room, state, total_minor,
        request.check_in::DATE AS first, request.check_out::DATE AS until,
        request.guests::INT AS people, booked_at::TIMESTAMPTZ AS booked_at,
        timezone('Europe/Lisbon', booked_at::TIMESTAMPTZ)::DATE AS booked_on,
        state <> 'cancelled' AS standing
    FROM read_json(?, format='newline_delimited', columns={
        resource_key: 'VARCHAR', state: 'VARCHAR', total_minor: 'BIGINT', booked_at: 'VARCHAR',
        request: 'STRUCT(check_in VARCHAR, check_out VARCHAR, guests INT)'})
"""
BY_MONTH = """
    SELECT strftime({day}, '%Y-%m') AS month, count(*),
        count(*) FILTER (standing), count(*) FILTER (state = 'cancelled'),
        count(*) FILTER (state = 'no_show'), count(*) FILTER (state = 'completed'),
        coalesce(sum(people) FILTER (standing), 0)::BIGINT,
        coalesce(sum(total_minor) FILTER (standing), 0)::BIGINT,
        coalesce(sum(first - booked_on) FILTER (standing), 0)::BIGINT,
        count(*) FILTER (state = 'cancelled') / count(*)
    FROM stays GROUP BY month ORDER BY month
"""
NIGHTS = """
    CREATE TABLE nights AS SELECT room, people, first + number::INT AS day,
        total_minor // (until - first)
            + CASE WHEN number < total_minor % (until - first) THEN 1 ELSE 0 END AS worth
    FROM (SELECT *, unnest(range(until - first)) AS number FROM stays WHERE standing)
"""
BY_NIGHT = """
    SELECT day::VARCHAR, count(*), sum(people)::BIGINT, sum(worth)::BIGINT,
        count(*) / (SELECT count(DISTINCT room) * $rooms FROM stays),
        sum(worth)::BIGINT / count(*),
        sum(worth)::BIGINT / (SELECT count(DISTINCT room) * $rooms FROM stays)
    FROM nights GROUP BY day ORDER BY day
"""
LEAD = """
    SELECT count(*), sum(lead)::BIGINT / count(*), quantile_cont(lead, 0.25),
        quantile_cont(lead, 0.5), quantile_cont(lead, 0.75), quantile_cont(lead, 0.9)
    FROM (SELECT (first - booked_on)::DOUBLE AS lead FROM stays WHERE standing)
"""
BY_ROOM = """
    SELECT room, count(*), coalesce(sum(people) FILTER (standing), 0)::BIGINT,
        coalesce(sum(total_minor) FILTER (standing), 0)::BIGINT
    FROM stays GROUP BY room ORDER BY room
"""
ON_THE_BOOKS = """
    SELECT day::VARCHAR, count(*) FILTER (booked_at <= $at::TIMESTAMPTZ)
    FROM (
        SELECT booked_at, first + unnest(range(until - first))::INT AS day
        FROM stays WHERE standing
    )
    WHERE day BETWEEN '2016-08-01' AND '2016-08-31' GROUP BY day ORDER BY day
"""


def recomputed(path: str, rooms: int, at: str) -> dict[str, Any]:
    hotel = duckdb.connect()
    hotel.execute(READ, [path])
    hotel.execute(NIGHTS)

    def asked(question: str, **values: Any) -> list[list[Any]]:
        return [list(row) for row in hotel.execute(question, values or None).fetchall()]

    return {
        "booked": asked(BY_MONTH.format(day="booked_on")),
        "starts": asked(BY_MONTH.format(day="first")),
        "nights": asked(BY_NIGHT, rooms=rooms),
        "lead": asked(LEAD),
        "rooms": asked(BY_ROOM),
        "on_the_books": asked(ON_THE_BOOKS, at=at),
    }


if __name__ == "__main__":
    print(json.dumps(recomputed(sys.argv[1], int(sys.argv[2]), sys.argv[3])))
