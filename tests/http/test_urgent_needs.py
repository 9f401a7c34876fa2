"""Instructors are told at once of what is urgent."""

from collections.abc import Sequence
from typing import Any

import pytest

from application.kernel.jobs import JobContext, QueuedJob
from application.kernel.subscribers import Subscriber
from application.notifications.send_urgent_needs import SendUrgentNeeds, SendUrgentNeedsHandler
from domain.kernel.actors import Actor
from domain.notifications.messages import Message
from tests.fakes.mail import MemoryMailer
from tests.http.desk import SESSION, Desk, seats
from tests.http.sales import confirmed, on_sale
from tests.unit.test_notifications_send_booking_message import Context

pytestmark = pytest.mark.anyio

WHEELCHAIR = {"category": "accessibility", "text": "Uses a wheelchair\nand a ramp"}
INSULIN = {"category": "medical", "text": "Carries insulin", "confidential": True}
VEGAN = {"category": "dietary", "text": "vegan"}


async def course(desk: Desk, **about: Any) -> str:
    session = {**SESSION, "offering": {**SESSION["offering"], **about}}
    return await on_sale(desk, session, {"capacity": 12})


async def told(desk: Desk) -> list[Message]:
    """Everything the instructor gets, once every event is heard and every job is done."""
    await desk.relay()
    relay = desk.container.event_relay()
    subscribers: tuple[Subscriber, ...] = desk.container.subscriptions.subscribers()
    for subscriber in subscribers:
        await relay.deliver(subscriber, desk.actor.organization_id, limit=100)
    mailer = MemoryMailer()
    needs = desk.container.notifications.needs_to_tell()
    handler = SendUrgentNeedsHandler(needs_to_tell=needs, mailer=mailer)
    context: JobContext = Context(actor=Actor.system(desk.actor.organization_id))
    jobs: Sequence[QueuedJob] = await desk.container.queued_jobs().waiting(limit=100)
    for job in jobs:
        if job.name == SendUrgentNeeds.JOB:
            await handler(job, context)
            await handler(job, context)
    return list(mailer.sent.values())


async def test_the_instructor_is_told_once_and_nothing_confidential(any_desk: Desk) -> None:
    session = await course(any_desk, instructor_email="tutor@example.com")
    needy = {"name": "Bert Brecht", "special_requirements": [VEGAN, WHEELCHAIR, INSULIN]}
    booking = await confirmed(any_desk, seats(session, "Ada Lovelace", needy))

    [message] = await told(any_desk)

    assert message.to == "tutor@example.com"
    assert booking.json()["reference"] in message.subject
    assert "critical (medical), Bert Brecht: confidential" in message.text
    assert "high (accessibility), Bert Brecht: Uses a wheelchair and a ramp" in message.text
    assert message.text.index("critical") < message.text.index("high")
    for unsaid in ("insulin", "vegan", "Ada"):
        assert unsaid not in message.text


@pytest.mark.parametrize("needs", [[], [VEGAN]])
async def test_what_can_wait_waits(desk: Desk, needs: list[Any]) -> None:
    session = await course(desk, instructor_email="tutor@example.com")
    await confirmed(desk, seats(session, {"name": "Bert", "special_requirements": needs}))

    assert await told(desk) == []


async def test_where_there_is_nobody_to_tell_nobody_is_told(desk: Desk) -> None:
    needy = {"name": "Bert", "special_requirements": [WHEELCHAIR]}
    await confirmed(desk, seats(await course(desk), needy))

    assert await told(desk) == []


async def test_nobody_is_told_of_who_will_not_come(desk: Desk) -> None:
    session = await course(desk, instructor_email="tutor@example.com")
    needy = {"name": "Bert", "special_requirements": [WHEELCHAIR]}
    await desk.step(await confirmed(desk, seats(session, needy)), "cancel")

    assert await told(desk) == []
