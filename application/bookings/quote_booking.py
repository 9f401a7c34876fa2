"""Price a request without promising that anything is left."""

from datetime import timedelta

import attrs

from application.bookings.agreeing import agree
from application.bookings.ports import BookingWork
from application.kernel.once import Once
from application.kernel.ports import Clock, NewId, UnitOfWork
from domain.bookings.house_rules import NO_HOUSE_RULES, HouseRules
from domain.bookings.quotes import Quote
from domain.bookings.requests import BaseBookingRequest
from domain.kernel.actors import Actor
from domain.kernel.identifiers import QuoteId


@attrs.frozen(kw_only=True)
class QuoteBooking:
    actor: Actor
    request: BaseBookingRequest
    once: Once[Quote] | None = None


@attrs.frozen(kw_only=True)
class QuoteBookingHandler:
    unit_of_work: UnitOfWork[BookingWork]
    clock: Clock
    new_id: NewId
    good_for: timedelta
    house: HouseRules = NO_HOUSE_RULES

    async def __call__(self, command: QuoteBooking, /) -> Quote:
        def quote(work: BookingWork) -> Quote:
            now = self.clock()
            offer = agree(work, command.request, now=now, house=self.house)
            promised = Quote.promise(
                QuoteId(self.new_id()),
                offer.agreement,
                now=now,
                good_for=self.good_for,
                closes_at=offer.closes_at,
            )
            work.quotes.add(promised)
            return promised

        return await self.unit_of_work(command.actor, quote, once=command.once)
