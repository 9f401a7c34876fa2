"""Calls of the past are imported once; rows that are refused keep none of the others out."""

from collections import Counter
from typing import Any

import pytest
from sqlalchemy import func, select

from adapters.schema.calls import calls
from application.calls.import_calls import ImportCalls
from application.kernel.rows import Row
from entrypoints.http.importing.lines import Format
from entrypoints.http.importing.past_calls import past_calls
from tests.http.desk import Desk

pytestmark = pytest.mark.anyio

LINES = [
    "key,direction,status,started_at,answered_at,ended_at,agent\n",
    *(
        f"{key},inbound,completed,2027-01-01T09:00:00Z,2027-01-01T09:00:05Z,{ended},Mira\n"
        for key, ended in (
            ("one", "2027-01-01T09:01:00Z"),
            ("two", "2027-01-01T08:59:00Z"),
            ("one", "2027-01-01T09:01:00Z"),
            ("three", "2027-01-01T09:02:00Z"),
        )
    ),
]


async def test_calls_of_the_past_are_taken_once(any_desk: Desk) -> None:
    desk, codes = any_desk, list[Counter[str]]()
    import_calls: Any = desk.container.telephony.import_calls()
    for _ in range(2):
        rows = [row for row in past_calls(Format.CSV, LINES) if isinstance(row, Row)]
        refused = await import_calls(ImportCalls(actor=desk.actor, rows=rows))
        codes.append(Counter(one.code for one in refused))
    number = await desk.container.database().read(
        lambda connection: connection.execute(select(func.count(calls.c.id))).scalar_one(),
        of=desk.actor.organization_id,
    )

    assert codes[0] == {"begins_before_it_ends": 1, "call_imported_before": 1}
    assert codes[1] == {"begins_before_it_ends": 1, "call_imported_before": 3}
    assert number == 2
