"""An airline at work: its flights go on sale, and desks sell them side by side."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

import attrs
from dependency_injector import providers

from application.bookings.confirm_itinerary import ConfirmItinerary
from application.bookings.hold_itinerary import HoldItinerary
from application.bookings.ports import BookingWork
from application.bookings.quote_booking import QuoteBooking
from benchmarks.flight_rows import BookingRow, FlightRow, Part
from benchmarks.replay_hotel import Clock
from benchmarks.stages import Stage
from domain.bookings.cancellation import USUAL_TERMS
from domain.bookings.contacts import Contact
from domain.bookings.flight_request import FlightBookingRequest, Passenger
from domain.bookings.pricing import RatePlan
from domain.bookings.quotes import Quote
from domain.bookings.sales_terms import SalesTerms
from domain.bookings.seat_maps import FareClass
from domain.inventory.pools import Pool
from domain.inventory.resources import Resource
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ResourceId
from domain.kernel.money import Money
from domain.kernel.periods import Zone
from entrypoints.wiring.container import Container
from entrypoints.wiring.settings import Settings

LOADED_AT_ONCE = 200
FARES = RatePlan(price=Money(10_000, "EUR"))


@attrs.frozen(kw_only=True)
class Desk:
    """Has a time of its own: side by side, one lives through noon while another has evening."""

    actor: Actor
    clock: Clock
    bookings: Any
    resources: Mapping[str, ResourceId]

    @classmethod
    def beside(cls, on: Stage, settings: Settings, resources: Mapping[str, ResourceId]) -> "Desk":
        clock, program = Clock(), Container(settings=settings)
        program.database.override(providers.Object(on.container.database()))
        program.clock.override(providers.Object(clock))
        bookings: Any = program.bookings
        return cls(actor=on.actor, clock=clock, bookings=bookings, resources=resources)

    async def book(self, booking: BookingRow) -> None:
        """Raises the first refusal, in the order of the segments."""
        self.clock.now = booking.booked_at
        segments = sorted(booking.parties.items())
        quoted = await asyncio.gather(
            *(self._quote(booking, part, persons) for part, persons in segments),
            return_exceptions=True,
        )
        quotes = []
        for quote in quoted:
            if isinstance(quote, BaseException):
                raise quote
            quotes.append(quote.id)
        held = await self.bookings.hold_itinerary()(
            HoldItinerary(actor=self.actor, quote_ids=quotes)
        )
        itinerary = held.itinerary
        await self.bookings.confirm_itinerary()(
            ConfirmItinerary(
                actor=self.actor, itinerary_id=itinerary.id, version=itinerary.version
            )
        )

    async def _quote(self, booking: BookingRow, part: Part, persons: Sequence[str]) -> Quote:
        flight_id, fare_class = part
        reference = booking.reference.lower()
        request = FlightBookingRequest(
            resource_id=self.resources[flight_id],
            contact=Contact(name=f"Guest {reference}", email=f"{reference}@example.com"),
            fare_class=FareClass(fare_class),
            passengers=tuple(
                Passenger(name=f"Guest {number}", person=person)
                for number, person in enumerate(persons)
            ),
        )
        quote: Quote = await self.bookings.quote_booking()(
            QuoteBooking(actor=self.actor, request=request)
        )
        return quote


async def put_on_sale(
    on: Stage, rows: Sequence[FlightRow], seats: Mapping[Part, int]
) -> Mapping[str, ResourceId]:
    """So many seats of each fare class; the resources by the identifiers of the flights."""
    resources: dict[str, ResourceId] = {}
    for first in range(0, len(rows), LOADED_AT_ONCE):
        added = [(row, _resource(on, row)) for row in rows[first : first + LOADED_AT_ONCE]]

        def load(work: BookingWork, added: Sequence[tuple[FlightRow, Resource]] = added) -> None:
            for row, resource in added:
                work.resources.save(resource)
                work.sales_terms.save(_terms(on, resource))
                work.inventory.open(_pools(row, resource, seats))

        await on.container.bookings.unit_of_work()(on.actor, load)
        resources.update({row.id: resource.id for row, resource in added})
    return resources


def _resource(on: Stage, row: FlightRow) -> Resource:
    return Resource.add(
        ResourceId(on.container.new_id()()),
        name=row.flight.designator,
        zone=Zone(row.zone),
        offering=row.flight,
        now=on.container.clock()(),
    )


def _terms(on: Stage, resource: Resource) -> SalesTerms:
    return SalesTerms.set(resource.id, FARES, USUAL_TERMS, replacing=0, now=on.container.clock()())


def _pools(row: FlightRow, resource: Resource, seats: Mapping[Part, int]) -> Sequence[Pool]:
    return [
        Pool(id=pool_id, resource_id=resource.id, day=day, capacity=seats[row.id, part])
        for part in row.seats
        for pool_id, day in row.flight.pools(
            resource.id, dates=None, zone=resource.zone, part=part
        ).items()
    ]
