"""Recordings of calls over HTTP: on a basis, silent while somebody pays, heard by reviewers."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import attrs
import httpx
import pytest

from application.calls.lapse_recordings import LapseRecordings
from application.calls.recording_subscribers import ErasedCallers, PaymentsInCalls
from domain.kernel.actors import Actor, Permission
from tests.fakes.time import Time
from tests.http.calling import goes_on, of, talks
from tests.http.desk import Caller, Desk, problem
from tests.http.test_customers import CONTACT, erase, known
from tests.http.test_done_in_calls import within
from tests.http.till import Till
from tests.unit.test_notifications_send_booking_message import Context

pytestmark = pytest.mark.anyio

DAY = timedelta(days=1)
OWN = frozenset({Permission.HANDLE_OWN_CALLS})


@pytest.fixture
async def till(
    anyio_backend: object,  # noqa: ARG001  (an event loop to run in)
    sqlite_url: str,
    clock: Time,
    tmp_path: Path,
) -> AsyncIterator[Till]:
    async with Till.opened(sqlite_url, clock, tmp_path) as till:
        yield till


async def worked(desk: Desk) -> None:
    """What the worker makes of it, twice each."""
    organization_id = desk.actor.organization_id
    recordings: Any = desk.container.calls.recordings
    await desk.relay()
    for subscriber in (PaymentsInCalls(), ErasedCallers()):
        await desk.container.event_relay().deliver(subscriber, organization_id, limit=1000)
    handlers: dict[str, Any] = {
        "keep_payment_unheard": recordings.keep_payment_unheard_job(),
        "delete_recording": recordings.delete_recording_job(),
    }
    jobs = await desk.container.queued_jobs().waiting(limit=100)
    for job in [*jobs, *jobs]:
        if job.name in handlers:
            await handlers[job.name](job, Context(actor=Actor.system(organization_id)))
    await desk.container.queued_jobs().forget(jobs)


async def recorded(
    caller: Caller, call: httpx.Response, reference: str = "pbx-1.wav"
) -> httpx.Response:
    said = {"basis": "announced", "reference": reference}
    return await caller.post(of(call, "recording"), said)


async def state(caller: Caller, call: httpx.Response) -> str:
    word: str = (await caller.get(of(call, "recording"))).json()["state"]
    return word


async def test_a_call_is_recorded_on_a_basis_and_heard_by_reviewers(desk: Desk) -> None:
    call, agent = await talks(desk), await desk.caller(OWN)
    baseless = await agent.post(of(call, "recording"), {})
    unrecorded = await agent.get(of(call, "recording"))
    begun = await recorded(agent, call)
    desk.clock.passes(timedelta(seconds=10))
    await agent.post(of(call, "recording/pause"))
    desk.clock.passes(timedelta(seconds=10))
    gone_on = await agent.post(of(call, "recording/resume"))
    early = await desk.send("DELETE", of(call, "recording"))
    desk.clock.passes(timedelta(seconds=5))
    kept = await agent.post(of(call, "recording/stop"))
    heard = await desk.get(of(call, "recording"))
    deleted = await desk.send("DELETE", of(call, "recording"))

    assert baseless.status_code == 400
    assert problem(unrecorded) == (404, "no_recording")
    assert problem(await recorded(agent, call)) == (409, "recording_state_forbids")
    assert (begun.json()["state"], begun.json()["basis"]) == ("recording", "announced")
    assert gone_on.json()["pauses"][0]["until"] is not None
    assert problem(early) == (409, "recording_state_forbids")
    assert (kept.json()["state"], kept.json()["seconds"]) == ("kept", 15)
    assert (heard.json()["reference"], kept.json()["reference"]) == ("pbx-1.wav", None)
    assert (await agent.get(of(call, "recording"))).json()["reference"] is None
    assert (deleted.json()["state"], deleted.json()["reference"]) == ("deleted", None)


async def test_it_is_silent_while_a_payment_of_the_call_is_open(till: Till) -> None:
    desk = till.desk
    call = await talks(desk)
    await recorded(desk, call)
    busy = attrs.evolve(till, desk=within(desk, call))
    begun = await busy.begin(await busy.held())
    await till.begin(await till.held())
    await worked(desk)
    silent = await state(desk, call)
    forced = await desk.post(of(call, "recording/resume"))
    await till.choose(begun, "success")
    await till.come_back(begun)
    await worked(desk)

    assert silent == "paused"
    assert problem(forced) == (409, "recording_state_forbids")
    assert await state(desk, call) == "recording"


async def test_of_whoever_is_forgotten_no_recording_is_kept(desk: Desk) -> None:
    await known(desk)
    call = await talks(desk, caller=CONTACT["phone"])
    await recorded(desk, call)
    await goes_on(desk, call, "completed")
    assert await state(desk, call) == "kept"
    assert (await erase(desk, even_if_booked=True)).status_code == 200
    await worked(desk)

    assert await state(desk, call) == "deleted"


async def test_no_recording_is_kept_for_longer_than_was_set(desk: Desk) -> None:
    """Those made by a legal duty for as long as that says; what goes on is left alone."""
    began = {"basis": "legal_duty", "reference": "duty.wav"}
    old, duty, goes = [await talks(desk, f"pbx-{number}") for number in (1, 2, 3)]
    await recorded(desk, old)
    await desk.post(of(duty, "recording"), began)
    await recorded(desk, goes, "pbx-3.wav")
    for call in (old, duty):
        await goes_on(desk, call, "completed")
    await set_to(desk, "calls.recordings_days", 7)

    desk.clock.passes(7 * DAY)
    early = await lapsed(desk)
    desk.clock.passes(timedelta(seconds=1))
    found = [await lapsed(desk), await lapsed(desk)]

    assert (early, found) == (0, [1, 0])
    assert [await state(desk, call) for call in (old, duty, goes)] == [
        "deleted",
        "kept",
        "recording",
    ]
    told = (await desk.get(of(old, "timeline"))).json()["items"]
    assert told[-1]["name"] == "call_recording_lapsed"
    await desk.relay()
    trail = await desk.get("/v1/audit", params={"kind": "call_recording_lapsed"})
    assert [one["subject"] for one in trail.json()["items"]] == [old.json()["id"]]
    await set_to(desk, "calls.recordings_days_by_duty", 7)
    assert (await lapsed(desk), await state(desk, duty)) == (1, "deleted")


async def set_to(desk: Desk, setting: str, value: int) -> None:
    path = f"/v1/settings/{setting}"
    said = await desk.send("PUT", path, json={"value": value}, headers={"If-Match": "*"})
    assert said.status_code == 200, said.text


async def lapsed(desk: Desk) -> int:
    """How many the worker has deleted, once it has found out whose are due."""
    recordings: Any = desk.container.calls.recordings
    due = await recordings.old().organizations(now=desk.clock())
    actors = [Actor.system(organization_id) for organization_id in due]
    return sum(
        [await recordings.lapse()(LapseRecordings(actor=actor, limit=9)) for actor in actors]
    )
