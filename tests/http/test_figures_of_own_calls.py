"""Figures for those who see their own calls alone."""

from typing import Any
from uuid import UUID

import pytest

from domain.calls.call import Handler
from domain.kernel.actors import Permission
from domain.kernel.identifiers import ActorId
from tests.http.call_desk import CallDesk
from tests.http.counted_calls import keep, past_call
from tests.http.desk import Caller, Desk, problem

pytestmark = pytest.mark.anyio

SPAN = {"from": "2027-02-27T00:00:00Z", "until": "2027-02-28T00:00:00Z", "zone": "UTC"}
DAILY = {**SPAN, "interval": "day"}


async def agent_of(desk: Desk) -> tuple[Caller, str]:
    """Somebody who handles calls, with two of their own among four."""
    agent, acts_as = await CallDesk(desk=desk).acting()
    own = Handler(actor_id=ActorId(UUID(acts_as)))
    others = Handler(actor_id=desk.actor.id)
    await keep(
        desk,
        past_call(handler=own, talked=30),
        past_call(handler=own, talked=90),
        past_call(handler=others, talked=500, sentiment_milli=500),
        past_call(talked=None),
    )
    return agent, acts_as


async def asked(caller: Caller, what: str, **query: Any) -> dict[str, Any]:
    answer = await caller.get(f"/v1/analytics/calls/{what}", params=query)
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def test_who_sees_their_own_calls_sees_their_own_figures(desk: Desk) -> None:
    agent, _ = await agent_of(desk)

    everybodys = (await asked(desk, "overview", **SPAN))["figures"]
    own = (await asked(agent, "overview", **SPAN))["figures"]

    assert (everybodys["calls"], own["calls"]) == (4, 2)
    assert own["average_duration"] == 60
    assert (await asked(agent, "volume", **DAILY))["figures"]["calls"] == 2
    assert (await asked(agent, "durations", **SPAN))["calls"] == 2
    assert (await asked(agent, "sentiment", **DAILY))["figures"]["average_sentiment"] is None
    assert sum(hour["calls"] for hour in (await asked(agent, "peaks", **SPAN))["hours"]) == 2
    assert len((await asked(agent, "behind", figure="calls", **SPAN))["items"]) == 2


async def test_nobody_sees_whose_figures_they_may_not_see_by_naming_them(desk: Desk) -> None:
    agent, whose = await agent_of(desk)

    named = await asked(agent, "overview", handler_id=whose, **SPAN)
    others = await agent.get(
        "/v1/analytics/calls/overview", params={**SPAN, "handler_id": str(desk.actor.id)}
    )

    assert named["figures"]["calls"] == 2
    assert problem(others) == (403, "not_permitted")


@pytest.mark.parametrize("what", ["groups", "quality", "escalations", "resolution"])
async def test_figures_of_all_take_being_shown_all_calls(desk: Desk, what: str) -> None:
    agent = await desk.caller(frozenset({Permission.HANDLE_OWN_CALLS}))

    answer = await agent.get(f"/v1/analytics/calls/{what}", params=SPAN)

    assert problem(answer) == (403, "not_permitted")
