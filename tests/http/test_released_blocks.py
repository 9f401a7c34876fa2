"""For whom units were set aside is told once when none are any longer, whatever the reason."""

from datetime import timedelta

import httpx
import pytest

from application.bookings.release_due_blocks import ReleaseDueBlocks
from application.notifications.send_released_block import (
    SendReleasedBlock,
    SendReleasedBlockHandler,
)
from domain.kernel.actors import Actor
from domain.notifications.messages import Message
from tests.fakes.mail import MemoryMailer
from tests.http.desk import SESSION, Desk
from tests.http.sales import on_sale
from tests.http.test_blocks import CONTACT, open_block
from tests.http.test_settings import change
from tests.unit.test_notifications_send_booking_message import Context

pytestmark = pytest.mark.anyio

DATES = {"from": "2027-03-03", "until": "2027-03-05"}


async def sent(desk: Desk) -> list[Message]:
    """Once every event is heard and every job is done, twice each."""
    container, mailer = desk.container, MemoryMailer()
    context = Context(actor=Actor.system(desk.actor.organization_id))
    for job in await container.queued_jobs().waiting(limit=100):
        if job.name == "cancel_bookings_of":
            await container.subscriptions.cancel_bookings_of()(job, context)
    await desk.relay()
    for subscriber in container.subscriptions.subscribers():
        await container.event_relay().deliver(subscriber, desk.actor.organization_id, limit=100)
    handler = SendReleasedBlockHandler(
        notices=container.notifications.released_block_notices(),
        mailer=mailer,
        desks=container.notifications.desks(),
    )
    jobs = await container.queued_jobs().waiting(limit=100)
    told = [job for job in jobs if job.name == SendReleasedBlock.JOB]
    for job in [*told, *told]:
        await handler(job, context)
    return list(mailer.sent.values())


async def release(desk: Desk, block: httpx.Response, **body: int) -> httpx.Response:
    return await desk.post(
        f"/v1/blocks/{block.json()['id']}/release",
        body,
        headers={"If-Match": block.headers["ETag"]},
    )


async def test_whoever_releases_the_last_of_it_has_them_told(any_desk: Desk) -> None:
    desk = any_desk
    block = await open_block(desk, await desk.rooms(capacity=9), units=3, **DATES)

    some = await release(desk, block, units=1)
    assert await sent(desk) == []
    await release(desk, some)
    (letter,) = await sent(desk)

    assert letter.to == block.json()["contact"]["email"]
    assert letter.subject.startswith("No longer set aside: ")


async def test_they_are_told_when_the_time_is_up(desk: Desk) -> None:
    await open_block(desk, await desk.rooms(capacity=9), units=3, **DATES)
    desk.clock.passes(timedelta(days=365))
    due = desk.container.blocks.release_due_blocks()
    for released in (1, 0):
        assert await due(ReleaseDueBlocks(actor=desk.actor)) == released

    assert len(await sent(desk)) == 1


async def test_they_are_told_why_a_session_is_cancelled(desk: Desk) -> None:
    session = await on_sale(desk, SESSION, {"capacity": 5})
    set_aside = {"units": 2, "contact": CONTACT, "release_at": "2027-03-01T23:00:00Z"}
    block = await desk.post("/v1/blocks", {"resource_id": session, **set_aside})
    assert block.status_code == 201, block.text
    shown = await desk.get(f"/v1/resources/{session}")
    await desk.post(
        f"/v1/resources/{session}/cancel",
        {"reason": "The trainer is ill."},
        headers={"If-Match": shown.headers["ETag"]},
    )

    (letter,) = await sent(desk)
    assert "The reason: The trainer is ill." in letter.text
    assert "From: " in letter.text
    assert (letter.sender_name, letter.reply_to) == ("Desk", None)
    assert letter.text.endswith("\n\n-- \nDesk\n")


async def test_the_desk_signs_with_what_it_says_of_itself(desk: Desk) -> None:
    block = await open_block(desk, await desk.rooms(capacity=9), units=3, **DATES)
    for key, value in (
        ("address", "1 Sea Street, Porto"),
        ("phone", "+351 22 000"),
        ("email", "hi@example.com"),
    ):
        assert (await change(desk, f"desk.{key}", value)).status_code == 200
    await release(desk, block)
    (letter,) = await sent(desk)

    assert letter.reply_to == "hi@example.com"
    assert letter.text.endswith(
        "\n\n-- \nDesk\n1 Sea Street, Porto\nPhone: +351 22 000\nE-mail: hi@example.com\n"
    )
