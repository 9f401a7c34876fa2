"""Agents and queues over HTTP."""

import pytest

from tests.http.call_desk import LINE, CallDesk
from tests.http.desk import Desk, problem

pytestmark = pytest.mark.anyio


async def test_an_agent_is_added_changed_and_deleted(any_desk: Desk) -> None:
    said = {"name": "Ana Sousa", "kind": "person", "skills": ["german"], "extension": "101"}
    added = await any_desk.post("/v1/agents", said)
    twin = await any_desk.post("/v1/agents", {**said, "name": "Another"})
    path, tag = added.headers["Location"], {"If-Match": added.headers["ETag"]}
    changed = await any_desk.send("PUT", path, json={**said, "level": 3}, headers=tag)
    late = await any_desk.send("DELETE", path, headers=tag)
    board = await any_desk.get("/v1/agents", params={"skill": "german"})
    tag = {"If-Match": changed.headers["ETag"]}
    deleted = await any_desk.send("DELETE", path, headers=tag)

    assert (await any_desk.get(path)).status_code == 404
    assert added.json()["presence"] == "offline"
    assert problem(twin) == (409, "agent_taken")
    assert (changed.json()["level"], problem(late)) == (3, (412, "version_changed"))
    assert [agent["id"] for agent in board.json()["items"]] == [added.json()["id"]]
    assert (await any_desk.get("/v1/agents", params={"skill": "welsh"})).json()["items"] == []
    assert deleted.status_code == 200


async def test_an_agent_comes_rests_and_leaves(desk: Desk) -> None:
    calls = CallDesk(desk=desk)
    came = await calls.agent()
    agent_id = came.json()["id"]
    rests = await calls.shows(agent_id, "paused", pause="lunch")
    left = await calls.shows(agent_id, "offline")

    assert came.json()["presence"] == "available"
    assert (rests.json()["presence"], rests.json()["pause"]) == ("paused", "lunch")
    assert (left.json()["presence"], left.json()["pause"]) == ("offline", None)


async def test_agents_speak_for_themselves(desk: Desk) -> None:
    calls = CallDesk(desk=desk)
    caller, acts_as = await calls.acting()
    nobody = await caller.get("/v1/agents/me")
    mine = (await calls.agent(acts_as=acts_as)).json()["id"]
    other = (await calls.agent("Bert")).json()["id"]
    path = "/v1/agents/{}/presence"
    own = await caller.post(path.format(mine), {"presence": "offline"})
    foreign = await caller.post(path.format(other), {"presence": "offline"})

    assert problem(nobody) == (404, "no_agent_of_yours")
    assert (await caller.get("/v1/agents/me")).json()["id"] == mine
    assert own.json()["presence"] == "offline"
    assert problem(foreign) == (403, "not_your_agent")
    assert problem(await caller.get("/v1/agents")) == (403, "not_permitted")


async def test_an_agent_with_a_caller_is_not_deleted(desk: Desk) -> None:
    calls = CallDesk(desk=desk)
    agent = await calls.agent()
    await calls.escalate()
    path = f"/v1/agents/{agent.json()['id']}"
    refused = await desk.send("DELETE", path, headers={"If-Match": "*"})

    assert problem(refused) == (409, "agent_engaged")
    assert problem(await calls.shows(agent.json()["id"], "offline")) == (409, "agent_engaged")


async def test_a_queue_is_opened_changed_and_shows_who_waits(any_desk: Desk) -> None:
    calls = CallDesk(desk=any_desk)
    hours = [{"days": ["monday"], "opens": "09:00:00", "closes": "00:00:00"}]
    opened = await calls.queue(hours=hours, holidays=["2027-12-25"])
    assert (await any_desk.get(opened.headers["Location"])).json() == opened.json()
    await calls.escalate()
    shown = (await any_desk.get("/v1/queues")).json()["items"]
    changed = await any_desk.send(
        "PUT",
        opened.headers["Location"],
        json={**LINE, "active": False},
        headers={"If-Match": opened.headers["ETag"]},
    )
    closed = await calls.escalate(queue_id=opened.json()["id"])

    assert opened.json()["hours"] == hours
    assert [(line["queue"]["title"], line["waiting"]) for line in shown] == [("Desk", 1)]
    assert (changed.json()["active"], changed.json()["hours"]) == (False, [])
    assert problem(closed) == (409, "queue_closed")
    assert problem(await calls.escalate()) == (409, "nobody_free")
    assert problem(await calls.queue()) == (409, "queue_title_taken")


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"zone": "Europe/Atlantis"}, "unknown_zone"),
        (
            {"hours": [{"days": ["monday"], "opens": "18:00:00", "closes": "09:00:00"}]},
            "bad_shift",
        ),
    ],
)
async def test_queues_make_sense(desk: Desk, wrong: dict[str, object], code: str) -> None:
    assert problem(await CallDesk(desk=desk).queue(**wrong)) == (422, code)
