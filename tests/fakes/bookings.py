"""Bookings in memory."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

import attrs

from application.bookings.ports import Bookings, Itineraries, Quotes, SalesTermsOfResources
from application.inventory.ports import Resources
from application.kernel.ports import Stale
from domain.bookings.attendance import ATTENDING
from domain.bookings.booking import Booking
from domain.bookings.itinerary import Itinerary, ItineraryNotFound
from domain.bookings.life import OPEN, BookingNotFound, BookingState
from domain.bookings.quotes import Quote, QuoteNotFound
from domain.bookings.sales_terms import NoSalesTerms, SalesTerms
from domain.inventory.resources import Resource, ResourceNotFound
from domain.kernel.claims import IntervalClaim
from domain.kernel.identifiers import BookingId, ItineraryId, PoolId, QuoteId, ResourceId
from tests.fakes.rows import Rows, found, must_exist, next_version


@attrs.frozen
class MemoryBookings(Bookings):
    rows: Rows

    def get(self, booking_id: BookingId) -> Booking:
        return found(self.rows.bookings, booking_id, BookingNotFound)

    def locked(self, booking_id: BookingId) -> Booking:
        return self.get(booking_id)

    def several(self, booking_ids: Sequence[BookingId]) -> Sequence[Booking]:
        return [self.get(booking_id) for booking_id in booking_ids]

    def known(self, booking_ids: Collection[BookingId]) -> Mapping[BookingId, Booking]:
        return {id: self.rows.bookings[id] for id in booking_ids if id in self.rows.bookings}

    def overdue(
        self,
        *,
        now: datetime,
        limit: int,
        pools: Sequence[PoolId] | None = None,
        interval: IntervalClaim | None = None,
    ) -> Sequence[Booking]:
        late = (booking for booking in self.rows.held() if booking.expires_at <= now)
        if pools is not None:
            late = (b for b in late if any(c.pool_id in pools for c in self.rows.claims_of(b)))
        if interval is not None:
            having = self.rows.having_units(interval)
            late = (booking for booking in late if booking.hold_id in having)
        return sorted(late, key=lambda booking: booking.expires_at)[:limit]

    def ended(self, *, now: datetime, limit: int) -> Sequence[Booking]:
        ended = (
            booking
            for booking in self.rows.bookings.values()
            if booking.state is BookingState.IN_PROGRESS
            and booking.agreement.period.ends_at <= now
        )
        return sorted(ended, key=lambda booking: booking.agreement.period.ends_at)[:limit]

    def open_of(self, resource_ids: Sequence[ResourceId], *, limit: int) -> Sequence[Booking]:
        found = (
            booking
            for booking in self.rows.bookings.values()
            if booking.state in OPEN and booking.agreement.request.resource_id in resource_ids
        )
        return sorted(found, key=lambda booking: booking.id)[:limit]

    def attending(self, resource_id: ResourceId) -> Sequence[Booking]:
        theirs = [
            booking
            for booking in self.rows.bookings.values()
            if booking.agreement.request.resource_id == resource_id and booking.state in ATTENDING
        ]
        return sorted(theirs, key=lambda booking: booking.reference.text)

    def save(self, booking: Booking) -> Booking:
        stored = self.rows.bookings.get(booking.id)
        version = next_version(stored, booking.version)
        others = (other for id, other in self.rows.bookings.items() if id != booking.id)
        if booking.reference in {other.reference for other in others}:
            raise Stale(f"reference {booking.reference} is taken")
        saved = attrs.evolve(booking, version=version, events=())
        self.rows.bookings[booking.id] = saved
        self.rows.events.extend(booking.events)
        return saved

    def save_several(self, bookings: Sequence[Booking]) -> Sequence[Booking]:
        for booking in bookings:
            if booking.id not in self.rows.bookings:
                raise Stale(f"booking {booking.id}")
        return [self.save(booking) for booking in bookings]

    def save_states(self, bookings: Sequence[Booking]) -> None:
        if len({booking.state for booking in bookings}) > 1:
            raise ValueError("all the same state")
        for booking in bookings:
            stored = self.rows.bookings.get(booking.id)
            if stored is None or stored.version != booking.version:
                raise Stale(f"booking {booking.id}")
            changed = attrs.evolve(stored, state=booking.state, version=stored.version + 1)
            self.rows.bookings[booking.id] = changed
            self.rows.events.extend(booking.events)


@attrs.frozen
class MemoryItineraries(Itineraries):
    rows: Rows

    def get(self, itinerary_id: ItineraryId) -> Itinerary:
        return found(self.rows.itineraries, itinerary_id, ItineraryNotFound)

    def save(self, itinerary: Itinerary) -> Itinerary:
        stored = self.rows.itineraries.get(itinerary.id)
        version = next_version(stored, itinerary.version)
        saved = attrs.evolve(itinerary, version=version, events=())
        self.rows.itineraries[itinerary.id] = saved
        self.rows.events.extend(itinerary.events)
        return saved


@attrs.frozen
class MemoryQuotes(Quotes):
    rows: Rows

    def get(self, quote_id: QuoteId) -> Quote:
        return found(self.rows.quotes, quote_id, QuoteNotFound)

    def several(self, quote_ids: Sequence[QuoteId]) -> Sequence[Quote]:
        return [self.get(quote_id) for quote_id in quote_ids]

    def add(self, quote: Quote) -> None:
        if quote.id in self.rows.quotes:
            raise Stale(f"quote {quote.id} is there already")
        self.rows.quotes[quote.id] = quote


@attrs.frozen
class MemorySalesTerms(SalesTermsOfResources):
    rows: Rows

    def find(self, resource_id: ResourceId) -> SalesTerms | None:
        return self.rows.sales_terms.get(resource_id)

    def get(self, resource_id: ResourceId) -> SalesTerms:
        return found(self.rows.sales_terms, resource_id, NoSalesTerms)

    def save(self, terms: SalesTerms) -> SalesTerms:
        must_exist(self.rows, terms.resource_id)
        stored = self.find(terms.resource_id)
        version = next_version(stored, terms.version)
        saved = attrs.evolve(terms, version=version, events=())
        self.rows.sales_terms[terms.resource_id] = saved
        self.rows.events.extend(terms.events)
        return saved


@attrs.frozen
class MemoryResources(Resources):
    rows: Rows

    def get(self, resource_id: ResourceId) -> Resource:
        return found(self.rows.resources, resource_id, ResourceNotFound)

    def known(self, resource_ids: Sequence[ResourceId]) -> Collection[ResourceId]:
        return self.rows.resources.keys() & set(resource_ids)

    def several(self, resource_ids: Sequence[ResourceId]) -> Sequence[Resource]:
        return [self.rows.resources[id] for id in self.known(resource_ids)]

    def selling(self, stock: ResourceId) -> Sequence[Resource]:
        theirs = (one for one in self.rows.resources.values() if one.stock == stock)
        return sorted(theirs, key=lambda resource: resource.id)

    def make_findable(self, *, limit: int) -> int:
        return 0

    def save(self, resource: Resource) -> Resource:
        stored = self.rows.resources.get(resource.id)
        version = next_version(stored, resource.version)
        saved = attrs.evolve(resource, version=version, events=())
        self.rows.resources[resource.id] = saved
        self.rows.events.extend(resource.events)
        return saved
