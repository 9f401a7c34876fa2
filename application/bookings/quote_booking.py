"""Price a request without promising that anything is left."""

from datetime import timedelta

import attrs

from application.bookings.ports import BookingWork
from application.kernel.once import Once
from application.kernel.ports import Clock, NewId, UnitOfWork
from domain.bookings.agreement import Agreement
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

    async def __call__(self, command: QuoteBooking, /) -> Quote:
        request = command.request

        def quote(work: BookingWork) -> Quote:
            now = self.clock()
            resource = work.resources.get(request.resource_id)
            demand = request.demand(resource.offering, resource.zone, now=now)
            terms = work.sales_terms.get(resource.id)
            agreement = Agreement(
                request=request,
                title=resource.name,
                zone=resource.zone,
                period=demand.period,
                claims=demand.claims,
                price=terms.rates.price_of(demand.charges),
                cancellation=terms.cancellation,
            )
            promised = Quote.promise(
                QuoteId(self.new_id()),
                agreement,
                now=now,
                good_for=self.good_for,
                closes_at=demand.closes_at,
            )
            work.quotes.add(promised)
            return promised

        return await self.unit_of_work(command.actor, quote, once=command.once)
