"""What was used in some time is what dashboards and runs say of it."""

from datetime import timedelta
from typing import Any

import pytest

from domain.kernel.actors import Permission
from tests.fakes.time import Time
from tests.http.counted_calls import keep, past_call
from tests.http.counting import hear
from tests.http.desk import Desk, problem
from tests.http.test_booking_figures import confirmed
from tests.http.test_pipelines import added, posted, room, run

pytestmark = pytest.mark.anyio

METERED = "/v1/organization/usage/metered"
DAY = timedelta(days=1)


async def told(desk: Desk, **params: str) -> Any:
    answer = await desk.get(METERED, params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_what_was_used_from_one_moment_until_another(any_desk: Desk, clock: Time) -> None:
    began = clock.now
    await keep(any_desk, past_call(at=began, talked=90), past_call(at=began - 8 * DAY))
    await confirmed(any_desk, await any_desk.rooms(), night=12)
    pipeline = await added(any_desk)
    await posted(any_desk, room("a"), room("b"))
    assert (await run(any_desk, pipeline))["counts"]["new"] == 2
    await hear(any_desk)

    week = await told(any_desk)
    before = await told(any_desk, until=began.isoformat())
    calls = (await any_desk.get("/v1/analytics/calls/overview")).json()

    assert week["calls"] == calls["figures"]["calls"] == 1
    assert (week["talk_seconds"], week["bookings"], week["posted_events"]) == (90, 1, 2)
    assert week["brought_in_rows"] == 2
    used = ("calls", "talk_seconds", "bookings", "brought_in_rows", "posted_events")
    assert [before[name] for name in used] == [0, 0, 0, 0, 0]


async def test_it_takes_the_permission_to_see_settings(desk: Desk) -> None:
    listener = await desk.caller(frozenset({Permission.READ_CALLS}))

    assert problem(await listener.get(METERED)) == (403, "not_permitted")
