"""Reports of figures about calls: what a dashboard shows is what a file says."""

import json
from typing import Any

import pytest

from tests.http.counted_calls import keep, past_call
from tests.http.desk import Desk, problem

pytestmark = pytest.mark.anyio

SPAN = {"from": "2027-02-27T00:00:00Z", "until": "2027-02-28T00:00:00Z", "zone": "UTC"}


async def lines(desk: Desk, report: str, **query: str) -> list[dict[str, Any]]:
    taken = await desk.get(f"/v1/reports/{report}", params={**SPAN, "format": "jsonl", **query})
    assert taken.status_code == 200, taken.text
    return [json.loads(line) for line in taken.text.splitlines()]


async def test_dashboard_and_table_say_the_same(any_desk: Desk) -> None:
    await keep(
        any_desk,
        past_call(waited=20, talked=100, held=40, wrapped=30),
        past_call(waited=5, talked=None),
    )
    shown = (await any_desk.get("/v1/analytics/calls/overview", params=SPAN)).json()["figures"]
    said = {row["figure"]: row["value"] for row in await lines(any_desk, "call_overview")}
    assert said == shown
    assert said["calls"] == 2

    hours = await lines(any_desk, "call_volume", interval="hour")
    assert len(hours) == 24
    assert sum(row["calls"] for row in hours) == 2
    every = await lines(any_desk, "call_full", interval="hour")
    calls = [row["value"] for row in every if row["figure"] == "calls"]
    assert calls == [row["calls"] for row in hours]
    none = await lines(any_desk, "call_overview", filter="direction:outbound")
    assert none[0] == {**none[0], "figure": "calls", "value": 0}
    refused = await any_desk.get("/v1/reports/call_volume", params={"filter": "direction:up"})
    assert problem(refused) == (422, "bad_filter")
