"""Escalations over HTTP, from the request until the caller was helped."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from application.calls.close_escalation_of import CloseEscalationOf
from application.calls.keep_time import KeepTime
from domain.kernel.identifiers import CallId
from tests.http.call_desk import CallDesk
from tests.http.desk import Desk, problem

pytestmark = pytest.mark.anyio


async def test_a_caller_is_handed_over_warmly(any_desk: Desk) -> None:
    calls = CallDesk(desk=any_desk)
    agent = await calls.agent()
    asked = await calls.escalate(cause="complaint", note="Has paid twice.")
    waits = await calls.step(asked, "accept")
    briefed = await calls.step(asked, "brief")
    bridged = await calls.step(asked, "bridge")
    done = await calls.step(asked, "complete", {"rating": 5})
    freed = (await any_desk.get(f"/v1/agents/{agent.json()['id']}")).json()

    assert [
        (it.json()["state"], it.json()["status"], it.json()["caller_hears"])
        for it in (asked, waits, briefed, bridged, done)
    ] == [
        ("offered", "pending", "music"),
        ("accepted", "in_progress", "music"),
        ("briefing", "in_progress", "music"),
        ("bridged", "in_progress", "conversation"),
        ("completed", "completed", "nothing"),
    ]
    kinds = [it.json()["owner"] and it.json()["owner"]["kind"] for it in (asked, bridged, done)]
    assert kinds == ["requester", "agent", None]
    assert (freed["presence"], freed["calls_handled"], freed["rating"]) == ("available", 1, 5.0)
    assert asked.json()["note"] == "Has paid twice."
    assert problem(await calls.step(asked, "accept")) == (409, "no_such_step")


async def test_who_finds_nobody_waits_for_whoever_is_free_next(desk: Desk) -> None:
    calls = CallDesk(desk=desk)
    queue = await calls.queue()
    agent = await calls.agent()
    first = await calls.escalate()
    second = await calls.escalate()
    await calls.step(first, "accept")
    await calls.step(first, "hand-back", {"reason": "not_mine"})

    assert (second.json()["state"], second.json()["owner"]["id"]) == (
        "queued",
        queue.json()["id"],
    )
    assert second.json()["waiting"]["answer_by"] == "2027-03-01T12:02:00Z"
    now = await calls.read(second)
    assert (now["state"], now["agent_id"]) == ("offered", agent.json()["id"])
    back = await calls.read(first)
    assert (back["ended_because"], back["owner"]["kind"]) == ("not_mine", "requester")


async def test_what_nobody_can_help_with_is_a_message_or_called_back(desk: Desk) -> None:
    calls = CallDesk(desk=desk)
    await calls.queue()
    first, second, third = [await calls.escalate() for _ in range(3)]
    taken = await calls.step(first, "message", {"message": "Please send the invoice."})
    late = await calls.step(second, "callback", {"callback_at": "2027-03-01T11:00:00Z"})
    back = await calls.step(second, "callback", {"callback_at": "2027-03-02T09:00:00Z"})
    gone = await calls.step(third, "cancel")

    assert (taken.json()["state"], taken.json()["message"]) == (
        "message_taken",
        "Please send the invoice.",
    )
    assert problem(late) == (422, "callback_in_the_past")
    assert back.json()["callback_at"] == "2027-03-02T09:00:00Z"
    assert (gone.json()["state"], gone.json()["owner"]["kind"]) == ("cancelled", "requester")


async def test_a_caller_who_is_away_keeps_the_place(desk: Desk) -> None:
    calls = CallDesk(desk=desk)
    await calls.queue()
    asked = await calls.escalate()
    paused = await calls.step(asked, "pause")
    agent = await calls.agent()
    desk.clock.passes(timedelta(minutes=30))
    resumed = await calls.step(asked, "resume")

    assert (paused.json()["waiting"]["clock"], agent.json()["presence"]) == (
        "paused",
        "available",
    )
    assert (resumed.json()["state"], resumed.json()["agent_id"]) == (
        "offered",
        agent.json()["id"],
    )
    assert resumed.json()["waiting"]["answer_by"] == "2027-03-01T12:32:00Z"
    assert problem(await calls.step(asked, "pause")) == (409, "no_such_step")


async def test_only_its_agent_takes_the_steps_of_an_agent(desk: Desk) -> None:
    calls = CallDesk(desk=desk)
    caller, acts_as = await calls.acting()
    await calls.agent("Somebody else")
    foreign = await calls.escalate()
    await calls.agent(acts_as=acts_as)
    own = await calls.escalate()

    refused = await calls.step(foreign, "accept", by=caller)
    assert problem(refused) == (403, "not_your_escalation")
    assert problem(await calls.step(own, "cancel", by=caller)) == (403, "not_your_escalation")
    assert (await calls.step(own, "accept", by=caller)).json()["state"] == "accepted"


async def test_a_call_is_escalated_once_at_a_time_and_while_it_goes_on(desk: Desk) -> None:
    calls = CallDesk(desk=desk)
    await calls.agent()
    call_id = await calls.call()
    first = await calls.escalate(call_id)
    other = await calls.agent("Bert")
    again = await calls.escalate(call_id)
    unknown = await calls.escalate(str(uuid4()))
    busy = await calls.escalate(agent_id=first.json()["agent_id"])
    named = await calls.escalate(agent_id=other.json()["id"])

    assert problem(again) == (409, "already_escalated")
    assert problem(unknown) == (404, "call_not_found")
    assert problem(busy) == (409, "agent_not_available")
    assert named.json()["agent_id"] == other.json()["id"]


async def test_when_a_call_ends_its_escalation_does(desk: Desk) -> None:
    calls = CallDesk(desk=desk)
    await calls.agent()
    asked = await calls.escalate()
    close = desk.container.escalations.close_escalation_of()
    call_id = CallId(UUID(asked.json()["call_id"]))
    await close(CloseEscalationOf(actor=desk.actor, call_id=call_id))

    now = await calls.read(asked)
    assert (now["state"], now["ended_because"], now["owner"]) == (
        "cancelled",
        "caller_hung_up",
        None,
    )


async def test_organizations_have_offers_as_long_as_they_like(desk: Desk) -> None:
    await desk.send(
        "PUT",
        "/v1/settings/escalations.offer_seconds",
        json={"value": 5},
        headers={"If-Match": "*"},
    )
    calls = CallDesk(desk=desk)
    await calls.queue()
    await calls.agent()
    asked = await calls.escalate()
    keep_time = desk.container.escalations.keep_time()
    due = desk.container.escalations.time_to_keep()

    assert await due.organizations(now=desk.clock()) == []
    desk.clock.passes(timedelta(seconds=5))
    assert await due.organizations(now=desk.clock()) == [desk.actor.organization_id]
    await keep_time(KeepTime(actor=desk.actor, limit=10))
    assert (await calls.read(asked))["state"] == "queued"


async def test_escalations_are_found_and_counted(any_desk: Desk) -> None:
    calls = CallDesk(desk=any_desk)
    agent = (await calls.agent()).json()["id"]
    await calls.call()
    asked = await calls.escalate()
    await calls.step(asked, "accept")
    any_desk.clock.passes(timedelta(seconds=60))
    await calls.step(asked, "complete")
    any_desk.clock.passes(timedelta(seconds=1))
    again = await calls.escalate(asked.json()["call_id"])

    shown = await any_desk.get("/v1/escalations", params={"show": "open"})
    mine = await any_desk.get("/v1/escalations", params={"agent_id": agent, "limit": 1})
    rest = await any_desk.get(mine.headers["Link"].split(";")[0].strip("<>"))
    any_desk.clock.passes(timedelta(seconds=1))
    figures = (await any_desk.get("/v1/escalation-figures")).json()
    usage = (await any_desk.get(f"/v1/agents/{agent}/usage")).json()

    assert [one["id"] for one in shown.json()["items"]] == [again.json()["id"]]
    assert [one.json()["items"][0]["id"] for one in (mine, rest)] == [
        asked.json()["id"],
        again.json()["id"],
    ]
    assert (figures["calls"], figures["escalated_calls"], figures["rate"]) == (2, 1, 0.5)
    assert (figures["escalations"], figures["by_trigger"]["manual"]) == (2, 2)
    assert figures["seconds_to_resolve"] == 60.0
    assert (usage["offers"]["accepted"], usage["completed"]) == (1, 1)
    assert (usage["seconds_to_accept"], usage["seconds_to_complete"]) == (0.0, 60.0)
