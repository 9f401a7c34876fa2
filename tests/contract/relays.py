"""Subscribers that take notes and fail when told to, and a relay to try them on."""

from collections.abc import Sequence
from uuid import UUID, uuid4

import attrs

from adapters.readers.events import SqlEventFeed
from adapters.repositories.event_relay import SqlEventRelay
from adapters.sql.database import Database
from application.kernel.jobs import Job
from application.kernel.subscribers import RecordedEvent, Subscriber, SubscriberWork
from domain.bookings.events import BookingConfirmed
from domain.kernel.actors import Actor
from domain.kernel.events import Event
from domain.kernel.identifiers import BookingId, OrganizationId
from tests.contract.crowds import until_decided
from tests.contract.storages import SqlStorage
from tests.fakes.time import Time
from tests.samples import DESK, DOUBLE_ROOMS, MINUTE, NOW, SECOND

CONFIRMED = frozenset({BookingConfirmed.name})


def about(booking_id: BookingId) -> Event:
    return BookingConfirmed(booking_id=booking_id, resource_id=DOUBLE_ROOMS.id, occurred_at=NOW)


class Broken(Exception):
    """What a subscriber fails with."""


@attrs.define
class Notes(Subscriber):
    """Queues a job for every event it hears; `heard` remembers also what was undone."""

    name: str = "notes"
    hears: frozenset[str] = CONFIRMED
    fails_at: set[int] = attrs.field(factory=set)
    heard: list[int] = attrs.field(factory=list)

    def __call__(self, event: RecordedEvent, work: SubscriberWork, /) -> None:
        self.heard.append(event.position)
        work.jobs.enqueue(Job(name=f"{event.position:03}", payload={}))
        if event.position in self.fails_at:
            raise Broken


def relay_on(database: Database, time: Time | None = None) -> SqlEventRelay:
    return SqlEventRelay(database=database, clock=time or Time(NOW), new_id=uuid4)


async def number_all(
    relay: SqlEventRelay, organization_id: OrganizationId = DESK.organization_id, *, limit: int = 9
) -> int:
    """Until nothing is left; how many it were."""
    total = 0
    while numbered := await until_decided(lambda: relay.number(organization_id, limit=limit)):
        total += numbered
    return total


async def feed(
    database: Database, after: int = 0, *, actor: Actor = DESK, limit: int = 1000
) -> Sequence[RecordedEvent]:
    return await SqlEventFeed(database).after(actor, after, limit=limit)


async def numbered(sql: SqlStorage, events: int) -> None:
    facts = [about(BookingId(UUID(int=number))) for number in range(1, events + 1)]
    await sql.work(DESK, lambda work: work.facts.publish(facts))
    await number_all(relay_on(sql.database))


async def deliver(relay: SqlEventRelay, notes: Notes, *, limit: int = 100) -> int:
    return await relay.deliver(notes, DESK.organization_id, limit=limit)


async def behind(relay: SqlEventRelay, notes: Notes) -> list[OrganizationId]:
    found = await relay.behind([notes])
    assert set(found.values()) <= {frozenset({notes.name})}
    return list(found)


async def until_quiet(relay: SqlEventRelay, notes: Notes, time: Time) -> None:
    """Delivers whenever the relay finds that it is time to, for an hour."""
    until = time.now + 60 * MINUTE
    while time.now < until:
        while await behind(relay, notes):
            await deliver(relay, notes)
        time.passes(SECOND * 16)
