"""Whoever waited for what is cancelled is told once, with the reason."""

from collections.abc import Sequence
from typing import Any

import pytest

from adapters.readers.called_off import SqlCalledOffNotices
from application.kernel.jobs import QueuedJob
from application.notifications.send_called_off import SendCalledOff, SendCalledOffHandler
from domain.kernel.actors import Actor
from domain.notifications.messages import Message
from tests.fakes.mail import MemoryMailer
from tests.http.desk import SESSION, Desk, problem, seats
from tests.http.sales import confirmed, on_sale
from tests.unit.test_notifications_send_booking_message import Context

pytestmark = pytest.mark.anyio

ZOE = {"name": "Zoe Ash", "email": "zoe@example.com"}
ROY = {"name": "Roy Bly", "email": "roy@example.com"}


async def run_jobs(desk: Desk) -> list[Message]:
    """What is sent once every event is heard and every job is done, twice each."""
    relay, mailer = desk.container.event_relay(), MemoryMailer()
    context = Context(actor=Actor.system(desk.actor.organization_id))
    jobs: Sequence[QueuedJob] = await desk.container.queued_jobs().waiting(limit=100)
    for job in jobs:
        if job.name == "cancel_bookings_of":
            await desk.container.subscriptions.cancel_bookings_of()(job, context)
    for _ in range(2):
        await desk.relay()
        for subscriber in desk.container.subscriptions.subscribers():
            await relay.deliver(subscriber, desk.actor.organization_id, limit=100)
    send = SendCalledOffHandler(
        notices=SqlCalledOffNotices(desk.container.database()),
        mailer=mailer,
        desks=desk.container.notifications.desks(),
    )
    jobs = await desk.container.queued_jobs().waiting(limit=100)
    told = [job for job in jobs if job.name == SendCalledOff.JOB]
    for job in [*told, *told]:
        await send(job, context)
    assert len(told) == len(mailer.sent)
    return list(mailer.sent.values())


def waiting(session: str, contact: dict[str, str]) -> dict[str, Any]:
    return {**seats(session), "contact": contact}


async def test_whoever_waits_and_whoever_has_an_offer_is_told(any_desk: Desk) -> None:
    desk = any_desk
    session = await on_sale(desk, SESSION, {"capacity": 1})
    booked = await confirmed(desk, seats(session, "Ada Lovelace"))
    offered = await desk.post("/v1/waiting-list", waiting(session, ZOE))
    waits = await desk.post("/v1/waiting-list", waiting(session, ROY))
    await desk.step(booked, "cancel")
    shown = await desk.get(f"/v1/resources/{session}")
    await desk.post(
        f"/v1/resources/{session}/cancel",
        {"reason": "The trainer is ill."},
        headers={"If-Match": shown.headers["ETag"]},
    )

    first, second = sorted(await run_jobs(desk), key=lambda message: message.to)

    assert (first.to, second.to) == ("roy@example.com", "zoe@example.com")
    assert "The reason: The trainer is ill." in first.text
    assert "what you were waiting for does not take place" in first.text
    assert "we had a place for you" in second.text
    for entry in (offered, waits):
        read = (await desk.get(entry.headers["Location"])).json()
        assert read["position"] is None
        assert (read["entry"]["state"], read["entry"]["called_off"]) == (
            "expired",
            "The trainer is ill.",
        )
    refused = await desk.post("/v1/waiting-list", waiting(session, ZOE))
    assert problem(refused) == (409, "not_for_sale")
    found = {finding.check for finding in await desk.container.verification()()}
    assert found <= {"jobs_are_handed_over"}  # by the test, which leaves them there


async def test_nobody_else_is_told(desk: Desk) -> None:
    session = await on_sale(desk, SESSION, {"capacity": 1})
    await confirmed(desk, seats(session, "Ada Lovelace"))
    entry = await desk.post("/v1/waiting-list", waiting(session, ZOE))

    read = (await desk.get(entry.headers["Location"])).json()["entry"]
    assert (read["state"], read["called_off"]) == ("waiting", None)
    assert await run_jobs(desk) == []
