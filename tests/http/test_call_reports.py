"""Reports of figures about calls: what a dashboard shows is what a file says."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.calls.call import Handler
from domain.kernel.identifiers import AgentId
from tests.http.counted_calls import BEGAN, heard_presences, keep, past_call
from tests.http.desk import Desk, problem

pytestmark = pytest.mark.anyio

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
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


async def test_agents_are_as_busy_in_a_table_as_on_a_dashboard(any_desk: Desk) -> None:
    any_desk.clock.now = BEGAN
    added = await any_desk.post("/v1/agents", {"name": "Ana", "kind": "person"})
    idle = await any_desk.post("/v1/agents", {"name": "Bert", "kind": "person"})
    for minutes, presence in ((0, "available"), (40, "paused"), (60, "offline")):
        any_desk.clock.now = BEGAN + minutes * MINUTE
        for agent in (added, idle):
            path = f"{agent.headers['Location']}/presence"
            assert (await any_desk.post(path, {"presence": presence})).status_code == 200
    ana, bert = (AgentId(UUID(agent.json()["id"])) for agent in (added, idle))
    theirs = Handler(agent_id=ana)
    await keep(any_desk, past_call(talked=600, held=60, wrapped=600, handler=theirs), past_call())
    await heard_presences(any_desk)

    answer = (await any_desk.get("/v1/analytics/calls/groups", params=SPAN)).json()
    busy = {one["key"]: one["figures"] for one in answer["groups"]}
    rows = {row["agent_id"]: row for row in await lines(any_desk, "call_agents")}

    assert busy[str(ana)]["agent_occupancy"] == 1200 / 2400
    assert busy[str(bert)]["agent_occupancy"] == 0
    assert busy[str(bert)]["signed_in_seconds"] == 3600
    assert busy[str(bert)]["calls"] == 0
    assert "agent_occupancy" not in busy[None]
    assert answer["definitions"]["agent_occupancy"] == 1
    for key, figures in busy.items():
        assert {name: rows[key][name] for name in figures} == figures
    assert rows[None]["agent_occupancy"] is None

    some = (
        await any_desk.get("/v1/analytics/calls/groups", params={**SPAN, "direction": "inbound"})
    ).json()
    assert all("agent_occupancy" not in one["figures"] for one in some["groups"])
