"""Who has which calls, as the database tells it."""

import uuid

import httpx
import pytest

from domain.kernel.identifiers import CallId
from tests.http.call_desk import CallDesk
from tests.http.calling import of, talks
from tests.http.desk import Desk

pytestmark = pytest.mark.anyio


async def test_whoever_accepted_a_call_has_it(any_desk: Desk) -> None:
    ours, nobodys = [await talks(any_desk, f"pbx-{number}") for number in range(2)]
    taken = await any_desk.post(of(ours, "accept"), headers={"If-Match": "*"})

    owners = await any_desk.container.calls.owners().of(
        any_desk.actor, [_id(ours), _id(nobodys), CallId(uuid.uuid4())]
    )

    assert {id: owner and str(owner) for id, owner in owners.items()} == {
        _id(ours): taken.json()["handler"]["actor_id"],
        _id(nobodys): None,
    }


async def test_whoever_acts_as_an_agent_answers_as_that_agent(any_desk: Desk) -> None:
    calls = CallDesk(desk=any_desk)
    softphone, acts_as = await calls.acting()
    ana = (await calls.agent(acts_as=acts_as)).json()["id"]
    rui = (await calls.agent("Rui Costa")).json()["id"]
    first, second = [await talks(any_desk, f"pbx-{number}") for number in range(2)]

    taken = await softphone.post(of(first, "accept"))
    again = await softphone.post(of(first, "accept"), {"agent_id": ana})
    posed = await softphone.post(of(second, "accept"), {"agent_id": rui})
    said_by_the_desk = await any_desk.post(of(second, "accept"), {"agent_id": rui})

    assert taken.json()["handler"] == {"actor_id": acts_as, "agent_id": ana, "bot": None}
    assert again.json()["handler"] == taken.json()["handler"]
    assert (posed.status_code, posed.json()["code"]) == (403, "not_your_agent")
    assert said_by_the_desk.json()["handler"]["agent_id"] == rui


async def test_a_bot_that_acts_as_an_agent_answers_under_its_name(any_desk: Desk) -> None:
    calls = CallDesk(desk=any_desk)
    machine, acts_as = await calls.acting()
    bot = (await calls.agent("Concierge", kind="bot", acts_as=acts_as)).json()["id"]
    first, second = [await talks(any_desk, f"pbx-{number}") for number in range(2)]

    taken = await machine.post(of(first, "accept"))
    other = await machine.post(of(second, "accept"), {"bot": "night shift"})

    assert taken.json()["handler"] == {"actor_id": acts_as, "agent_id": bot, "bot": "Concierge"}
    handler = {"actor_id": acts_as, "agent_id": None, "bot": "night shift"}
    assert other.json()["handler"] == handler


def _id(call: httpx.Response) -> CallId:
    return CallId(uuid.UUID(call.json()["id"]))
