"""What was held in a call is let go of when it ends, or held longer, as the organization wants."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from application.bookings.settle_holds_of_call import HoldsOfEndedCalls, SettleHoldsOfCall
from domain.kernel.actors import Actor
from tests.fakes.time import Time
from tests.http.calling import goes_on, talks
from tests.http.desk import Desk
from tests.http.sales import set_to
from tests.http.test_done_in_calls import within
from tests.http.till import Till
from tests.unit.test_notifications_send_booking_message import Context

pytestmark = pytest.mark.anyio

MINUTE = timedelta(minutes=1)


@pytest.fixture
async def till(
    anyio_backend: object,  # noqa: ARG001  (an event loop to run in)
    sqlite_url: str,
    clock: Time,
    tmp_path: Path,
) -> AsyncIterator[Till]:
    async with Till.opened(sqlite_url, clock, tmp_path) as till:
        yield till


async def work(desk: Desk) -> None:
    """What the worker makes of it, twice each."""
    organization_id = desk.actor.organization_id
    await desk.relay()
    await desk.container.event_relay().deliver(HoldsOfEndedCalls(), organization_id, limit=100)
    jobs = await desk.container.queued_jobs().waiting(limit=100)
    handler: Any = desk.container.after_calls.settle_holds_of_call_job()
    for job in [*jobs, *jobs]:
        if job.name == SettleHoldsOfCall.JOB:
            await handler(job, Context(actor=Actor.system(organization_id)))
    await desk.container.queued_jobs().forget(jobs)


async def states(desk: Desk, *held: httpx.Response) -> list[str]:
    found = [await desk.get(f"/v1/bookings/{one.json()['id']}") for one in held]
    return [one.json()["state"] for one in found]


async def expiry(desk: Desk, held: httpx.Response) -> datetime:
    found = await desk.get(f"/v1/bookings/{held.json()['id']}")
    return datetime.fromisoformat(found.json()["expires_at"])


async def test_holds_are_let_go_of_but_not_while_somebody_pays(till: Till) -> None:
    desk = till.desk
    await set_to(desk, "calls.holds_after", "release")
    rooms, call = await desk.rooms(capacity=9), await talks(desk)
    busy = within(desk, call)
    idle, paying, confirmed = [await busy.hold(rooms) for _ in range(3)]
    before = await desk.hold(rooms)
    await desk.step(confirmed, "confirm")
    begun = await till.begin(paying)
    await work(desk)
    assert await states(desk, idle, paying) == ["held", "held"]

    await goes_on(desk, call, "completed")
    await work(desk)

    assert await states(desk, idle, paying, confirmed, before) == [
        "released",
        "held",
        "confirmed",
        "held",
    ]
    await till.choose(begun, "three_d_secure", "confirm")
    await till.come_back(begun)
    assert await states(desk, paying) == ["confirmed"]
    assert not await desk.container.verification()()


async def test_holds_go_on_for_so_long_after_the_call(desk: Desk, clock: Time) -> None:
    await set_to(desk, "calls.holds_after", "extend")
    await set_to(desk, "calls.holds_after_minutes", 40)
    call = await talks(desk)
    held = await within(desk, call).hold(await desk.rooms())
    clock.passes(MINUTE)
    ended = clock.now
    await goes_on(desk, call, "completed")
    clock.passes(MINUTE)

    await work(desk)

    assert await expiry(desk, held) == ended + 40 * MINUTE


async def test_usually_they_stay_as_they_are(desk: Desk) -> None:
    call = await talks(desk)
    held = await within(desk, call).hold(await desk.rooms())
    before = await expiry(desk, held)
    await goes_on(desk, call, "completed")

    await work(desk)

    assert await states(desk, held) == ["held"]
    assert await expiry(desk, held) == before


@pytest.mark.parametrize(("policy", "becomes"), [("release", "released"), ("extend", "held")])
async def test_what_is_held_together_stays_together(desk: Desk, policy: str, becomes: str) -> None:
    await set_to(desk, "calls.holds_after", policy)
    call = await talks(desk)
    rooms = await desk.rooms()
    quotes = [await desk.quote(rooms, night=night) for night in (1, 2)]
    held = await within(desk, call).post("/v1/itineraries", {"quote_ids": quotes})
    assert held.status_code == 201, held.text
    await goes_on(desk, call, "completed")

    await work(desk)

    ids = [booking["id"] for booking in held.json()["bookings"]]
    found = [(await desk.get(f"/v1/bookings/{id}")).json() for id in ids]
    assert [one["state"] for one in found] == [becomes] * 2
    assert len({one["expires_at"] for one in found}) == 1
    assert found[0]["expires_at"] != held.json()["bookings"][0]["expires_at"]
    assert not await desk.container.verification()()
