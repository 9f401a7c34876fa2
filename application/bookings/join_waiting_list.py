"""Wait for what is sold out."""

import attrs

from application.bookings.agreeing import agree
from application.bookings.ports import BookingWork
from application.kernel.once import Once
from application.kernel.ports import Clock, NewId, UnitOfWork
from domain.bookings.agreement import Agreement
from domain.bookings.house_rules import NO_HOUSE_RULES, HouseRules
from domain.bookings.requests import BaseBookingRequest
from domain.bookings.waiting import (
    AlreadyWaiting,
    CannotBeWaitedFor,
    NotSoldOut,
    WaitingEntry,
)
from domain.inventory.pools import AlreadyTaken, SoldOut, require_free
from domain.kernel.actors import Actor
from domain.kernel.identifiers import WaitingId


@attrs.frozen(kw_only=True)
class JoinWaitingList:
    actor: Actor
    request: BaseBookingRequest
    once: Once[WaitingEntry] | None = None


@attrs.frozen(kw_only=True)
class JoinWaitingListHandler:
    unit_of_work: UnitOfWork[BookingWork]
    clock: Clock
    new_id: NewId
    house: HouseRules = NO_HOUSE_RULES

    async def __call__(self, command: JoinWaitingList, /) -> WaitingEntry:
        """Raises NotSoldOut if it can be had at once, NotForSale if it cannot be had at all."""

        def join(work: BookingWork) -> WaitingEntry:
            now = self.clock()
            offer = agree(work, command.request, now=now, house=self.house)
            there = work.waiting.of_address(offer.stock_id, command.request.contact.email)
            if there is not None:
                raise AlreadyWaiting(there.id)
            _must_be_sold_out(work, offer.agreement)
            # It may have been cancelled while the pools were waited for, and those who wait told.
            work.resources.get(command.request.resource_id).must_be_for_sale()
            entry = WaitingEntry.join(
                WaitingId(self.new_id()),
                command.request,
                offer.agreement.claims,
                stock_id=offer.stock_id,
                closes_at=offer.closes_at,
                now=now,
            )
            return work.waiting.save(entry)

        return await self.unit_of_work(command.actor, join, once=command.once)


def _must_be_sold_out(work: BookingWork, agreement: Agreement) -> None:
    """Nobody frees units of these pools before this unit of work has ended.

    Raises NotSoldOut, NotOnSale, AlreadyTaken and CannotBeWaitedFor.
    """
    if agreement.intervals or not agreement.claims:
        raise CannotBeWaitedFor(agreement.request.resource_id)
    pools = work.inventory.lock(sorted(claim.pool_id for claim in agreement.claims))
    taken = work.inventory.taken_among(agreement.exclusives)
    if taken:
        raise AlreadyTaken(taken[0].what, tuple(claim.name for claim in taken))
    try:
        require_free(agreement.claims, pools)
    except SoldOut:
        return
    raise NotSoldOut(agreement.request.resource_id)
