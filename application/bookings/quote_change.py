"""Price what a booking is to become, beside what it is."""

from datetime import datetime, timedelta

import attrs

from application.bookings.agreeing import Offer, agree
from application.bookings.changing import carried_over, must_be_allowed
from application.bookings.ports import BookingWork
from application.kernel.once import Once
from application.kernel.ports import Clock, NewId, UnitOfWork
from domain.bookings.booking import Booking
from domain.bookings.conditions import SoldOnRequest
from domain.bookings.house_rules import NO_HOUSE_RULES, HouseRules
from domain.bookings.life import BookingState
from domain.bookings.promises import ChangeQuote
from domain.bookings.requests import BaseBookingRequest
from domain.kernel.actors import Actor
from domain.kernel.identifiers import BookingId, QuoteId


@attrs.frozen(kw_only=True)
class QuoteChange:
    """`request` is all that the booking is to be for, not only what is different."""

    actor: Actor
    booking_id: BookingId
    request: BaseBookingRequest
    once: Once[ChangeQuote] | None = None


@attrs.frozen(kw_only=True)
class QuoteChangeHandler:
    unit_of_work: UnitOfWork[BookingWork]
    clock: Clock
    new_id: NewId
    good_for: timedelta
    house: HouseRules = NO_HOUSE_RULES

    async def __call__(self, command: QuoteChange, /) -> ChangeQuote:
        def quote(work: BookingWork) -> ChangeQuote:
            now = self.clock()
            booking = work.bookings.get(command.booking_id)
            request = command.request.with_discount_of(booking.agreement.request)
            must_be_allowed(work, booking, request, now=now)
            request = carried_over(work, booking, request)
            offer = self._offer(work, booking, request, now=now)
            promised = ChangeQuote.promise(
                QuoteId(self.new_id()),
                booking,
                offer.agreement,
                now=now,
                good_for=self.good_for,
                closes_at=offer.closes_at,
            )
            work.change_quotes.add(promised)
            return promised

        return await self.unit_of_work(command.actor, quote, once=command.once)

    def _offer(
        self, work: BookingWork, booking: Booking, request: BaseBookingRequest, *, now: datetime
    ) -> Offer:
        """Raises SoldOnRequest if somebody would have to approve of it.

        What has begun is reckoned from its beginning: the days that have passed are part of it.
        """
        begun = booking.state is BookingState.IN_PROGRESS
        asked_at = min(now, booking.starts_at) if begun else now
        offer = agree(work, request, now=asked_at, house=self.house, instead_of=booking.agreement)
        moves = request.resource_id != booking.agreement.request.resource_id
        if moves and offer.agreement.conditions.on_request:
            raise SoldOnRequest(request.resource_id)
        return offer
