"""Forget somebody; what was booked and paid stays, and is nobody's in particular."""

from collections.abc import Sequence
from typing import ClassVar

import attrs

from application.bookings.customer_ports import CustomerWork
from application.kernel.once import Once
from application.kernel.ports import Clock, NewId, UnitOfWork
from domain.bookings.booking import Booking
from domain.bookings.contacts import NOBODY
from domain.bookings.customer_events import CustomerErased
from domain.bookings.customers import Customer, CustomerNotFound, StillBooked
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


class _TooManyAtOnce(Exception):
    """Some have to be forgotten before."""


@attrs.frozen(kw_only=True)
class _Before:
    """What was forgotten in the steps before."""

    bookings: int = 0
    calls: int = 0


@attrs.frozen(kw_only=True)
class EraseCustomerHandler:
    """Bookings are forgotten some at a time, so that nobody waits long for their rows.

    Whoever is interrupted is asked again and finds what is left. Only the last step, in which
    nothing is left, says that the customer was forgotten, and answers.
    """

    BATCH: ClassVar[int] = 100

    unit_of_work: UnitOfWork[CustomerWork]
    clock: Clock
    new_id: NewId

    async def __call__(self, command: EraseCustomer, /) -> CustomerErased:
        email = address(command.email)
        if command.even_if_booked:
            command.actor.must(Permission.MANAGE_ORGANIZATION)
        before = _Before()
        while True:
            try:
                return await self._finish(command, email, before)
            except _TooManyAtOnce:
                before = await self._forget_some(command, email, before)

    async def _forget_some(self, command: EraseCustomer, email: str, before: _Before) -> _Before:
        def forget(work: CustomerWork) -> _Before:
            found = self._found(work, command, email)
            some = attrs.evolve(found, bookings=found.bookings[: self.BATCH])
            self._forget_bookings(work, email, some.bookings)
            calls = work.customers.forget_calls(some.numbers, now=self.clock())
            return _Before(
                bookings=before.bookings + len(some.bookings), calls=before.calls + calls
            )

        return await self.unit_of_work(command.actor, forget)

    async def _finish(self, command: EraseCustomer, email: str, before: _Before) -> CustomerErased:
        request_id = PrivacyRequestId(self.new_id())

        def finish(work: CustomerWork) -> CustomerErased:
            now = self.clock()
            customer = self._found(work, command, email)
            if len(customer.bookings) > self.BATCH:
                raise _TooManyAtOnce
            self._forget_bookings(work, email, customer.bookings)
            for entry in customer.waiting:
                work.waiting.save(erased_entry(entry, now=now))
            for block in customer.blocks:
                work.blocks.save(erased_block(block, now=now))
            calls = work.customers.forget_calls(customer.numbers, now=now)
            erased = CustomerErased(
                request_id=request_id,
                bookings=before.bookings + len(customer.bookings),
                waiting_entries=len(customer.waiting),
                blocks=len(customer.blocks),
                calls=before.calls + calls,
                even_if_booked=command.even_if_booked,
                occurred_at=now,
            )
            work.facts.publish([erased])
            return erased

        return await self.unit_of_work(command.actor, finish, once=command.once)

    def _found(self, work: CustomerWork, command: EraseCustomer, email: str) -> Customer:
        """Raises CustomerNotFound, StillServed and StillBooked."""
        if email == NOBODY.email:
            raise CustomerNotFound
        customer = work.customers.at(email, most=self.BATCH + 1)
        customer.must_be_known()
        customer.must_not_be_served()
        if not command.even_if_booked:
            to_come = work.customers.to_come(email, now=self.clock())
            if to_come:
                raise StillBooked(to_come)
        return customer

    def _forget_bookings(
        self, work: CustomerWork, email: str, bookings: Sequence[Booking]
    ) -> None:
        now = self.clock()
        for booking in bookings:
            work.bookings.save(erased_booking(booking, now=now))
        ids = [booking.id for booking in bookings]
        work.customers.forget_how_they_paid(ids)
        work.customers.forget_what_passes(email, ids)
