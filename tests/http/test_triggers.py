"""Calls that are escalated by themselves, as the organization has set it."""

from typing import Any
from uuid import UUID

import pytest

from application.calls.pull_triggers import PullTriggers
from domain.kernel.identifiers import CallId
from tests.http.call_desk import CallDesk
from tests.http.desk import Desk
from tests.http.test_call_quality import line

pytestmark = pytest.mark.anyio

BORED = line("customer", "So so.", 1, sentiment=-0.3)
CARES = line("customer", "I would rather speak to Bernadette", 1)
LENGTHY = line("customer", "Some ten words " * 3 + "one.", 1)


async def escalated(desk: Desk, said: dict[str, Any]) -> str | None:
    """By which trigger."""
    call = await CallDesk(desk=desk).call()
    added = await desk.post(f"/v1/calls/{call}/lines", {"lines": [said]})
    assert added.status_code == 201, added.text
    pull = desk.container.escalations.pull_triggers()
    await pull(PullTriggers(actor=desk.actor, call_id=CallId(UUID(call)), first=1, last=1))
    page = (await desk.get("/v1/escalations", params={"call_id": call})).json()
    return next((one["trigger"] for one in page["items"]), None)


@pytest.mark.parametrize(
    ("key", "value", "said", "trigger"),
    [
        ("escalations.sentiment_percent", -30, BORED, "sentiment"),
        ("desk.kind", "sales", BORED, "sentiment"),
        ("escalations.keywords", ["Bernadette"], CARES, "keyword"),
        ("escalations.complexity_percent", 50, LENGTHY, "complexity"),
    ],
)
async def test_organizations_say_what_is_for_a_person(
    desk: Desk, key: str, value: Any, said: dict[str, Any], trigger: str
) -> None:
    assert await escalated(desk, said) is None
    changed = await desk.send(
        "PUT", f"/v1/settings/{key}", json={"value": value}, headers={"If-Match": "*"}
    )
    assert changed.status_code == 200, changed.text
    assert await escalated(desk, said) == trigger
