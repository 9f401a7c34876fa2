"""A small hotel in business, run through the use cases as they are wired."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import attrs

from application.bookings.cancel_booking import CancelBooking
from application.bookings.change_contact import ChangeContact
from application.bookings.confirm_booking import ConfirmBooking
from application.bookings.expire_holds import ExpireHolds
from application.bookings.hold_booking import HoldBooking
from application.bookings.quote_booking import QuoteBooking
from application.bookings.release_booking import ReleaseBooking
from application.bookings.set_sales_terms import SetSalesTerms
from application.identity.create_organization import CreateOrganization
from application.inventory.add_resource import AddResource
from application.inventory.open_pools import OpenPools
from application.kernel.subscribers import RecordedEvent, SubscriberWork
from domain.bookings.cancellation import USUAL_TERMS
from domain.bookings.contacts import Contact
from domain.bookings.hotel import HotelBookingRequest, RoomType
from domain.bookings.inquiry import Inquiry
from domain.bookings.pricing import RatePlan
from domain.kernel.actors import Actor
from domain.kernel.claims import day_pool
from domain.kernel.identifiers import BookingId, PoolId, ResourceId
from domain.kernel.money import Money
from domain.kernel.periods import DateRange, Zone
from entrypoints.wiring.ambient import utc_now
from entrypoints.wiring.container import Container
from entrypoints.wiring.settings import Settings
from tests.containers import assembled
from tests.servers import at_the_desk, owner_of

ANN = Contact(name="Ann Bo", email="ann@example.com")
BOB = Contact(name="Bob Oy", email="bob@example.com")
OPENING = (utc_now() + timedelta(days=30)).date()
SEASON = DateRange(OPENING, OPENING + timedelta(days=30))


@asynccontextmanager
async def program(url: str) -> AsyncIterator[Container]:
    settings = Settings(
        database_url=at_the_desk(url),
        database_owner_url=owner_of(url),
        allow_unsafe_database=True,
    )
    with assembled(settings=settings) as container:
        yield container
        await container.database().close()


@attrs.frozen
class Listener:
    """Hears nothing and keeps up."""

    name = "listener"
    hears: frozenset[str] = frozenset()

    def __call__(self, event: RecordedEvent, work: SubscriberWork, /) -> None:
        raise AssertionError(event)


@attrs.frozen(kw_only=True)
class Desk:
    container: Container
    actor: Actor
    resource_id: ResourceId

    @classmethod
    async def opened(cls, container: Container, slug: str) -> "Desk":
        organization = await container.identity.create_organization()(
            CreateOrganization(slug=slug, name="Demo")
        )
        actor = Actor.system(organization.id)
        rooms = await container.inventory.add_resource()(
            AddResource(actor=actor, name="Double", zone=Zone("UTC"), offering=RoomType(beds=2))
        )
        desk = cls(container=container, actor=actor, resource_id=rooms.id)
        await desk.sell(capacity=5)
        await container.bookings.set_sales_terms()(
            SetSalesTerms(
                actor=actor,
                resource_id=rooms.id,
                rates=RatePlan(price=Money(9900, "EUR")),
                cancellation=USUAL_TERMS,
                version=0,
            )
        )
        return desk

    async def sell(self, *, capacity: int) -> None:
        await self.container.inventory.open_pools()(
            OpenPools(
                actor=self.actor, resource_id=self.resource_id, dates=SEASON, capacity=capacity
            )
        )

    def pool(self, night: int) -> PoolId:
        return day_pool(self.resource_id, OPENING + timedelta(days=night))

    async def hold(
        self, night: int, *, nights: int = 1, inquiry: Inquiry | None = None
    ) -> BookingId:
        check_in = OPENING + timedelta(days=night)
        request = HotelBookingRequest(
            resource_id=self.resource_id,
            contact=ANN,
            check_in=check_in,
            check_out=check_in + timedelta(days=nights),
            rooms=1,
            guests=2,
        )
        quote = await self.container.bookings.quote_booking()(
            QuoteBooking(actor=self.actor, request=request)
        )
        held = await self.container.bookings.hold_booking()(
            HoldBooking(actor=self.actor, quote_id=quote.id, inquiry=inquiry)
        )
        booking_id: BookingId = held.id
        return booking_id

    async def confirm(self, id: BookingId) -> None:
        command = ConfirmBooking(actor=self.actor, booking_id=id, version=None)
        await self.container.bookings.confirm_booking()(command)

    async def change(self, id: BookingId) -> None:
        command = ChangeContact(actor=self.actor, booking_id=id, version=None, contact=BOB)
        await self.container.bookings.change_contact()(command)

    async def cancel(self, id: BookingId) -> None:
        command = CancelBooking(actor=self.actor, booking_id=id, version=None)
        await self.container.bookings.cancel_booking()(command)

    async def release(self, id: BookingId) -> None:
        command = ReleaseBooking(actor=self.actor, booking_id=id, version=None)
        await self.container.bookings.release_booking()(command)

    async def expire(self) -> None:
        await self.container.bookings.expire_holds()(ExpireHolds(actor=self.actor))

    async def relay(self) -> None:
        """Numbers what has happened and brings it to a subscriber."""
        relay, organization_id = self.container.event_relay(), self.actor.organization_id
        while await relay.number(organization_id, limit=100):
            pass
        while await relay.deliver(Listener(), organization_id, limit=100):
            pass


@attrs.frozen(kw_only=True)
class Business:
    """What a day at the desk has left behind; nights are those of the desk's pools.

    Held is night 1, confirmed nights 1 to 3, changed night 6; those that have ended hold nothing.
    The log ends with something that is not about a booking.
    """

    desk: Desk
    held: BookingId
    confirmed: BookingId
    changed: BookingId
    cancelled: BookingId

    @classmethod
    async def done(cls, container: Container) -> "Business":
        await container.schema().bring()
        neighbours = await Desk.opened(container, "neighbours")
        await neighbours.confirm(await neighbours.hold(1))
        await neighbours.relay()
        desk = await Desk.opened(container, "demo")
        business = cls(
            desk=desk,
            held=await desk.hold(1),
            confirmed=await desk.hold(1, nights=3),
            changed=await desk.hold(6),
            cancelled=await desk.hold(1),
        )
        await desk.confirm(business.confirmed)
        await desk.change(business.changed)
        await desk.confirm(business.cancelled)
        await desk.cancel(business.cancelled)
        await desk.release(await desk.hold(1))
        await desk.sell(capacity=4)
        await desk.relay()
        return business
