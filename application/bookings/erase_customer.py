"""Forget somebody; what was booked and paid stays, and is nobody's in particular."""

import attrs

from application.bookings.customer_ports import CustomerWork
from application.kernel.once import Once
from application.kernel.ports import Clock, NewId, UnitOfWork
from domain.bookings.customer_events import CustomerErased
from domain.bookings.erasing import erased_block, erased_booking, erased_entry
from domain.kernel.actors import Actor, Permission
from domain.kernel.addresses import address
from domain.kernel.identifiers import PrivacyRequestId


@attrs.frozen(kw_only=True)
class EraseCustomer:
    """`even_if_booked` is for whoever may decide about the whole organization."""

    actor: Actor
    email: str = attrs.field(repr=False)
    even_if_booked: bool = False
    once: Once[CustomerErased] | None = None


@attrs.frozen(kw_only=True)
class EraseCustomerHandler:
    unit_of_work: UnitOfWork[CustomerWork]
    clock: Clock
    new_id: NewId

    async def __call__(self, command: EraseCustomer, /) -> CustomerErased:
        email, request_id = address(command.email), PrivacyRequestId(self.new_id())
        if command.even_if_booked:
            command.actor.must(Permission.MANAGE_ORGANIZATION)

        def erase(work: CustomerWork) -> CustomerErased:
            now = self.clock()
            customer = work.customers.at(email)
            customer.must_be_known()
            customer.must_not_be_served()
            if not command.even_if_booked:
                customer.must_not_be_booked(now=now)
            for booking in customer.bookings:
                work.bookings.save(erased_booking(booking, now=now))
            for entry in customer.waiting:
                work.waiting.save(erased_entry(entry, now=now))
            for block in customer.blocks:
                work.blocks.save(erased_block(block, now=now))
            work.customers.forget_what_passes(email, [one.id for one in customer.bookings])
            erased = CustomerErased(
                request_id=request_id,
                bookings=len(customer.bookings),
                waiting_entries=len(customer.waiting),
                blocks=len(customer.blocks),
                even_if_booked=command.even_if_booked,
                occurred_at=now,
            )
            work.facts.publish([erased])
            return erased

        return await self.unit_of_work(command.actor, erase, once=command.once)
