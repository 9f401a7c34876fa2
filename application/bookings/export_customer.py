"""Show somebody everything that is kept on them."""

from collections.abc import Mapping, Sequence

import attrs

from application.bookings.customer_ports import CustomerWork
from application.kernel.ports import Clock, NewId, UnitOfWork
from domain.bookings.attendance import Mark
from domain.bookings.customer_events import CustomerExported
from domain.bookings.customers import Customer
from domain.bookings.kept import KeptCall, KeptPaper
from domain.kernel.actors import Actor
from domain.kernel.addresses import address
from domain.kernel.identifiers import BookingId, PrivacyRequestId


@attrs.frozen(kw_only=True)
class ExportCustomer:
    actor: Actor
    email: str = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class CustomerExport:
    request_id: PrivacyRequestId
    customer: Customer
    marks: Mapping[BookingId, Sequence[Mark]]
    papers: Sequence[KeptPaper]
    calls: Sequence[KeptCall]


@attrs.frozen(kw_only=True)
class ExportCustomerHandler:
    """Reads, and leaves behind that it was read: whoever takes all of it at once is on record."""

    unit_of_work: UnitOfWork[CustomerWork]
    clock: Clock
    new_id: NewId

    async def __call__(self, command: ExportCustomer, /) -> CustomerExport:
        request_id = PrivacyRequestId(self.new_id())

        def export(work: CustomerWork) -> CustomerExport:
            customer = work.customers.at(address(command.email))
            customer.must_be_known()
            papers, calls = work.customers.papers(customer), work.customers.calls(customer)
            exported = CustomerExported(
                request_id=request_id,
                bookings=len(customer.bookings),
                waiting_entries=len(customer.waiting),
                blocks=len(customer.blocks),
                calls=len(calls),
                papers=len(papers),
                occurred_at=self.clock(),
            )
            work.facts.publish([exported])
            marks = dict[BookingId, list[Mark]]()
            for mark in work.customers.marks(customer):
                marks.setdefault(mark.place.booking_id, []).append(mark)
            return CustomerExport(
                request_id=request_id, customer=customer, marks=marks, papers=papers, calls=calls
            )

        return await self.unit_of_work(command.actor, export)
