"""From a booking to the letter about it."""

import re
import signal
from datetime import timedelta

import attrs
import pytest
from dependency_injector import providers

from adapters.rendering.links import SignedLinks
from application.bookings.continue_booking import ContinueBooking
from application.kernel.subscribers import RecordedEvent, Subscriber, SubscriberWork
from application.notifications.send_booking_message import SendBookingMessage
from domain.bookings.inquiry import Inquiry
from tests.contract.desks import Desk
from tests.fakes.time import Time
from tests.worker.another import DEATHS, another_worker
from tests.worker.offices import (
    MANY,
    Place,
    arrival,
    at_work,
    calendar,
    caught_up,
    eventually,
    letters,
)

pytestmark = pytest.mark.anyio


async def positions(desk: Desk) -> list[int]:
    events = await desk.container.event_feed().after(desk.actor, 0, limit=MANY)
    return [event.position for event in events]


async def test_a_confirmed_booking_is_written_about_once(desk: Desk, place: Place) -> None:
    async with at_work(desk.container):
        await desk.confirm(id := await desk.hold(1))
        await caught_up(desk, place)

    booking = await desk.container.bookings.views().booking(desk.actor, id)
    (mail,) = await letters(desk, id, place)
    assert mail["To"] == booking.agreement.request.contact.email
    assert "METHOD:REQUEST" in calendar(mail)
    assert f"UID:{id}@" in calendar(mail)


async def test_a_cancelled_booking_is_written_about_again(desk: Desk, place: Place) -> None:
    async with at_work(desk.container):
        await desk.confirm(id := await desk.hold(1))
        await arrival(place, 1)
        await desk.cancel(id)
        await caught_up(desk, place)

    _, mail = await letters(desk, id, place)
    assert "METHOD:CANCEL" in calendar(mail)
    assert f"UID:{id}@" in calendar(mail)
    body = mail.get_body()
    assert body
    assert "Refund: 99.00 EUR" in body.get_content()


async def test_what_is_no_longer_true_is_not_told(desk: Desk, place: Place) -> None:
    await desk.confirm(id := await desk.hold(1))
    await desk.cancel(id)
    async with at_work(desk.container):
        await caught_up(desk, place)

    (mail,) = await letters(desk, id, place)
    assert "METHOD:CANCEL" in calendar(mail)


async def test_an_inquiry_is_written_about_with_its_link_and_its_end_is_not(
    desk: Desk, place: Place, clock: Time
) -> None:
    links = SignedLinks(
        page=desk.container.settings().inquiry_page,
        secrets=lambda: (b"a secret that all processes share",),
    )
    desk.container.continuation_links.override(providers.Object(links))
    async with at_work(desk.container):
        id = await desk.hold(1, inquiry=Inquiry())
        await arrival(place, 1)
        clock.passes(timedelta(days=1))
        await desk.expire()
        await caught_up(desk, place)

    (mail,) = await letters(desk, id, place)
    body = mail.get_body()
    assert body
    (link,) = re.findall(r"To go on with it: (\S+)", body.get_content())
    assert links.read(link).booking_id == id
    assert not list(mail.iter_attachments())
    stored = await desk.container.event_feed().after(desk.actor, 0, limit=MANY)
    assert not [event for event in stored if link in str(event.payload)]


async def test_an_inquiry_gone_on_with_meanwhile_is_not_written_about(
    desk: Desk, place: Place
) -> None:
    id = await desk.hold(1, inquiry=Inquiry())
    going_on = ContinueBooking(actor=desk.actor, booking_id=id, version=None)
    await desk.container.booking_life.continue_booking()(going_on)
    async with at_work(desk.container):
        await caught_up(desk, place)

    assert await letters(desk, id, place) == []


async def test_two_workers_write_once_and_number_without_gaps(desk: Desk, place: Place) -> None:
    with another_worker(place) as other:
        await desk.confirm(await desk.hold(0))
        await arrival(place, 1)  # the other one is at work
        async with at_work(desk.container):
            for night in range(1, 19):
                await desk.confirm(await desk.hold(night))
            await caught_up(desk, place)
        other.terminate()
        assert other.wait(timeout=10) == 0

    assert len(place.mail()) == 20
    assert len({mail["Message-ID"] for mail in place.mail()}) == 20
    numbers = await positions(desk)
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) >= 43, "a resource, pools, rates, and 20 bookings twice, beside papers"


@pytest.mark.parametrize("death", DEATHS)
async def test_a_killed_worker_loses_nothing_and_repeats_nothing(
    desk: Desk, place: Place, death: str
) -> None:
    with another_worker(place, death=death) as doomed:
        await desk.confirm(id := await desk.hold(1))

        async def is_dead() -> bool:
            return doomed.poll() == -signal.SIGKILL

        await eventually(is_dead)
    async with at_work(desk.container):
        await caught_up(desk, place)

    (mail,) = await letters(desk, id, place)
    assert f"UID:{id}@" in calendar(mail)
    assert len(place.mail()) == 2
    jobs = await desk.container.queued_jobs().waiting(limit=MANY)
    assert not [job for job in jobs if job.name == SendBookingMessage.JOB]


@attrs.frozen
class Failing(Subscriber):
    name = "failing"
    hears = frozenset({"booking_confirmed"})

    def __call__(self, event: RecordedEvent, work: SubscriberWork, /) -> None:
        raise LookupError(event.name)


async def test_a_failing_subscriber_does_not_stop_others(
    desk: Desk, place: Place, caplog: pytest.LogCaptureFixture
) -> None:
    async def has_failed() -> bool:
        return "LookupError: booking_confirmed" in caplog.text

    both = (Failing(), *desk.container.subscriptions.subscribers())
    desk.container.subscriptions.subscribers.override(providers.Object(both))
    async with at_work(desk.container):
        await desk.confirm(await desk.hold(1))
        await caught_up(desk, place)

        await eventually(has_failed)

    assert len(place.mail()) == 2
