"""A step that sums up what is there already comes to what the program would."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta, timezone
from functools import partial
from itertools import cycle, islice
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Connection, Table, insert

from adapters.mapping.summed_calls import calls_summed_anew
from adapters.mapping.sums import differing
from adapters.migrations.runner import downgrade, upgrade
from adapters.schema.call_figures import call_figures, call_group_days, call_inbound_hours
from adapters.sql.database import EVERYBODY, Database
from domain.analytics.counted_calls import ACTIVE, COMPLETED, FAILED

pytestmark = pytest.mark.anyio

BEGAN = datetime(2026, 3, 28, 22, tzinfo=timezone.utc)
# As many of each as share no divisor with others, so that all kinds of calls come together.
NUMBERS = (None, -1, 0, 399, 400, 600, 799, 800, 5000, 5001, 20_000, 20_001, 1000)
FEELINGS = (None, -101, -100, 0, 100, 101, 1000)
IDS = (None, UUID(int=7), UUID(hex="0a" * 16))


def calls() -> Iterator[Mapping[str, Any]]:
    statuses = cycle(sorted({*ACTIVE, COMPLETED, *FAILED}))
    numbers, feelings, ids = cycle(NUMBERS), cycle(FEELINGS), cycle(IDS)
    for number, status in enumerate(islice(statuses, 400)):
        at = BEGAN + timedelta(minutes=7 * number)
        lasted = ("waited_ms", "stayed_ms", "talked_ms", "held_ms", "wrapped_ms", "score")
        found = ("compliance", "accuracy", "professionalism")
        yield {
            "organization_id": UUID(int=1 + number % 2),
            "id": UUID(int=number),
            "started_at": at,
            "started_quarter": int(at.timestamp()) // 900,
            "asked_at": at if number % 3 else None,
            "asked_quarter": int(at.timestamp()) // 900 if number % 3 else None,
            "inbound": bool(number % 2),
            "status": status,
            "escalated": number % 5 == 0,
            "template": (None, "a", "b-c", "")[number % 4],
            "issues": "",
            "sentiment": next(feelings),
            **{name: next(numbers) for name in (*lasted, *found)},
            **{f"{whose}_id": next(ids) for whose in ("agent", "handler", "queue", "disposition")},
        }


@pytest.mark.parametrize(
    ("before", "table", "number"),
    [("0079", call_group_days, "day"), ("0082", call_inbound_hours, "hour")],
)
async def test_calls_of_before_are_summed_up(
    database: Database, before: str, table: Table, number: str
) -> None:
    def make(connection: Connection) -> None:
        connection.execute(insert(call_figures), list(calls()))

    def wrong(connection: Connection) -> list[Any]:
        question = differing(table, calls_summed_anew(), number)
        return list(connection.execute(question))

    await database.write(upgrade, of=EVERYBODY)
    await database.write(make, of=EVERYBODY)
    assert await database.write(wrong, of=EVERYBODY) != []

    await database.write(partial(downgrade, revision=before), of=EVERYBODY)
    await database.write(upgrade, of=EVERYBODY)

    assert await database.write(wrong, of=EVERYBODY) == []
