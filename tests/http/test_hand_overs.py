"""What whoever takes a caller over is told, and nobody else."""

from uuid import uuid4

import attrs
import pytest

from tests.http.call_desk import CallDesk
from tests.http.desk import Desk, problem
from tests.http.test_call_quality import line

pytestmark = pytest.mark.anyio

SAID = [
    line("customer", "I have paid twice.", 1),
    line("agent", "What may I do about it?", 2),
    line("customer", "When do I get my refund", 3),
    line("customer", "Is that long?", 4),
    line("customer", "4111 1111 1111 1111", 5),
]


async def test_whoever_takes_over_is_told_what_it_is_about(any_desk: Desk) -> None:
    calls = CallDesk(desk=any_desk)
    agent, acts_as = await calls.acting()
    stranger, _ = await calls.acting()
    await calls.agent(acts_as=acts_as)
    call = await calls.call()
    said = await any_desk.post(f"/v1/calls/{call}/lines", {"lines": SAID})
    assert said.status_code == 201, said.text
    asked = await calls.escalate(call, note="Is upset.")
    path = f"/v1/escalations/{asked.json()['id']}/hand-over"

    with any_desk.statements() as seen:
        told = (await any_desk.get(path)).json()
        spent = len(seen)
    assert (await agent.get(path)).json() == told
    assert told["holds"] == []
    assert told["escalation"]["note"] == "Is upset."
    assert (told["call"]["id"], told["call"]["caller"]) == (call, "+351910000000")
    assert [one["line"] for one in told["summary"]] == [1, 3, 5]
    assert told["summary"][2]["text"] == "[card]"
    assert told["key_points"] == ["When do I get my refund", "Is that long?"]
    assert spent == 5
    assert problem(await stranger.get(path)) == (404, "escalation_not_found")
    unknown = f"/v1/escalations/{uuid4()}/hand-over"
    assert problem(await any_desk.get(unknown)) == (404, "escalation_not_found")


async def test_what_was_held_in_the_call_and_still_is_is_told(desk: Desk) -> None:
    calls = CallDesk(desk=desk)
    agent, acts_as = await calls.acting()
    await calls.agent(acts_as=acts_as)
    call = await calls.call()
    busy = attrs.evolve(desk, headers={**desk.headers, "Call-Id": call})
    rooms = await desk.rooms()
    held, released = [await busy.hold(rooms, night=night) for night in (1, 2)]
    assert (await busy.step(released, "release")).status_code == 200
    await desk.hold(rooms, night=3)
    asked = await calls.escalate(call)
    path = f"/v1/escalations/{asked.json()['id']}/hand-over"

    assert (await desk.get(path)).json()["holds"] == [
        {
            "booking_id": held.json()["id"],
            "reference": held.json()["reference"],
            "expires_at": held.json()["expires_at"],
        }
    ]
    assert (await agent.get(path)).json()["holds"] == []
